import { InputError } from "../errors.ts";
import type { Rows, Run } from "./rowCollector.ts";
import { isoTime, type Place } from "./rowErrors.ts";
import { formatTimeframe, spokenTimeframe } from "./timeframe.ts";

const hourMs = 3_600_000;

/** Where runs of candles lie on one regular grid. */
export interface RunSlots {
  /** Time of slot 0, epoch ms: the first candle's open, or the earlier of the two times that a clock change moves it between. */
  readonly firstOpenTimeMs: number;
  /** Slot of each run's first candle. */
  readonly slots: readonly number[];
  /** Whether a clock change moved some runs off their slots' times. */
  readonly isShifted: boolean;
}

/** This many equal steps in a row are not holes: from there on the file is of another timeframe. */
const longestStreak = 20;

/** Refuses rows whose spacing shows that all, or many in a row, are candles of another timeframe, and names the one that fits. */
export function checkSpacing({ runs, count }: Rows, timeframeMs: number, place: Place): void {
  if (runs.length < 2) return;
  checkStreaks(runs, timeframeMs, place);
  const counts = new Map<number, number>([[timeframeMs, count - runs.length]]);
  for (let k = 1; k < runs.length; k++) {
    const step = runs[k]!.timeMs - lastTimeMs(runs[k - 1]!, runs[k]!, timeframeMs);
    counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  const [commonest, times] = [...counts].reduce((best, each) => (each[1] > best[1] ? each : best));
  if (commonest === timeframeMs) return;
  const steps = count - 1;
  const own = counts.get(timeframeMs)!;
  // One odd step may be a hole; if half the steps of a file are off and hardly any fit, it is of another timeframe.
  const isOther = steps === 1 ? commonest < timeframeMs : times >= steps / 2 && own < Math.max(1, steps / 10);
  if (isOther) throw otherTimeframe(place(runs[1]!.line), commonest, timeframeMs, `${times} of ${steps} candles`);
}

/** Refuses many equal steps in a row that are no candle of the timeframe: from there on the candles are of another. */
export function checkStreaks(runs: readonly Run[], timeframeMs: number, place: Place): void {
  let streak = { step: 0, length: 0, run: runs[1] };
  for (let k = 1; k < runs.length; k++) {
    const [before, run] = [runs[k - 1]!, runs[k]!];
    const step = run.timeMs - lastTimeMs(before, run, timeframeMs);
    const goesOn = step === streak.step && run.index - before.index === 1;
    streak = goesOn ? { ...streak, length: streak.length + 1 } : { step, length: 1, run };
    if (streak.length === longestStreak)
      throw otherTimeframe(place(streak.run!.line), streak.step, timeframeMs, `${longestStreak} candles in a row`);
  }
}

function otherTimeframe(where: string, stepMs: number, timeframeMs: number, which: string): InputError {
  const [step, timeframe] = [formatTimeframe(stepMs), formatTimeframe(timeframeMs)];
  return new InputError("CANDLE_SPACING", "the candles are not of the timeframe that they are given as", {
    where,
    found: `${which} open ${spokenTimeframe(stepMs)} after the one before, not ${timeframe}`,
    expected: `a candle every ${timeframe}`,
    remedy: `rename them to ${step} if that is what they are (or set timeframe to it, if they are in memory), or fetch ${timeframe} candles`,
  });
}

/**
 * Slots of the runs, in bars from the first candle. Opens need not fall on round hours, but all must lie on one grid; in timeframes above
 * one hour a clock change may move the grid by an hour and back. Throws InputError at the first row off the grid.
 */
export function runSlotsOf({ runs }: Rows, timeframeMs: number, place: Place): RunSlots {
  const first = runs[0]!;
  const slots: number[] = [];
  let shiftMs = 0;
  let next = 0;
  for (const [k, run] of runs.entries()) {
    const slot = Math.floor((run.timeMs - first.timeMs) / timeframeMs + 0.5);
    const offMs = run.timeMs - first.timeMs - slot * timeframeMs;
    if (offMs !== 0) {
      if (timeframeMs <= hourMs || Math.abs(offMs) !== hourMs || (shiftMs !== 0 && offMs !== shiftMs))
        throw offGrid(run.timeMs, first.timeMs, timeframeMs, place(run.line));
      shiftMs = offMs;
    }
    if (slot < next) throw offGrid(run.timeMs, first.timeMs, timeframeMs, place(run.line));
    slots.push(slot);
    next = slot + lengthOf(runs, k);
  }
  return { firstOpenTimeMs: first.timeMs + Math.min(0, shiftMs), slots, isShifted: shiftMs !== 0 };
}

/** How many candles a run has; not called for the last run. */
function lengthOf(runs: readonly Run[], k: number): number {
  return (runs[k + 1]?.index ?? runs[k]!.index + 1) - runs[k]!.index;
}

function lastTimeMs(run: Run, next: Run, timeframeMs: number): number {
  return run.timeMs + (next.index - run.index - 1) * timeframeMs;
}

function offGrid(timeMs: number, firstMs: number, timeframeMs: number, where: string): InputError {
  const timeframe = formatTimeframe(timeframeMs);
  return new InputError("CANDLE_GRID", `${timeframe} candles must all lie on one grid`, {
    where,
    found: `${isoTime(timeMs)}, not a multiple of ${timeframe} after the first candle at ${isoTime(firstMs)}`,
    expected: `open times ${timeframe} apart, or a multiple of it`,
    remedy: "check the timestamp of this row, and that all rows are of one timeframe",
  });
}

/** The grid of candles that come one after the other: as `runSlotsOf` lays it, from the first candle on. */
export class GridPhase {
  private firstMs = Number.NaN;
  /** Where a clock change has moved candles to; 0 before it has. */
  private shiftMs = 0;

  constructor(private readonly timeframeMs: number) {}

  /** The slot of a time on the grid. */
  slotOf(timeMs: number): number {
    return Math.floor((timeMs - this.firstMs) / this.timeframeMs + 0.5);
  }

  /** The slot of a candle behind another one's. Throws InputError if it is off the grid, or too close; `where` is its place. */
  add(timeMs: number, before: number, where: () => string): number {
    const { timeframeMs } = this;
    if (Number.isNaN(this.firstMs)) this.firstMs = timeMs;
    const slot = this.slotOf(timeMs);
    const offMs = timeMs - this.firstMs - slot * timeframeMs;
    const isShift =
      timeframeMs > hourMs && Math.abs(offMs) === hourMs && (this.shiftMs === 0 || this.shiftMs === offMs);
    if (slot <= before || (offMs !== 0 && !isShift)) throw offGrid(timeMs, this.firstMs, timeframeMs, where());
    if (offMs !== 0) this.shiftMs = offMs;
    return slot;
  }

  copy(): GridPhase {
    return Object.assign(new GridPhase(this.timeframeMs), { firstMs: this.firstMs, shiftMs: this.shiftMs });
  }

  /** Goes on from where another one is. */
  adopt({ firstMs, shiftMs }: GridPhase): void {
    this.firstMs = firstMs;
    this.shiftMs = shiftMs;
  }
}

import { breaksOf, defaultBreakRatio } from "./breaks.ts";
import type { Break, Candles, Hole } from "./candles.ts";
import { closedText } from "./closedText.ts";
import { closedSlots, type MissingRun } from "./closures.ts";
import { type RowRules, type Rows, timesOfRuns } from "./rowCollector.ts";
import { type Place, tooManyHoles } from "./rowErrors.ts";
import { checkSpacing, runSlotsOf } from "./spacing.ts";

/** Missing candles beyond this and beyond those that are there come from a wrong timestamp, not from an outage. */
const tolerableHoles = 10_000;
/** Maximum slots of a grid: nearly 40 years of minutes. */
const mostSlots = 20_000_000;

/** Whose rows they are, and what is known of them besides. */
export interface Assembled {
  readonly symbol: string;
  /** How they were read where it differs from Sluice's own format, in phrases. */
  readonly readAs: readonly string[];
  /** Where the unit changes; found from the rows by default. */
  readonly breaks?: readonly Break[];
  /** More candles may be missing than are there; default: no, because a wrong timestamp looks like that. */
  readonly mayBeSparse?: boolean;
}

/**
 * One symbol's candles of rows that passed the door, at least one: their slots on the regular grid, what is missing between them, when
 * the market is closed, and where the unit changes. Throws InputError if the spacing contradicts the timeframe, or a timestamp is wrong.
 */
export function assemble(about: Assembled, rows: Rows, rules: RowRules, place: Place): Candles {
  checkSpacing(rows, rules.timeframeMs, place);
  return onGrid(about, rows, rules, place);
}

/** The same for rows whose timeframe is certain, however far apart they are. */
export function onGrid(about: Assembled, rows: Rows, rules: RowRules, place: Place): Candles {
  const { symbol, readAs, breaks, mayBeSparse = false } = about;
  const { timeframeMs } = rules;
  const { runs, count, duplicates, dropped, repaired, unfinished } = rows;
  const { firstOpenTimeMs, slots: runSlots, isShifted } = runSlotsOf(rows, timeframeMs, place);
  const missingRuns = missingRunsOf(rows, runSlots);
  const slotCount = runSlots.at(-1)! + count - runs.at(-1)!.index;
  if (slotCount > mostSlots) throw holesError(rows, runSlots, missingRuns, timeframeMs, place);
  const grid = { firstOpenTimeMs, timeframeMs, slots: slotCount, runs: missingRuns.map(({ run }) => run) };
  const closed = closedSlots(grid);
  const holes = missingRuns.map(({ index, run }, k): Hole => {
    const missing = run.bars - closed[k]!.reduce((sum, each) => sum + each, 0);
    const first = run.slot + Math.max(0, closed[k]!.indexOf(0));
    return { index, bars: run.bars, missing, fromMs: firstOpenTimeMs + first * timeframeMs };
  });
  const missing = holes.reduce((sum, hole) => sum + hole.missing, 0);
  if (missing > tolerableHoles && missing > count && !mayBeSparse)
    throw holesError(rows, runSlots, missingRuns, timeframeMs, place);
  const [open, high, low, close, volume = new Float64Array(0)] = rows.columns;
  return {
    symbol,
    timeframeMs,
    firstOpenTimeMs,
    count,
    slots: holes.length === 0 ? null : slotsOf(rows, runSlots),
    times: isShifted ? timesOfRuns(rows, timeframeMs) : null,
    open: open!,
    high: high!,
    low: low!,
    close: close!,
    volume,
    holes,
    breaks: breaks ?? breaksIn(open!, close!, rules, holes),
    closed: closedText(closedTimes(grid, closed), grid),
    readAs: readAs.length === 0 ? null : readAs.join("; "),
    defects: { duplicates, dropped, repaired, unfinished },
  };
}

function breaksIn(open: Float64Array, close: Float64Array, rules: RowRules, holes: readonly Hole[]): Break[] {
  const barsBefore = new Map(holes.map(({ index, bars }) => [index, bars]));
  return breaksOf(open, close, rules.timeframeMs, rules.breakRatio ?? defaultBreakRatio, barsBefore);
}

interface IndexedRun {
  /** The candle after the missing ones. */
  readonly index: number;
  readonly run: MissingRun;
}

function missingRunsOf({ runs }: Rows, runSlots: readonly number[]): IndexedRun[] {
  const missing: IndexedRun[] = [];
  for (let k = 1; k < runs.length; k++) {
    const slot = runSlots[k - 1]! + runs[k]!.index - runs[k - 1]!.index;
    const bars = runSlots[k]! - slot;
    if (bars > 0) missing.push({ index: runs[k]!.index, run: { slot, bars } });
  }
  return missing;
}

function slotsOf({ runs, count }: Rows, runSlots: readonly number[]): Int32Array {
  const slots = new Int32Array(count);
  for (const [k, { index }] of runs.entries()) {
    const end = runs[k + 1]?.index ?? count;
    for (let at = index; at < end; at++) slots[at] = runSlots[k]! + at - index;
  }
  return slots;
}

function* closedTimes(
  grid: { readonly firstOpenTimeMs: number; readonly timeframeMs: number; readonly runs: readonly MissingRun[] },
  closed: readonly Uint8Array[],
): Generator<number> {
  for (const [k, { slot, bars }] of grid.runs.entries())
    for (let bar = 0; bar < bars; bar++)
      if (closed[k]![bar] === 1) yield grid.firstOpenTimeMs + (slot + bar) * grid.timeframeMs;
}

function holesError(
  { runs, count }: Rows,
  runSlots: readonly number[],
  missingRuns: readonly IndexedRun[],
  timeframeMs: number,
  place: Place,
): Error {
  const largest = missingRuns.reduce((best, each) => (each.run.bars > best.run.bars ? each : best));
  const k = runs.findIndex(({ index }) => index === largest.index);
  const before = runs[k - 1]!;
  return tooManyHoles(place, runs[k]!.line, {
    missing: runSlots.at(-1)! + count - runs.at(-1)!.index - count,
    present: count,
    fromMs: before.timeMs + (runs[k]!.index - before.index - 1) * timeframeMs,
    toMs: runs[k]!.timeMs,
  });
}

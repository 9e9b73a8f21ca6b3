import { barAt, type Candles, openTimeMs, slotAtTime } from "../candles/candles.ts";
import { isoTime } from "../candles/rowErrors.ts";
import { formatTimeframe } from "../candles/timeframe.ts";
import { describeKind, type TimeKind } from "../candles/times.ts";
import { InputError } from "../errors.ts";

/** Why a candle is missing at a signal's time, in the parts of a message. */
export interface NoCandle {
  /** The time as read. */
  readonly found: string;
  readonly expected: string;
  readonly remedy: string;
  /** The time fits a candle, but this symbol has none there: no entry was possible. */
  readonly isHole: boolean;
}

/** Which candle a signal's time names. */
export class SignalBars {
  /** From the open of a signal's own bar to the open of the last candle in it. */
  private readonly shiftMs: number;
  private readonly barMs: number;

  /**
   * `signalTimeframeMs` is the length of the signals' bars; null or the candles' length if their bars are the candles. Throws
   * InputError if it is not a whole number of candles.
   */
  constructor(
    private readonly timeframeMs: number,
    signalTimeframeMs: number | null,
  ) {
    this.barMs = signalTimeframeMs ?? timeframeMs;
    this.shiftMs = this.barMs - timeframeMs;
    if (this.shiftMs >= 0 && this.barMs % timeframeMs === 0) return;
    throw new InputError("TABLE_TIMEFRAME", "--signal-timeframe must be a multiple of the candle length", {
      where: "--signal-timeframe",
      found: `${formatTimeframe(this.barMs)} with ${formatTimeframe(timeframeMs)} candles`,
      expected: `${formatTimeframe(timeframeMs)} or a multiple of it`,
      remedy: "set it to the length of the bars the signals were computed on, or use shorter candles",
    });
  }

  /** The candle at whose close a signal of this time is known; -1 if there is none. */
  at(candles: Candles, timeMs: number): number {
    if (this.shiftMs === 0) return barAt(candles, timeMs);
    return timeMs % this.barMs === 0 ? barAt(candles, timeMs + this.shiftMs) : -1;
  }

  /** The slot of the last candle in the bar that a time opens, in a hole and after the data too; -1 off the grid or before the data. */
  slotAt(candles: Candles, timeMs: number): number {
    if (this.shiftMs > 0 && timeMs % this.barMs !== 0) return -1;
    return slotAtTime(candles, timeMs + this.shiftMs);
  }

  /** Length of a signal's bar, as a message writes it. */
  get timeframe(): string {
    return formatTimeframe(this.barMs);
  }

  /** A time as a message writes it, and how it was read if it was not in milliseconds. */
  read(timeMs: number, kind: TimeKind | null): string {
    return `${kind === null || kind === "ms" ? "" : `read as ${describeKind(kind)}: `}${timeText(timeMs)}`;
  }

  /** Why `slotAt` finds none for a time after the first candle's. `open` says in words which open time to give. */
  whyOffGrid(
    candles: Candles,
    timeMs: number,
    kind: TimeKind | null,
    open: string,
  ): Pick<NoCandle, "found" | "remedy"> {
    const ofBar = this.shiftMs > 0 ? timeMs % this.barMs : 0;
    const knownMs = timeMs + this.shiftMs;
    const lateMs = ofBar > 0 ? ofBar : (knownMs - openBefore(candles, knownMs)) % this.timeframeMs;
    const [opened, lengthMs] = ofBar > 0 ? [`${this.timeframe} bar`, this.barMs] : ["candle", this.timeframeMs];
    return {
      found: `${this.read(timeMs, kind)}, ${durationText(lateMs)} after the open of a ${opened}`,
      remedy: offGridRemedy(lateMs, lengthMs, open),
    };
  }

  /** Why `at` finds none. */
  whyNone(candles: Candles, timeMs: number, kind: TimeKind | null): NoCandle {
    const read = kind === null || kind === "ms" ? "" : `read as ${describeKind(kind)}: `;
    const knownMs = timeMs + this.shiftMs;
    const [firstMs, lastMs] = [openTimeMs(candles, 0), openTimeMs(candles, candles.count - 1)];
    const of = (found: string, remedy: string, isHole = false): NoCandle => ({
      found: `${read}${timeText(timeMs)}, ${found}`,
      expected: `the open of a ${formatTimeframe(this.barMs)} bar, ${timeText(firstMs)} to ${timeText(lastMs)}`,
      remedy,
      isHole,
    });
    if (this.shiftMs > 0 && timeMs % this.barMs !== 0)
      return of(
        `not on the grid of --signal-timeframe ${formatTimeframe(this.barMs)}`,
        "use the open time of the signal's bar in UTC, or correct --signal-timeframe",
      );
    const candle = this.shiftMs > 0 ? `whose bar closes with the candle of ${timeText(knownMs)}: ` : "";
    if (knownMs < firstMs) return of(`${candle}before the first candle`, spanRemedy(read));
    if (knownMs > lastMs) return of(`${candle}after the last candle`, spanRemedy(read));
    const lateMs = knownMs - openBefore(candles, knownMs);
    if (lateMs % this.timeframeMs === 0)
      return of(
        `${candle}a hole: the series has no candle there`,
        "leave out signals that could not be entered, or download the missing candles",
        true,
      );
    return of(
      `${durationText(lateMs)} after the open of a candle`,
      offGridRemedy(lateMs % this.timeframeMs, this.timeframeMs, "use the open time of the signal bar in UTC"),
    );
  }
}

function spanRemedy(read: string): string {
  return `provide candles that cover the signal, or leave it out${read === "" ? "" : "; check that its time was read as intended"}`;
}

/** What a time between two candles looks like. Time zones differ by multiples of half an hour; a close is the last moment of its candle. */
function offGridRemedy(lateMs: number, timeframeMs: number, open: string): string {
  const halfHour = 1_800_000;
  if (timeframeMs - lateMs <= 1_000) return `this looks like the close of a candle: ${open}`;
  if (timeframeMs > halfHour && lateMs % halfHour === 0)
    return `this looks like a time in another time zone: ${open}, or add its offset`;
  return open;
}

/** Open time of the last candle that opens at or before a time; there always is one. */
function openBefore(candles: Candles, timeMs: number): number {
  let from = 0;
  let to = candles.count;
  while (to - from > 1) {
    const middle = (from + to) >> 1;
    if (openTimeMs(candles, middle) <= timeMs) from = middle;
    else to = middle;
  }
  return openTimeMs(candles, from);
}

/** A time as a date if a Date can hold it, otherwise as a number. */
function timeText(timeMs: number): string {
  return Math.abs(timeMs) <= 8.64e15 ? isoTime(timeMs) : String(timeMs);
}

function durationText(ms: number): string {
  const units = [
    ["h", 3_600_000],
    ["min", 60_000],
    ["s", 1_000],
    ["ms", 1],
  ] as const;
  const [unit, size] = units.find(([, size]) => ms % size === 0)!;
  return `${ms / size} ${unit}`;
}

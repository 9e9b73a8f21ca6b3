import { candleFrom, slotOf } from "./slots.ts";

/** A run of missing candles: the bot could not have traded there. */
export interface Hole {
  /** The first candle after it. */
  readonly index: number;
  /** Candles that are missing. */
  readonly bars: number;
  /** Those of them at times when the market is open: 0 where it is closed again and again (weekends, nights). */
  readonly missing: number;
  /** Open time of the first of those, epoch ms; where there is none, of the first candle that is missing. */
  readonly fromMs: number;
}

/** A change of unit between two neighbouring candles: nothing crosses it. */
export interface Break {
  /** The first candle after it. */
  readonly index: number;
  /** Its open over the close before it. */
  readonly ratio: number;
}

/** What was repaired, dropped or left out while reading. */
export interface CandleDefects {
  /** Rows equal to the row before them, dropped. */
  readonly duplicates: number;
  /** Impossible rows dropped under `lenient`. */
  readonly dropped: number;
  /** Candles whose high or low missed open or close by rounding alone, and was moved there. */
  readonly repaired: number;
  /** Candles that had not closed yet, left out. */
  readonly unfinished: number;
}

/**
 * One symbol's candles as columns, those alone that were observed, in order of time: missing ones are nowhere filled in.
 * Each stands at a bar of the symbol's regular grid, its slot, so that a time between two candles is a number of bars.
 * Prices in quote currency, all > 0; the columns have `count` elements each.
 */
export interface Candles {
  readonly symbol: string;
  readonly timeframeMs: number;
  /** Time of slot 0, epoch ms UTC: where the first candle stands, and its open time where no clock change moved it. */
  readonly firstOpenTimeMs: number;
  readonly count: number;
  /** Slot of each candle, ascending; null where none is missing: candle i then stands at slot i. */
  readonly slots: Int32Array | null;
  /** Open time of each candle where a clock change moved them off their slots' times; else null. */
  readonly times: Float64Array | null;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** Empty where it was read `withVolume: false`: only the scanner needs it. */
  readonly volume: Float64Array;
  readonly holes: readonly Hole[];
  readonly breaks: readonly Break[];
  /** When the market is closed, in words such as "Saturdays and Sundays"; null where it never is. */
  readonly closed: string | null;
  /** How the file's header and times were read where they are not our own, in words; null where they are. */
  readonly readAs: string | null;
  readonly defects: CandleDefects;
}

/** One market: the candles of several symbols, by symbol, in one timeframe. */
export interface Market {
  readonly timeframeMs: number;
  readonly bySymbol: ReadonlyMap<string, Candles>;
  /** Symbols without a candle in the span that was asked for. */
  readonly leftOut?: readonly string[];
}

/** Candles of which none is missing, and nothing is to be said but their columns. */
export function unbroken(
  series: Pick<
    Candles,
    "symbol" | "timeframeMs" | "firstOpenTimeMs" | "count" | "open" | "high" | "low" | "close" | "volume"
  >,
): Candles {
  return {
    ...series,
    slots: null,
    times: null,
    holes: [],
    breaks: [],
    closed: null,
    readAs: null,
    defects: { duplicates: 0, dropped: 0, repaired: 0, unfinished: 0 },
  };
}

/** Open time of a candle, epoch ms UTC. */
export function openTimeMs(candles: Candles, index: number): number {
  return candles.times ? candles.times[index]! : candles.firstOpenTimeMs + slotOf(candles, index) * candles.timeframeMs;
}

/** Close time of the last candle, epoch ms UTC. */
export function endTimeMs(candles: Candles): number {
  return openTimeMs(candles, candles.count - 1) + candles.timeframeMs;
}

/** The first candle that opens at a time or after it; `count` where there is none. */
export function candleFromTime(candles: Candles, timeMs: number): number {
  const { times, count, firstOpenTimeMs, timeframeMs } = candles;
  if (!times) return candleFrom(candles, (timeMs - firstOpenTimeMs) / timeframeMs);
  let from = 0;
  let to = count;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (times[middle]! < timeMs) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** The candle that opens at exactly this time, or -1 where there is none. */
export function barAt(candles: Candles, timeMs: number): number {
  const index = candleFromTime(candles, timeMs);
  return index < candles.count && openTimeMs(candles, index) === timeMs ? index : -1;
}

/**
 * The slot that a time opens, between candles and after the last one too; -1 where it is off the grid or before the first candle. A missing
 * candle's time counts on from the candle before it, as far as the next one's slot.
 */
export function slotAtTime(candles: Candles, timeMs: number): number {
  const next = candleFromTime(candles, timeMs);
  if (next < candles.count && openTimeMs(candles, next) === timeMs) return slotOf(candles, next);
  if (next === 0) return -1;
  const bars = (timeMs - openTimeMs(candles, next - 1)) / candles.timeframeMs;
  if (!Number.isInteger(bars)) return -1;
  const slot = slotOf(candles, next - 1) + bars;
  return next < candles.count ? Math.min(slot, slotOf(candles, next)) : slot;
}

/** The time that `slotAtTime` reads as a slot, epoch ms: the open of its candle, or where a missing one would have opened. */
export function timeOfSlot(candles: Candles, slot: number): number {
  const at = candleFrom(candles, slot);
  if (at < candles.count && slotOf(candles, at) === slot) return openTimeMs(candles, at);
  return openTimeMs(candles, at - 1) + (slot - slotOf(candles, at - 1)) * candles.timeframeMs;
}

/** The candle at which a trade ends that was held so many bars from a candle on. */
export function candleAfterBars(candles: Candles, index: number, bars: number): number {
  return candleFrom(candles, slotOf(candles, index) + bars);
}

/** The end (exclusive) of the stretch without a break that a candle stands in. */
export function stretchEnd({ breaks, count }: Candles, index: number): number {
  for (const { index: first } of breaks) if (first > index) return first;
  return count;
}

/** Whether a path of `bars` bars after a candle is in the data to its end, and crosses no break. */
export function fitsPath(candles: Candles, index: number, bars: number): boolean {
  const last = stretchEnd(candles, index) - 1;
  return slotOf(candles, last) - slotOf(candles, index) >= bars;
}

/** Whether a path of `bars` bars after a candle would cross a break. */
export function crossesBreak(candles: Candles, index: number, bars: number): boolean {
  return stretchEnd(candles, index) < candles.count && !fitsPath(candles, index, bars);
}

/** The stretches between breaks, each a series of its own in views of the same columns; the series itself where there is no break. */
export function stretchesOf(candles: Candles): readonly { readonly first: number; readonly candles: Candles }[] {
  if (candles.breaks.length === 0) return [{ first: 0, candles }];
  const firsts = [0, ...candles.breaks.map(({ index }) => index)];
  return firsts.map((first, k) => ({ first, candles: part(candles, first, firsts[k + 1] ?? candles.count) }));
}

/** Candles `from` to `to` (exclusive) as a series of its own, in views of the same columns; at least one. */
export function part(candles: Candles, from: number, to: number): Candles {
  if (from === 0 && to === candles.count) return candles;
  const { slots, times } = candles;
  const firstSlot = slotOf(candles, from);
  const isWhole = slotOf(candles, to - 1) - firstSlot === to - 1 - from;
  return {
    ...candles,
    firstOpenTimeMs: candles.firstOpenTimeMs + firstSlot * candles.timeframeMs,
    count: to - from,
    slots: isWhole || !slots ? null : slots.slice(from, to).map((slot) => slot - firstSlot),
    times: times?.subarray(from, to) ?? null,
    open: candles.open.subarray(from, to),
    high: candles.high.subarray(from, to),
    low: candles.low.subarray(from, to),
    close: candles.close.subarray(from, to),
    volume: candles.volume.subarray(from, to),
    holes: candles.holes
      .filter(({ index }) => index > from && index < to)
      .map((hole) => ({ ...hole, index: hole.index - from })),
    breaks: candles.breaks
      .filter(({ index }) => index > from && index < to)
      .map((each) => ({ ...each, index: each.index - from })),
  };
}

/** Missing candles of open hours. */
export function missingCandles({ holes }: Pick<Candles, "holes">): number {
  return holes.reduce((sum, { missing }) => sum + missing, 0);
}

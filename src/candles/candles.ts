import { candleFrom, slotOf } from "./slots.ts";

/** A run of missing candles: the bot could not have traded there. */
export interface Hole {
  /** The first candle after it. */
  readonly index: number;
  /** Candles that are missing. */
  readonly bars: number;
  /** Missing candles during open hours; 0 if the market is regularly closed then (weekends, nights). */
  readonly missing: number;
  /** Open time of the first of those, epoch ms; if there are none, of the first missing candle. */
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

/** One symbol's funding rates, in order of time. */
export interface FundingRates {
  /** When each was paid, epoch ms UTC, on a whole minute. */
  readonly timeMs: Float64Array;
  /** Fraction of a position's value that longs paid to shorts; negative where shorts paid. */
  readonly rate: Float64Array;
}

/**
 * One symbol's observed candles as columns, in time order; missing candles are never filled in.
 * Each occupies a slot on the symbol's regular grid, so that the time between two candles is a number of bars.
 * Prices in quote currency, all > 0; the columns have `count` elements each.
 */
export interface Candles {
  /** As files and signals name it. */
  readonly symbol: string;
  /** Length of a candle, milliseconds. */
  readonly timeframeMs: number;
  /** Time of slot 0, epoch ms UTC: the first candle's open time, unless a clock change moved it. */
  readonly firstOpenTimeMs: number;
  /** Observed candles. */
  readonly count: number;
  /** Slot of each candle, ascending; null if none is missing: candle i is then in slot i. */
  readonly slots: Int32Array | null;
  /** Open time of each candle if a clock change moved some off their slots' times; otherwise null. */
  readonly times: Float64Array | null;
  /** First price of each candle. */
  readonly open: Float64Array;
  /** Highest price of each candle. */
  readonly high: Float64Array;
  /** Lowest price of each candle. */
  readonly low: Float64Array;
  /** Last price of each candle. */
  readonly close: Float64Array;
  /** Empty if read with `withVolume: false`: only the scanner needs it. */
  readonly volume: Float64Array;
  /** Where funding is the exchange's own: its rates, and for each candle the sum of those charged until its close. Absent where funding is a constant. */
  readonly fundingRates?: FundingRates;
  /** See `fundingRates`. */
  readonly fundingSums?: Float64Array;
  /** Runs of candles missing during open hours. */
  readonly holes: readonly Hole[];
  /** Changes of unit, which nothing crosses. */
  readonly breaks: readonly Break[];
  /** When the market is closed, in words such as "Saturdays and Sundays"; null if it never is. */
  readonly closed: string | null;
  /** How the file's header and times were read if they differ from Sluice's own format, in words; otherwise null. */
  readonly readAs: string | null;
  /** What was repaired, dropped or left out when it was read. */
  readonly defects: CandleDefects;
}

/** One market: the candles of several symbols, by symbol, in one timeframe. */
export interface Market {
  /** Length of a candle, milliseconds. */
  readonly timeframeMs: number;
  /** By symbol. */
  readonly bySymbol: ReadonlyMap<string, Candles>;
  /** Symbols with no candles in the requested span. */
  readonly leftOut?: readonly string[];
}

/** Candles with none missing and nothing to report beyond their columns. */
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

/** The first candle that opens at or after a time; `count` if there is none. */
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

/** The candle that opens at exactly this time, or -1 if there is none. */
export function barAt(candles: Candles, timeMs: number): number {
  const index = candleFromTime(candles, timeMs);
  return index < candles.count && openTimeMs(candles, index) === timeMs ? index : -1;
}

/**
 * The slot that a time opens, between candles and after the last one too; -1 if it is off the grid or before the first candle. A missing
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

/** The candle at which a trade ends that was held for this many bars after a candle. */
export function candleAfterBars(candles: Candles, index: number, bars: number): number {
  return candleFrom(candles, slotOf(candles, index) + bars);
}

/** The end (exclusive) of the unbroken stretch that contains a candle. */
export function stretchEnd({ breaks, count }: Candles, index: number): number {
  for (const { index: first } of breaks) if (first > index) return first;
  return count;
}

/** Whether the data covers a whole path of `bars` bars after a candle, with no break. */
export function fitsPath(candles: Candles, index: number, bars: number): boolean {
  const last = stretchEnd(candles, index) - 1;
  return slotOf(candles, last) - slotOf(candles, index) >= bars;
}

/** Whether a path of `bars` bars after a candle would cross a break. */
export function crossesBreak(candles: Candles, index: number, bars: number): boolean {
  return stretchEnd(candles, index) < candles.count && !fitsPath(candles, index, bars);
}

/** The stretches between breaks, each a series of its own in views of the same columns; the series itself if it has no break. */
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
    ...(candles.fundingSums && { fundingSums: candles.fundingSums.subarray(from, to) }),
    holes: candles.holes
      .filter(({ index }) => index > from && index < to)
      .map((hole) => ({ ...hole, index: hole.index - from })),
    breaks: candles.breaks
      .filter(({ index }) => index > from && index < to)
      .map((each) => ({ ...each, index: each.index - from })),
  };
}

/** Candles missing during open hours. */
export function missingCandles({ holes }: Pick<Candles, "holes">): number {
  return holes.reduce((sum, { missing }) => sum + missing, 0);
}

/** One symbol's candles as the core reads them; columns of `count` elements. */
export interface CandleColumns {
  readonly count: number;
  /** Bar that each candle stands at, ascending from 0; null if none is missing between the first and the last. */
  readonly slots: Int32Array | null;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
}

/** Where each opportunity's path begins; columns of `count` elements. */
export interface PathColumns {
  readonly count: number;
  /** Index into the candles given beside it. */
  readonly symbol: Uint16Array;
  /** Signal bar. */
  readonly bar: Int32Array;
  /** 1 long, -1 short. */
  readonly direction: Int8Array;
  readonly entry: Float64Array;
  readonly atr: Float64Array;
}

/** Levels that passages are taken for: multiples of ATR ascending, holding times in bars ascending. */
export interface Levels {
  readonly targets: readonly number[];
  readonly stops: readonly number[];
  readonly trailing: readonly { readonly activation: number; readonly distance: number }[];
  readonly holdingBars: readonly number[];
}

/** Costs as the core reads them; see domain "Exit model path". */
export interface CoreRules {
  /** Round trip, a fraction of entry. */
  readonly cost: number;
  readonly fundingPer8h: number;
  readonly barsPer8h: number;
  readonly intrabar: "stop-first" | "target-first" | "nearest-open";
  /** Bars after entry of which the `summary` exit model knows high, low and last close; null for the `path` model. */
  readonly summaryBars: number | null;
}

/** The rule by which the core resolves a bar that touches stop and target; the summary model has its own, told through NEAREST_OPEN. */
export function intrabarOf(rules: CoreRules): CoreRules["intrabar"] {
  return rules.summaryBars === null ? rules.intrabar : "nearest-open";
}

export function levelCountOf(levels: Levels): number {
  return levels.targets.length + levels.stops.length + levels.trailing.length + levels.holdingBars.length;
}

/** Levels in the core's order: targets, stops, activations, holding times, then the distances. */
export function packLevels(levels: Levels): Float64Array {
  return Float64Array.from([
    ...levels.targets,
    ...levels.stops,
    ...levels.trailing.map(({ activation }) => activation),
    ...levels.holdingBars,
    ...levels.trailing.map(({ distance }) => distance),
  ]);
}

/** Bytes of one record; `details` as the passages kernel has it. */
export function recordBytesOf(levels: Levels, details: 1 | 2 | 3): number {
  const count = levelCountOf(levels);
  return Math.ceil(count / 2) * 8 + count * 8 * details;
}

export function longestBarsOf(levels: Levels): number {
  return levels.holdingBars.reduce((longest, bars) => Math.max(longest, bars), 0);
}

/** Whether candles are missing between those of any series. */
export function hasHoles(candles: readonly Pick<CandleColumns, "slots">[]): boolean {
  return candles.some(({ slots }) => slots !== null);
}

/** Bars of candles to hold at once for paths over these levels: the longest, and as many more as make the copying cheap. */
export function candleBarsOf(levels: Levels, spareBars: number, rules: CoreRules): number {
  // The summary model keeps three values per opportunity of a batch there instead.
  return rules.summaryBars === null ? longestBarsOf(levels) + 1 + spareBars : 512;
}

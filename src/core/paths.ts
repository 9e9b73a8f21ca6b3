import { type Levels, longestBarsOf } from "./levels.ts";

/** One symbol's candles as the core reads them; columns of `count` elements. */
export interface CandleColumns {
  readonly count: number;
  /** Bar that each candle stands at, ascending from 0; null if none is missing between the first and the last. */
  readonly slots: Int32Array | null;
  readonly open: Float64Array;
  readonly high: Float64Array;
  readonly low: Float64Array;
  readonly close: Float64Array;
  /** For each candle the sum of the funding rates charged until its close, in place of a constant rate; all series of a market have it, or none. */
  readonly fundingSums?: Float64Array;
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
  /** Bars from the signal to the one at whose close an exit signal leaves, 0 if there is none; absent where no path has one. */
  readonly exitBars?: Int32Array;
}

/** Costs as the core reads them; see domain "Exit model path". */
export interface CoreRules {
  /** Round trip, a fraction of entry. */
  readonly cost: number;
  /** Where candles have no sums of their rates. */
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

/** Columns beside the prices, which only some markets need. */
export interface FurtherColumns {
  /** The bars that candles stand at, because some are missing. */
  readonly withSlots: boolean;
  readonly withFunding: boolean;
}

/** The columns beside the prices that these candles need. */
export function furtherColumnsOf(candles: readonly Pick<CandleColumns, "slots" | "fundingSums">[]): FurtherColumns {
  return {
    withSlots: candles.some(({ slots }) => slots !== null),
    withFunding: candles.some(({ fundingSums }) => fundingSums !== undefined),
  };
}

/** Bars of candles to hold at once for paths over these levels: the longest, and as many more as make the copying cheap. */
export function candleBarsOf(levels: Levels, spareBars: number, rules: CoreRules): number {
  // The summary model keeps three values per opportunity of a batch there instead.
  return rules.summaryBars === null ? longestBarsOf(levels) + 1 + spareBars : 512;
}

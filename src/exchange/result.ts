import type { MissingSpan } from "./survey.ts";

/** What to fetch, and where to. Times in epoch ms. */
export interface FetchRequest {
  /** Its name in ccxt: `binance`. */
  readonly exchange: string;
  /** As the exchange's markets are called in ccxt: `BTC/USDT`, `BTC/USDT:USDT`. */
  readonly symbols: readonly string[];
  readonly timeframeMs: number;
  /** The folder of the candle files. */
  readonly out: string;
  /** First and last open time. */
  readonly fromMs?: number;
  readonly toMs?: number;
  /** Days before `toMs`, or before now, if there is no `fromMs`. */
  readonly days: number;
  /** Scheme, host and leading path in place of the exchange's own: a mirror or a proxy. */
  readonly url?: string;
}

/** One candle file after a fetch. Times are open times, epoch ms. */
export interface FetchedFile {
  readonly symbol: string;
  readonly file: string;
  /** `added`: it has new candles; `current`: there was nothing to add; `none`: the exchange has no candle; `refused`: see `problem`. */
  readonly state: "added" | "current" | "none" | "refused";
  /** Candles in the file, and how many of them are new. */
  readonly candles: number;
  readonly added: number;
  readonly first: number | null;
  readonly last: number | null;
  /** Candles that the exchange does not have between the first and the last, in how many spans, and up to 20 of those. */
  readonly missing: number;
  readonly missing_spans: number;
  readonly missing_first: readonly MissingSpan[];
  /** Why the file was left as it is; null if nothing was wrong. */
  readonly problem: {
    readonly code: string;
    readonly rule: string;
    readonly where: string;
    readonly found: string;
    readonly remedy: string;
  } | null;
}

export interface FetchResult {
  readonly exchange: string;
  readonly timeframe: string;
  readonly folder: string;
  /** The open times that were asked for. */
  readonly from: number;
  readonly to: number;
  readonly files: readonly FetchedFile[];
}

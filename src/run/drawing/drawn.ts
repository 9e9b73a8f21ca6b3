import type { PortfolioResult } from "../../portfolio/result.ts";
import type { TestPicture } from "../../validation/histogram.ts";

/*
 * What a report draws and a result does not hold. A run keeps it only if a report with pictures is written, in bounded memory: sums by day
 * and by month, counts, and lists that say how many they leave out. Plain data, the same for any number of threads.
 */

/** One figure per day, from `firstDay` (days since 1970-01-01, UTC) on; every `step` days where there are very many. */
export interface DaySeries {
  readonly firstDay: number;
  readonly step: number;
  /** Points made in each step, or percent gained until its end. */
  readonly values: readonly number[];
}

/** Candles around a trade, in hundredths of a percent of its entry price away from that. */
export interface DrawnCandles {
  /** Open time of the first, epoch ms, and from one to the next; each may be several of the market's. */
  readonly fromMs: number;
  readonly stepMs: number;
  /** Open, high, low and close, one after another; empty steps are left out and their numbers are in `gaps`. */
  readonly prices: readonly number[];
  readonly gaps: readonly number[];
}

/** Trades as columns, in order of entry; one element a trade. */
export interface DrawnTrades {
  /** All there were, listed or not. */
  readonly total: number;
  /** How all of them ended, listed or not, and the points that they made. */
  readonly ended: readonly { readonly reason: string; readonly trades: number; readonly points: number }[];
  readonly symbols: readonly string[];
  readonly reasons: readonly string[];
  /** Index into `symbols`. */
  readonly symbol: readonly number[];
  /** Open time of the signal bar and of the exit bar, minutes since 1970-01-01, UTC. */
  readonly entryMinute: readonly number[];
  readonly exitMinute: readonly number[];
  readonly direction: readonly number[];
  readonly entry: readonly number[];
  readonly exit: readonly number[];
  /** Index into `reasons`. */
  readonly reason: readonly number[];
  /** Net return, and the farthest that price went for and against it until its exit bar closed; percent of entry. */
  readonly points: readonly number[];
  readonly runUp: readonly number[];
  readonly against: readonly number[];
  /** Candles by the trade's place in the columns: of the best and the worst, and of more as long as there is room. */
  readonly candles: Readonly<Record<number, DrawnCandles>>;
}

/** What one symbol made in one month: trades and points, by the day of the exit. */
export interface MonthCell {
  readonly symbol: string;
  /** `2026-01` */
  readonly month: string;
  readonly trades: number;
  readonly points: number;
}

/** One set's trades on both parts, one position per symbol. */
export interface DrawnSet {
  /** Origin of the set: `phase3`, `current` ... */
  readonly name: string;
  readonly days: DaySeries;
  /** Trades that stand behind the days. */
  readonly count: number;
  /** With a portfolio: what its purse made on the hold-out, or on the days of a whole simulation. */
  readonly account?: PortfolioResult;
}

/** How many signals each filter leaves, in the order of the space. */
export interface Funnel {
  readonly signals: number;
  readonly steps: readonly {
    readonly parameter: string;
    readonly value: unknown;
    readonly left: number;
    readonly bigLost: number;
  }[];
  /** Signals that were entered, and those entered with one position per symbol. */
  readonly trades: number;
  readonly onePosition: number;
}

/** Everything drawn of one type of one config. */
export interface Drawn {
  /** By the name of the test, of the set that was proposed first. */
  readonly pictures: Readonly<Record<string, TestPicture>>;
  /** The proposed set first, then the current one. */
  readonly sets: readonly DrawnSet[];
  /** Of the first of the sets, on the hold-out. */
  readonly trades: DrawnTrades | null;
  readonly months: readonly MonthCell[];
  readonly funnel: Funnel | null;
  /** Percent that holding the type's symbols gained since the split until the end of each day, mean over symbols, before costs. */
  readonly held: DaySeries | null;
}

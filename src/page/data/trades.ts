import type { DaySeries, DrawnTrades, MonthCell } from "../../run/drawing/drawn.ts";
import type { TableData } from "./frame.ts";

/** One type's trades. */
export interface TypeTrades {
  readonly name: string;
  /** Whose trades, in words. */
  readonly set: string;
  /** The split, epoch ms: the curve and the calendar cover both sides of it, the trades only what is after. */
  readonly splitMs: number | null;
  readonly days: DaySeries;
  readonly months: readonly MonthCell[];
  readonly exits: TableData;
  readonly trades: DrawnTrades;
  /** With a portfolio: its purse's account, on unseen days. */
  readonly account?: AccountData;
}

/** What one purse made. */
export interface AccountData {
  /** Equity at the end of each day, quote currency. */
  readonly equity: DaySeries;
  /** Whose trades, above the curves, and what the two are. */
  readonly words: { readonly whose: string; readonly heading: string; readonly curve: string; readonly under: string };
  readonly figures: TableData;
  readonly months: TableData;
}

export interface TradesData {
  readonly subjects: readonly TypeTrades[];
  readonly more: number;
}

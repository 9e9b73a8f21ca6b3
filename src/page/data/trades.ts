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
}

export interface TradesData {
  readonly subjects: readonly TypeTrades[];
  readonly more: number;
}

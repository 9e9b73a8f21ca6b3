import type { DaySeries } from "../../run/drawing/drawn.ts";
import type { TableData } from "./frame.ts";

/** One type's equity on unseen days. */
export interface EquityData {
  readonly name: string;
  /** The split, epoch ms; what is before it was searched. */
  readonly splitMs: number | null;
  /** Points made by day, for each set. */
  readonly sets: readonly { readonly label: string; readonly isNow: boolean; readonly days: DaySeries }[];
  /** Percent gained since the split by holding the symbols. */
  readonly held: DaySeries | null;
  /** Values are a purse's equity at the end of each day, quote currency, and so is what was held; what the curves are, in words. Otherwise they are points, added up. */
  readonly money?: string;
}

/** The first screen. */
export interface OverviewData {
  readonly decisions: TableData;
  readonly equity: readonly EquityData[];
  /** Notes in sentences: the age of the data, warnings. */
  readonly notes: readonly { readonly text: string; readonly isWarning: boolean }[];
  /** Commands that undo what was saved; empty if nothing was. */
  readonly undo: readonly string[];
}

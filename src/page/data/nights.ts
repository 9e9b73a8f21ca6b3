import type { TableData } from "./frame.ts";

export interface NightsData {
  readonly tables: readonly TableData[];
  /** Running sums of points by day, one curve a policy; null outside a rehearsal. */
  readonly curves: {
    readonly label: string;
    /** Days since 1970-01-01, ascending. */
    readonly days: readonly number[];
    readonly lines: readonly { readonly name: string; readonly values: readonly number[] }[];
    /** Nights on which parameters changed, days since 1970-01-01. */
    readonly changes: readonly number[];
  } | null;
}

/** What happened to the rows of a signals file. Field names are those of the JSON. */
export interface SignalCounts {
  /** Rows of the file, its header aside. */
  readonly rows: number;
  /** Invalid rows that `lenient` dropped, including those in holes. */
  readonly dropped: number;
  /** Rows at times for which their symbol has no candle, dropped. */
  readonly in_holes: number;
  /** Rows equal to an earlier one in every cell, dropped. */
  readonly duplicates: number;
  /** Rows kept although an earlier one has their symbol and candle: another direction, or another type. */
  readonly overlapping: number;
}

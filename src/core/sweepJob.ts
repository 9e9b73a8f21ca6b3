import type { CandleColumns, CoreRules, Levels, PathColumns } from "./paths.ts";

/** The threshold cells of a sweep; see search/filterGrid.ts for how a table becomes them. */
export interface SweepCells {
  readonly count: number;
  readonly shape: readonly number[];
  readonly isOrdered: readonly boolean[];
  readonly entries: Uint32Array;
  readonly captured: Float64Array;
  readonly words: number;
  readonly masks: Uint8Array;
  readonly wanted: Uint8Array;
}

/** Every filter combination times every exit over one table, in numbers. */
export interface SweepJob {
  readonly paths: PathColumns;
  readonly candles: readonly CandleColumns[];
  readonly levels: Levels;
  readonly rules: CoreRules;
  readonly cells: SweepCells;
  /** Share of the type's objective opportunities, by cell. */
  readonly captureRates: Float64Array;
  /** 1 where a cell's sets may be ranked. */
  readonly isRankable: Uint8Array;
  /** u16 x 4 an exit. */
  readonly exits: Uint16Array;
  /** Rank of a set = exitRanks[exit] + cellRanks[exitOrders[exit]][cell]. */
  readonly exitRanks: Float64Array;
  readonly exitOrders: Uint32Array;
  readonly cellRanks: Float64Array;
  readonly objective: number;
  /** Rows by entry time, then row; and entry time in bars from the first one's. Only where drawdowns are asked for. */
  readonly drawdown: { readonly order: Uint32Array; readonly entryTicks: Uint32Array } | null;
  readonly heapEntries: number;
  readonly memoryBytes: number;
}

export interface SweepEntry {
  /** Ordering key of the sums; see assembly/scores.ts. */
  readonly key: number;
  readonly rank: number;
}

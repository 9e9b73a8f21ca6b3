import type { OpportunityTable } from "../opportunities/table.ts";
import { candlesOf, countRows, overMsOf, rowCrosses, rowsThatFit } from "../search/market.ts";
import { type Split, splitRows, splitTimeOf } from "../search/split.ts";
import type { OptimizeResult } from "./results.ts";
import type { Run } from "./run.ts";
import type { Part } from "./typeParts.ts";

/** The opportunities that every set of a run is tested on, with one split for all types. */
export interface Universe extends Part {
  readonly split: Pick<Split, "training" | "holdout">;
}

/** The same for a whole run, with the counts of what was left out. */
export interface RunUniverse extends Universe {
  readonly split: Split;
  /** Opportunities whose longest path does not fit the data. */
  readonly leftOut: number;
  /** Those of them whose path would cross a change of unit. */
  readonly crossingBreaks: number;
}

/** The opportunities whose longest path fits the data, with their split; `partOf` makes a part from those rows, or from some of them. */
export function universeOf(
  { market, settings, longestBars }: Run,
  found: OpportunityTable,
  partOf: (fitting: Uint32Array) => Part,
): RunUniverse {
  const candles = candlesOf(found, market);
  const fitting = rowsThatFit(found, candles, longestBars);
  const { table, labels } = partOf(fitting);
  return {
    table,
    labels,
    split: splitRows(table, overMsOf(table, candlesOf(table, market), longestBars, settings.lookaheadBars)),
    leftOut: found.count - fitting.length,
    crossingBreaks: countRows(found, rowCrosses(found, candles, longestBars)),
  };
}

/** The split as a result shows it. */
export function shownSplit({ split, leftOut, crossingBreaks }: RunUniverse): OptimizeResult["split"] {
  return {
    time: splitTimeOf(split),
    training: split.training.length,
    holdout: split.holdout.length,
    purged: split.purged,
    left_out: leftOut,
    crossing_breaks: crossingBreaks,
  };
}

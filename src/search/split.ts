import type { OpportunityTable } from "../opportunities/table.ts";

/** Training and hold-out rows of one table, the same split for every type. */
export interface Split {
  /** Open time of the first hold-out signal bar, epoch ms; Infinity if there is none. */
  readonly timeMs: number;
  readonly training: Uint32Array;
  readonly holdout: Uint32Array;
  /** Rows in neither: their path or label reaches over the split. */
  readonly purged: number;
}

const trainingShare = 0.7;

/**
 * Splits at the timestamp of opportunity floor(0.7 * count) in time order. The hold-out is everything from then on; training keeps
 * only what is over before it: `overMs` by row, the time at which path and label are.
 */
export function splitRows(table: OpportunityTable, overMs: Float64Array): Split {
  const times = Float64Array.from(table.timestampMs).sort();
  const timeMs = times[Math.floor(trainingShare * table.count)] ?? Number.POSITIVE_INFINITY;
  const training: number[] = [];
  const holdout: number[] = [];
  for (let row = 0; row < table.count; row++) {
    const time = table.timestampMs[row]!;
    if (time >= timeMs) holdout.push(row);
    else if (overMs[row]! < timeMs) training.push(row);
  }
  return {
    timeMs,
    training: Uint32Array.from(training),
    holdout: Uint32Array.from(holdout),
    purged: table.count - training.length - holdout.length,
  };
}

/** The split as a result shows it: null if there is no opportunity to split at. */
export function splitTimeOf({ timeMs }: Split): number | null {
  return timeMs === Number.POSITIVE_INFINITY ? null : timeMs;
}

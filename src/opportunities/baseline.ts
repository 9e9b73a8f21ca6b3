import type { Labels, OpportunityTable } from "./table.ts";

/** What opportunities look like before anything is filtered. MFE, MAE and density in percent. */
export interface Baseline {
  readonly opportunities: number;
  readonly objective_opportunities: number;
  readonly mean_mfe: number;
  readonly median_mfe: number;
  readonly mean_mae: number;
  readonly mean_hours_to_mfe: number;
  readonly mean_density: number;
  readonly mean_mfe_atrs: number;
}

/** Counts, means and the median of a table's labels; all 0 for an empty one. */
export function baselineOf(table: OpportunityTable, labels: Labels): Baseline {
  const { count } = table;
  const mean = (values: ArrayLike<number>): number => {
    let sum = 0;
    for (let row = 0; row < count; row++) sum += values[row]!;
    return count === 0 ? 0 : sum / count;
  };
  const sorted = Float64Array.from(labels.mfe).sort();
  const middle = count >> 1;
  const median = count === 0 ? 0 : count % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return {
    opportunities: count,
    objective_opportunities: labels.objective.reduce((sum, flag) => sum + flag, 0),
    mean_mfe: 100 * mean(labels.mfe),
    median_mfe: 100 * median,
    mean_mae: 100 * mean(labels.mae),
    mean_hours_to_mfe: mean(labels.hoursToMfe),
    mean_density: mean(labels.density),
    mean_mfe_atrs: mean(labels.mfe.map((mfe, row) => (mfe * table.entry[row]!) / table.atr[row]!)),
  };
}

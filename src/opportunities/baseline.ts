import { GrowingColumns } from "../candles/columns.ts";
import type { Labels, OpportunityTable } from "./table.ts";

/** What opportunities look like before anything is filtered. MFE, MAE and density in percent. */
export interface Baseline {
  /** Opportunities of the type. */
  readonly opportunities: number;
  /** Those of them that reached the minimum gain within the lookahead. */
  readonly objective_opportunities: number;
  /** Mean of the best move in their direction, percent of entry. */
  readonly mean_mfe: number;
  /** Median of the best move in their direction, percent of entry. */
  readonly median_mfe: number;
  /** Mean of the worst move against them, percent of entry, 0 or below. */
  readonly mean_mae: number;
  /** Mean hours until the best move. */
  readonly mean_hours_to_mfe: number;
  /** Mean gain per hour until the best move, percent of entry. */
  readonly mean_density: number;
  /** Mean of the best move, in ATRs at the entry. */
  readonly mean_mfe_atrs: number;
}

/** What a baseline needs to know of one opportunity. */
export interface Excursion {
  readonly mfe: number;
  readonly mae: number;
  readonly hoursToMfe: number;
  readonly density: number;
  readonly objective: number;
  /** MFE in ATRs. */
  readonly mfeAtrs: number;
}

/** A baseline that takes opportunities one by one; of each it keeps the MFE alone, for the median. */
export class BaselineSums {
  private readonly mfes = new GrowingColumns([Float64Array]);
  private objective = 0;
  private mfe = 0;
  private mae = 0;
  private hoursToMfe = 0;
  private density = 0;
  private mfeAtrs = 0;
  /** Rows that have an ATR: signals need none if every level is in percent. */
  private withAtr = 0;

  add({ mfe, mae, hoursToMfe, density, objective, mfeAtrs }: Excursion): void {
    this.mfes.push([mfe], 0);
    this.objective += objective;
    this.mfe += mfe;
    this.mae += mae;
    this.hoursToMfe += hoursToMfe;
    this.density += density;
    if (Number.isNaN(mfeAtrs)) return;
    this.mfeAtrs += mfeAtrs;
    this.withAtr++;
  }

  /** Counts, means and the median of all that was added; all 0 if nothing was. Nothing more can be added. */
  result(): Baseline {
    const sorted = this.mfes.take()[0].sort();
    const count = sorted.length;
    const mean = (sum: number): number => (count === 0 ? 0 : sum / count);
    const middle = count >> 1;
    const median = count === 0 ? 0 : count % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
    return {
      opportunities: count,
      objective_opportunities: this.objective,
      mean_mfe: 100 * mean(this.mfe),
      median_mfe: 100 * median,
      mean_mae: 100 * mean(this.mae),
      mean_hours_to_mfe: mean(this.hoursToMfe),
      mean_density: mean(this.density),
      mean_mfe_atrs: this.withAtr === 0 ? 0 : this.mfeAtrs / this.withAtr,
    };
  }
}

/** What a row's path looked like. */
export function excursionOf(table: OpportunityTable, labels: Labels, row: number): Excursion {
  const mfe = labels.mfe[row]!;
  return {
    mfe,
    mae: labels.mae[row]!,
    hoursToMfe: labels.hoursToMfe[row]!,
    density: labels.density[row]!,
    objective: labels.objective[row]!,
    mfeAtrs: (mfe * table.entry[row]!) / table.atr[row]!,
  };
}

/** The baseline of a table; all 0 for an empty one. */
export function baselineOf(table: OpportunityTable, labels: Labels): Baseline {
  const sums = new BaselineSums();
  for (let row = 0; row < table.count; row++) sums.add(excursionOf(table, labels, row));
  return sums.result();
}

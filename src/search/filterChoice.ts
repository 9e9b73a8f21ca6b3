import type { Labels } from "../opportunities/table.ts";
import type { Space } from "../space/parameters.ts";
import { combinationsOf, type FeatureColumns, type FilterAxis, filterAxesOf, looseRows, rowsOf } from "./filterGrid.ts";
import type { Constraints } from "./objectives.ts";

/** Number of filter combinations compared row by row before assuming that some differ. */
const mostCompared = 4096;

/**
 * Whether a search of this space chooses by features at all: whether two of its filter combinations that may be ranked capture different rows.
 * If no filter varies, or none rejects anything, its sets differ only in their exits.
 */
export function choosesByFeatures(
  space: Space,
  table: FeatureColumns,
  labels: Pick<Labels, "objective">,
  constraints: Constraints,
): boolean {
  const axes = filterAxesOf(space, table);
  const loose = looseRows(axes, table.count);
  if (!axes.some((axis) => isDivided(axis, loose))) return false;
  const objectiveTotal = labels.objective.reduce((sum, isObjective) => sum + isObjective, 0);
  const combinations = combinationsOf(axes);
  let first: Uint32Array | null = null;
  for (let k = 0; k < Math.min(combinations, mostCompared); k++) {
    const rows = rowsOf(axes, digitsOf(axes, k), loose);
    const captured = rows.reduce((sum, row) => sum + labels.objective[row]!, 0);
    const rate = objectiveTotal === 0 ? 0 : captured / objectiveTotal;
    if (rows.length === 0 || rows.length < constraints.minTrades || rate < (constraints.minCaptureRate ?? 0)) continue;
    if (first && (first.length !== rows.length || rows.some((row, at) => row !== first![at]))) return true;
    first ??= rows;
  }
  return combinations > mostCompared;
}

/** Whether some row that passes a candidate of the filter fails another. */
function isDivided({ isOrdered, length, codes, passed }: FilterAxis, rows: Uint32Array): boolean {
  return rows.some((row) => (isOrdered ? codes[row]! : passed[codes[row]!]!.length) < length);
}

/** Position of each axis's candidate in the k-th combination, the last axis fastest. */
function digitsOf(axes: readonly FilterAxis[], k: number): number[] {
  const digits: number[] = [];
  let rest = k;
  for (const { length } of [...axes].reverse()) {
    digits.unshift(rest % length);
    rest = Math.floor(rest / length);
  }
  return digits;
}

import { type Labels, type OpportunityTable, pickLabels, pickRows } from "../opportunities/table.ts";
import type { Split } from "../search/split.ts";
import { filterNameOf } from "../space/filters.ts";
import type { Space } from "../space/parameters.ts";
import { countOfType, rowsOfType } from "./oneType.ts";

/** Some rows of one type with their labels. */
export interface Part {
  readonly table: OpportunityTable;
  readonly labels: Labels;
}

/** One signal type's opportunities, whole and split. */
export interface TypeParts {
  readonly type: string;
  /** Rows of training, hold-out and in between. */
  readonly count: number;
  /** All of them, created on demand: few callers need them. */
  readonly all: () => Part;
  readonly training: Part;
  readonly holdout: Part;
}

/** Rows with their labels; the input itself if that is all rows. */
export function partOf(table: OpportunityTable, labels: Labels, rows: ArrayLike<number>): Part {
  return { table: pickRows(table, rows), labels: pickLabels(labels, rows) };
}

/** The parts of one type under a split of the whole table. */
export function typePartsOf(
  type: string,
  table: OpportunityTable,
  labels: Labels,
  split: Pick<Split, "training" | "holdout">,
): TypeParts {
  const code = table.types.indexOf(type);
  const isOfType = (row: number): boolean => table.type[row] === code;
  return {
    type,
    count: countOfType(table, type),
    all: () => partOf(table, labels, rowsOfType(table, type)),
    training: partOf(table, labels, split.training.filter(isOfType)),
    holdout: partOf(table, labels, split.holdout.filter(isOfType)),
  };
}

/** A table with only the features that some space filters on, and `also` named ones. */
export function withFeaturesOf(
  spaces: Iterable<Space>,
  table: OpportunityTable,
  also: readonly string[] = [],
): OpportunityTable {
  const named = new Set(also);
  for (const space of spaces) for (const key in space) named.add(filterNameOf(key)?.feature ?? "");
  const kept = table.featureNames.flatMap((name, k) => (named.has(name) ? [k] : []));
  return {
    ...table,
    featureNames: kept.map((k) => table.featureNames[k]!),
    features: kept.map((k) => table.features[k]!),
  };
}

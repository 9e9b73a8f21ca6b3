import { type Labels, type OpportunityTable, pickLabels, pickRows } from "../opportunities/table.ts";
import type { Split } from "../search/split.ts";
import { rowsOfType } from "./oneType.ts";

/** Some rows of one type with their labels. */
export interface Part {
  readonly table: OpportunityTable;
  readonly labels: Labels;
}

/** One signal type's opportunities, whole and split. */
export interface TypeParts {
  readonly type: string;
  readonly all: Part;
  readonly training: Part;
  readonly holdout: Part;
}

/** Rows with their labels; what was given where that is all of it. */
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
    all: partOf(table, labels, rowsOfType(table, type)),
    training: partOf(table, labels, split.training.filter(isOfType)),
    holdout: partOf(table, labels, split.holdout.filter(isOfType)),
  };
}

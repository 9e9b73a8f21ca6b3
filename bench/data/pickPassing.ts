import { cellsOf } from "../baseline/cells.ts";
import { axesOf } from "../baseline/space.ts";
import { pickLabels, pickRows, type SearchTask } from "../engine.ts";
import type { Opportunities } from "./opportunities.ts";

/** The opportunities that pass the loosest candidates of all filters, in table order. */
export function pickPassing(task: SearchTask): Opportunities {
  const rows = cellsOf(axesOf(task), task.table.count).rows.slice().sort();
  return { table: pickRows(task.table, rows), labels: pickLabels(task.labels, rows) };
}

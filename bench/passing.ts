import { cellsOf } from "./baseline/cells.ts";
import { axesOf } from "./baseline/space.ts";
import type { SearchTask } from "./engine.ts";

/** How many opportunities pass the loosest candidates of all filters. */
export function passingOf(task: SearchTask): number {
  return cellsOf(axesOf(task), task.table.count).rows.length;
}

import type { SpaceOrder } from "../space/order.ts";
import { type ExitGrid, exitGridOf } from "./exitGrid.ts";
import { combinationsOf, type FilterAxis, filterAxesOf, looseRows } from "./filterGrid.ts";
import { levelRulesOf } from "./market.ts";
import type { SearchTask } from "./searchTask.ts";

/** A search with its sets in the core's layout: filters by exits. */
export interface SetGrid {
  readonly task: SearchTask;
  readonly order: SpaceOrder;
  readonly exits: ExitGrid;
  readonly axes: readonly FilterAxis[];
  /** Rows that the loosest filters let through. */
  readonly loose: Uint32Array;
}

/** Lays a space out as a grid over the task's table. */
export function setGridOf(task: SearchTask, order: SpaceOrder): SetGrid {
  const exits = exitGridOf(task.space, levelRulesOf(task.rules, task.market.timeframeMs), task.exits);
  const axes = filterAxesOf(task.space, task.table);
  return { task, order, exits, axes, loose: looseRows(axes, task.table.count) };
}

/** How many sets a grid has. */
export function setsIn({ exits, axes }: SetGrid): number {
  return combinationsOf(axes) * exits.stopDigits.length * exits.targetDigits.length;
}

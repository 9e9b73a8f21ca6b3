import type { Space } from "../space/parameters.ts";
import { type SearchOutcome, searchTable } from "./searchTable.ts";
import type { SearchTask } from "./searchTask.ts";
import { withoutVariants } from "./stages.ts";

/** Sets that phase 2 keeps. */
export const keptSets = 5;

/** Phase 2's search, with more than the usual sets if `top` asks for them: every filter combination with every exit of the space, without a trailing stop unless one is held fixed, objective `total`. */
export function searchCapture(
  task: Omit<SearchTask, "objective" | "limit" | "top"> & { readonly top?: number },
): SearchOutcome & { readonly space: Space } {
  const space = withoutVariants(task.space, task.held);
  return { ...searchTable({ ...task, space, objective: "total", top: Math.max(keptSets, task.top ?? 0) }), space };
}

import type { Space } from "../space/parameters.ts";
import { type SearchOutcome, searchTable } from "./searchTable.ts";
import type { SearchTask } from "./searchTask.ts";
import { withoutVariants } from "./stages.ts";

/** Sets that phase 2 keeps. */
const keptSets = 5;

/** Phase 2's search: every filter combination with every exit of the space, without a trailing stop unless one is held fixed, objective `total`. */
export function searchCapture(
  task: Omit<SearchTask, "objective" | "limit" | "top">,
): SearchOutcome & { readonly space: Space } {
  const space = withoutVariants(task.space, task.held);
  return { ...searchTable({ ...task, space, objective: "total", top: keptSets }), space };
}

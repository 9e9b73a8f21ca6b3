import { type FilterCells, filterCellsOf } from "../../search/filterCells.ts";
import type { Objective } from "../../search/objectives.ts";
import type { SearchTask } from "../../search/searchTask.ts";
import type { Surface } from "../../search/surfaceResult.ts";
import { exitKeyOf } from "../../space/exits.ts";
import { orderSpace } from "../../space/order.ts";
import type { Parameters, Space } from "../../space/parameters.ts";
import type { Run } from "../run.ts";
import { searchSurface } from "../surface.ts";

/** A search as one can look around in it: its surface, and what other filters would make of its best set. */
export interface Explored {
  readonly space: Space;
  readonly objective: Objective;
  /** Its best set. */
  readonly params: Parameters;
  readonly sets: number;
  /** Null if there are too many sets to count them for a report. */
  readonly surface: Surface | null;
  /** Of the best set's exit, over what was searched. */
  readonly cells: FilterCells;
}

/** Sets that a report counts: some twenty seconds. A call of the library that asks for the surface has no limit. */
const mostSets = 2 ** 25;

/** Looks around in a search whose best set is known. `surface` is its surface if it was counted already. */
export function explore(run: Run, task: SearchTask, params: Parameters, surface?: Surface): Explored {
  const { space, objective, table, labels } = task;
  const { sets } = orderSpace(space);
  const exit = Object.fromEntries(Object.entries(params).filter(([key]) => exitKeyOf(key)));
  const cells = run.replaying({ table, labels }, (replayer) =>
    filterCellsOf(space, table, params, replayer.returns(exit)),
  );
  return {
    space,
    objective,
    params,
    sets,
    surface: surface ?? (sets <= mostSets ? searchSurface(task) : null),
    cells,
  };
}

import type { Objective } from "../search/objectives.ts";
import { type SearchOutcome, searchTable } from "../search/searchTable.ts";
import { fineFactors, spaceAround, withoutVariants } from "../search/stages.ts";
import { holding } from "../space/held.ts";
import type { Parameters, Space } from "../space/parameters.ts";
import type { NoSelection, Selection } from "../validation/selection.ts";
import type { Trials } from "../validation/trialTests.ts";
import type { WalkForward } from "../validation/walkForward.ts";
import type { Captured } from "./capturePhase.ts";
import type { LastSearch } from "./evidence.ts";
import type { GivenStarts, NoiseSearches } from "./noiseSearches.ts";
import type { Profit } from "./profitPhase.ts";
import type { Run } from "./run.ts";
import { studiedSearch } from "./studies.ts";
import type { Walk } from "./walkForwardPhase.ts";

/** The search that a set was chosen from, and a sample of its sets; null if nothing could be ranked. */
export interface FoundBy {
  readonly last: LastSearch | null;
  readonly trials: Trials | null;
}

/** How a set was found. Both need at least one search, and are computed only if a verdict still depends on them. */
export interface SetSearch {
  readonly look: () => FoundBy;
  readonly walk: () => Promise<WalkForward>;
  /** What the same search finds in noise. */
  readonly noise: (last: LastSearch) => Promise<Selection | NoSelection>;
}

/** What the searches of one type share. */
export interface TypeSearch {
  readonly run: Run;
  readonly space: Space;
  readonly captured: Captured;
  readonly given: GivenStarts;
  readonly noise: NoiseSearches;
  readonly walk: Walk;
}

/** Phase 3's last search found its winner, and phase 3 of each window walks forward. */
export function phase3Search(search: TypeSearch, { last, trials }: Profit): SetSearch {
  return {
    look: () => ({ last, trials }),
    walk: async () => (await search.walk()).phase3,
    noise: (found) => search.noise.selection(typeOf(search), found, search.given),
  };
}

/** Phase 2's own search found its set, without a trailing stop and by its total, and phase 2 of each window walks forward. */
export function phase2Search(search: TypeSearch): SetSearch {
  return {
    look: () => {
      const space = withoutVariants(search.space);
      const best = search.captured.top[0]!;
      const { trials } = studied(search, space, "total");
      return { last: { space, best, objective: "total" }, trials };
    },
    walk: async () => (await search.walk()).phase2,
    noise: (found) => search.noise.selection(typeOf(search), found, null),
  };
}

/** A set that no search found is judged by the search around it, as if phase 3 had ended with it; parameters not in the space are held fixed. */
export function searchAround(search: TypeSearch, params: Parameters): SetSearch {
  const around = holding(search.space, params);
  const { objective, timeframeMs } = search.run.settings;
  return {
    look: () => {
      const space = spaceAround(around.space, params, fineFactors, timeframeMs, around.held);
      const { top, trials } = studied(search, space, objective);
      const best = top[0];
      return { last: best ? { space, best, objective } : null, trials };
    },
    walk: async () => (await search.walk(around.held.length > 0 ? around : undefined)).phase3,
    noise: (found) => search.noise.selection(typeOf(search), found, search.given),
  };
}

const typeOf = ({ captured }: TypeSearch): string => captured.parts.type;

/**
 * A search of this space with a sample of its ranked sets, which represent what was ranked by `rankedBy`. The sample is drawn from all sets
 * that meet the constraints, whatever ranks them, and only searches with a drawdown can draw it.
 */
function studied(
  { run, captured }: TypeSearch,
  space: Space,
  rankedBy: Objective,
): Pick<SearchOutcome, "top"> & { trials: Trials | null } {
  const { task, trialsOf } = studiedSearch(run, captured.parts.training);
  const { top, study, engine } = searchTable({ ...task, space, top: 1 });
  run.session.noteLinearMemory(engine.linear_memory_bytes);
  return { top, trials: trialsOf(study, rankedBy) };
}

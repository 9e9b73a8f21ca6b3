import { mostBlocks } from "../core/sweepRegions.ts";
import type { Labels } from "../opportunities/table.ts";
import type { Objective } from "../search/objectives.ts";
import type { SearchTask } from "../search/searchTask.ts";
import type { SearchStudy } from "../search/study.ts";
import { blockSumsOf, blocksOf } from "../validation/blocks.ts";
import type { Trials } from "../validation/trialTests.ts";
import type { Run } from "./run.ts";
import type { Part } from "./typeParts.ts";

/** Number of ranked sets whose sums are kept by blocks of time: enough to tell luck from skill, few enough for a second of statistics. */
const studiedSets = 1024;

/** A search over one part that also samples its ranked sets. */
export interface StudiedSearch {
  /** The search without its space. */
  readonly task: Omit<SearchTask, "space" | "top">;
  /** The sampled sets by block of time, as the tests of trials need them; null without a study. */
  readonly trialsOf: (study: SearchStudy | null, rankedBy: Objective) => Trials | null;
}

/** Prepares a search over one part that samples its ranked sets block by block. */
export function studiedSearch(run: Run, { table, labels }: Part): StudiedSearch {
  const { objective, timeframeMs } = run.settings;
  const blockOfRow = blocksOf(table.timestampMs, mostBlocks);
  return {
    task: { ...run.searchOptions(), table, labels, objective, study: { blockOfRow, sets: studiedSets } },
    trialsOf: (study, rankedBy) =>
      study && {
        blockSums: blockSumsOf(study.samples, objectiveTotalsOf(labels, blockOfRow)),
        objective: rankedBy,
        barMs: timeframeMs,
      },
  };
}

/** Objective opportunities in each block of time. */
function objectiveTotalsOf(labels: Pick<Labels, "objective">, blockOfRow: Uint8Array): Float64Array {
  const totals = new Float64Array(mostBlocks);
  for (let row = 0; row < blockOfRow.length; row++) totals[blockOfRow[row]!]! += labels.objective[row]!;
  return totals;
}

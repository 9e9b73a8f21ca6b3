import type { Parameters, Space } from "../space/parameters.ts";
import { orderingKeyOf } from "./keys.ts";
import type { Objective } from "./objectives.ts";
import type { RankedSet } from "./result.ts";
import { type SearchOutcome, searchTable } from "./searchTable.ts";
import type { SearchTask } from "./searchTask.ts";
import { coarseFactors, fineFactors, spaceAround, withoutVariants } from "./stages.ts";
import type { StartingPoint } from "./startingPoints.ts";
import type { SearchStudy } from "./study.ts";

/** A starting point with the best score found around it; null if nothing could be ranked. */
export interface Start extends StartingPoint {
  /** Of the best set around it; null if none could be ranked. */
  readonly score: number | null;
  /** Whether the next stage went on from it. */
  readonly kept: boolean;
}

/** One stage of phase 3: how many sets it searched, and the best of them. */
export interface Stage {
  /** Name of the stage. */
  readonly name: string;
  /** Sets that it searched. */
  readonly sets: number;
  /** Those of them that could be ranked. */
  readonly ranked: number;
  /** The best score among them; null if none could be ranked. */
  readonly best_score: number | null;
}

/** Phase 3's last search and the way to it. */
export interface ProfitSearch {
  readonly starts: readonly Start[];
  readonly stages: readonly Stage[];
  /** The space of the last search; null if no stage ranked a set. */
  readonly space: Space | null;
  /** Its leaderboard, best first. */
  readonly top: readonly RankedSet[];
  /** What the last search says of all its ranked sets; null if it was too large for that. */
  readonly study: SearchStudy | null;
  readonly linearMemoryBytes: number;
}

const keptStarts = 2;

/** What phase 3 needs beside the parts of a search that stay the same. */
export interface ProfitSearchTask extends Omit<SearchTask, "limit"> {
  readonly starts: readonly StartingPoint[];
  readonly coarseCombos?: number;
  readonly fineCombos?: number;
  /** Makes the last search, in place of `searchTable`. */
  readonly searchLast?: (task: SearchTask) => SearchOutcome;
}

/**
 * Phase 3: coarse around every start, fine around the best set of the two best starts, then one search from the single best fine set
 * over all filters, the exits around it and the space's trailing variants; by one objective throughout.
 */
export function searchProfit(task: ProfitSearchTask): ProfitSearch {
  const { timeframeMs } = task.market;
  const plain = withoutVariants(task.space, task.held);
  const stages: Stage[] = [];
  let linearMemoryBytes = 0;
  const run = (name: string, space: Space, top: number, limit: number | undefined, isLast = false): SearchOutcome => {
    const { starts: _starts, coarseCombos: _coarse, fineCombos: _fine, searchLast, study, ...rest } = task;
    const search = isLast && searchLast ? searchLast : searchTable;
    const outcome = search({
      ...rest,
      space,
      top,
      ...(limit !== undefined && { limit }),
      ...(isLast && study && { study }),
    });
    stages.push({ name, sets: outcome.sets, ranked: outcome.ranked, best_score: outcome.top[0]?.score ?? null });
    linearMemoryBytes = Math.max(linearMemoryBytes, outcome.engine.linear_memory_bytes);
    return outcome;
  };
  const around = (center: Parameters, factors: readonly number[], base: Space): Space =>
    spaceAround(base, center, factors, timeframeMs, task.held);

  const coarse = task.starts.map((start) => {
    const outcome = run(`coarse, ${start.from}`, around(start.params, coarseFactors, plain), 1, task.coarseCombos);
    return { start, best: outcome.top[0] };
  });
  const kept = byKey(
    task.objective,
    coarse.flatMap(({ start, best }) => (best ? [{ start, best }] : [])),
  ).slice(0, keptStarts);
  const starts = coarse.map(({ start, best }) => ({
    ...start,
    score: best?.score ?? null,
    kept: kept.some((entry) => entry.start === start),
  }));

  const fine = kept.flatMap(({ start, best }) => {
    const outcome = run(`fine, ${start.from}`, around(best.params, fineFactors, plain), 1, task.fineCombos);
    return outcome.top[0] ? [{ start, best: outcome.top[0] }] : [];
  });
  const center = byKey(task.objective, fine)[0];
  if (!center) return { starts, stages, space: null, top: [], study: null, linearMemoryBytes };
  const space = around(center.best.params, fineFactors, task.space);
  const { top, study } = run("final", space, task.top, undefined, true);
  return { starts, stages, space, top, study, linearMemoryBytes };
}

/** Best first; equal ones stay in the order of the starts. */
function byKey<Entry extends { readonly best: RankedSet }>(objective: Objective, entries: readonly Entry[]): Entry[] {
  const key = ({ best }: Entry): number => orderingKeyOf(objective, best.score, best.metrics);
  return [...entries].sort((a, b) => key(b) - key(a));
}

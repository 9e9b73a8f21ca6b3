import { candleCountsOf } from "../candles/counts.ts";
import { planPortfolio } from "../portfolio/plan.ts";
import { planRanking } from "../portfolio/planRanking.ts";
import { planSearch } from "../search/planSearch.ts";
import { mostSweepsOf } from "../search/searchTable.ts";
import type { PlanResult } from "./answers.ts";
import { planAll } from "./everySet/size.ts";
import { expectedCommand } from "./expected.ts";
import { planParts } from "./planParts.ts";
import type { PlanRequest, RunOptions } from "./request.ts";
import { loadSearch } from "./search.ts";
import { Session } from "./session.ts";
import { searchedOf } from "./typeSearch.ts";

/** What a search would need, before it runs: everything is read, nothing is searched. Throws CapacityError if the memory is not enough. */
export async function plan(request: PlanRequest, options: RunOptions = {}): Promise<PlanResult> {
  const session = new Session(options);
  const started = performance.now();
  const loaded = await loadSearch(request, session);
  const { ranking } = loaded.run.settings;
  const ranked = ranking && planRanking(loaded.task, ranking);
  const { task } = ranked ?? loaded;
  const readingMilliseconds = performance.now() - started;
  const { engine_milliseconds: searchMilliseconds, ...layout } = planSearch(task);
  const engine_milliseconds = searchMilliseconds + (ranked?.plan.milliseconds ?? 0);
  const sweeps = mostSweepsOf(task);
  const expected = {
    engine_milliseconds,
    ...expectedCommand(task, layout, readingMilliseconds, engine_milliseconds),
    ties: { sweeps, engine_milliseconds: sweeps * searchMilliseconds },
  };
  const parts =
    request.parts === undefined ? null : planParts(task, request.parts, { ...expected, readingMilliseconds });
  const portfolio = request.portfolio && planPortfolio(task.table, task.market, task.memoryBytes);
  session.finish();
  return {
    ...searchedOf(loaded),
    ...layout,
    memory_allowed: task.memoryBytes,
    all: planAll(task),
    ...(ranked && { ranking: ranked.plan }),
    expected,
    candles: candleCountsOf(task.market),
    warnings: session.warnings,
    ...(portfolio && { portfolio }),
    ...(parts && { parts }),
  };
}

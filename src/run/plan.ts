import { candleCountsOf } from "../candles/counts.ts";
import type { PlanResult } from "../report/answers.ts";
import { planSearch } from "../search/planSearch.ts";
import { expectedCommand } from "./expected.ts";
import type { RunOptions, SearchRequest } from "./request.ts";
import { loadSearch } from "./search.ts";
import { Session } from "./session.ts";

/** What a search would need, before it runs: everything is read, nothing is searched. Throws CapacityError if the memory is not enough. */
export async function plan(request: SearchRequest, options: RunOptions = {}): Promise<PlanResult> {
  const session = new Session(options);
  const started = performance.now();
  const { type, task, leftOut, crossingBreaks, signals } = await loadSearch(request, session);
  const readingMilliseconds = performance.now() - started;
  const { engine_milliseconds, ...layout } = planSearch(task);
  return {
    type,
    objective: task.objective,
    opportunities: task.table.count,
    left_out: leftOut,
    crossing_breaks: crossingBreaks,
    signals,
    ...layout,
    memory_allowed: task.memoryBytes,
    expected: { engine_milliseconds, ...expectedCommand(task, layout, readingMilliseconds, engine_milliseconds) },
    candles: candleCountsOf(task.market),
    warnings: session.warnings,
  };
}

import type { Market, Objective, SearchTask, Space } from "../engine.ts";
import { type Opportunities, randomOpportunities } from "./opportunities.ts";

/** A search as the benches ask for it; `threads` is passed along whether or not the engine reads it. */
export type BenchTask = SearchTask & { readonly threads: number };

export interface TaskOptions {
  readonly objective?: Objective;
  readonly memoryMiB?: number;
  readonly threads?: number;
}

export const referenceCount = 4000;

/** The table of `count` opportunities with eight features that every figure is about by default. */
export function referenceOpportunities(market: Market, count = referenceCount, features = 8): Opportunities {
  return randomOpportunities(market, count, features, 7);
}

/** A search of a space over opportunities, with the costs and limits of the command's defaults. */
export function taskOf(
  market: Market,
  opportunities: Opportunities,
  space: Space,
  { objective = "sqn", memoryMiB = 16, threads = 1 }: TaskOptions = {},
): BenchTask {
  return {
    ...opportunities,
    market,
    space,
    rules: { fee: 0.0005, slippage: 0.0002, fundingPer8h: 0, intrabar: "stop-first", summaryBars: null },
    objective,
    constraints: { minTrades: 20 },
    drawdownLimit: 20,
    top: 10,
    memoryBytes: memoryMiB * 1_048_576,
    threads,
  };
}

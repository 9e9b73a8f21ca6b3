import { readerBytes } from "../candles/readers.ts";
import { planSearch, type SearchPlan } from "../search/planSearch.ts";
import type { SearchTask } from "../search/searchTask.ts";

/** Measured on Node 20; see docs/performance.md. */
const startMilliseconds = 150;
const processBytes = 84 * 2 ** 20;
const candleBytes = 32;
/** Of the sums of funding rates, where there are any. */
const fundingBytes = 8;
const workerBytes = 12 * 2 ** 20;
/** Columns of an opportunity besides its features, and its row, cell, order and slot in a sweep. */
const opportunityBytes = 33 + 28;
const exitBytes = 4;
const sweptBytes = 24;

type PlannedMemory = Pick<SearchPlan, "linear_memory_bytes" | "threads" | "taking_part" | "leaderboard">;

/** Time and peak RSS of a whole search command. Reading has just been done once, and takes as long again. */
export function expectedCommand(
  { market, table }: Pick<SearchTask, "market" | "table">,
  plan: PlannedMemory,
  readingMilliseconds: number,
  engineMilliseconds: number,
): { readonly milliseconds: number; readonly peak_rss: number } {
  return {
    milliseconds: startMilliseconds + readingMilliseconds + engineMilliseconds,
    peak_rss: peakRss(market, table, plan),
  };
}

/** Peak RSS of a whole search command, bytes. Throws CapacityError if the engine's memory is not enough. */
export function expectedRss(task: SearchTask): number {
  return peakRss(task.market, task.table, planSearch(task));
}

function peakRss(market: SearchTask["market"], table: SearchTask["table"], plan: PlannedMemory): number {
  let candles = 0;
  for (const { count, fundingSums } of market.bySymbol.values())
    candles += count * (candleBytes + (fundingSums ? fundingBytes : 0));
  return (
    processBytes +
    readerBytes() +
    candles * (plan.threads > 1 ? 2 : 1) +
    table.count * (opportunityBytes + (table.exitBars ? exitBytes : 0) + 10 * table.features.length) +
    plan.taking_part * sweptBytes +
    plan.linear_memory_bytes +
    plan.leaderboard.bytes +
    (plan.threads - 1) * workerBytes
  );
}

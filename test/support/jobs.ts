import type { SweepJob } from "../../src/core/sweepJob.ts";
import { exitGridOf } from "../../src/search/exitGrid.ts";
import { entriesOf, filterAxesOf, looseRows } from "../../src/search/filterGrid.ts";
import { candlesOf, coreRulesOf, entryTicksOf, levelRulesOf } from "../../src/search/market.ts";
import { objectives } from "../../src/search/objectives.ts";
import { rankPartsOf } from "../../src/search/rankParts.ts";
import type { SearchTask } from "../../src/search/searchTask.ts";
import { orderSpace } from "../../src/space/order.ts";

/** The one sweep that answers a task, all of its grid at once. */
export function jobOf(task: SearchTask, heapEntries: number, needsDrawdown: boolean): SweepJob {
  const { table, labels, market, space, rules, constraints } = task;
  const axes = filterAxesOf(space, table);
  const exits = exitGridOf(space, levelRulesOf(rules, market.timeframeMs));
  return {
    paths: table,
    candles: candlesOf(table, market),
    levels: exits.levels,
    rules: coreRulesOf(rules, market.timeframeMs),
    axes,
    entries: entriesOf(axes, [], looseRows(axes, table.count)),
    stopItems: exits.stopItems,
    targetItems: exits.targetItems,
    shares: exits.shares,
    ...rankPartsOf(space, orderSpace(space), axes, [], exits),
    objective: objectives[task.objective].core,
    tellsNothing: false,
    isObjective: labels.objective,
    objectiveTotal: labels.objective.reduce((sum, isObjective) => sum + isObjective, 0),
    minTrades: constraints.minTrades,
    minCaptureRate: constraints.minCaptureRate ?? 0,
    clock: needsDrawdown ? entryTicksOf(table, candlesOf(table, market)) : null,
    drawdown: needsDrawdown
      ? {
          limit: task.drawdownLimit,
          most: constraints.maxDrawdown ?? Number.POSITIVE_INFINITY,
          top: task.top,
        }
      : null,
    floor: Number.NEGATIVE_INFINITY,
    heapEntries,
    tally: null,
    isStudied: false,
    memoryBytes: task.memoryBytes,
    threads: 1,
  };
}

import type { Candles } from "../candles/candles.ts";
import { exitOf } from "../space/exits.ts";
import type { Parameters } from "../space/parameters.ts";
import { barsHeldAtMost, candlesOf } from "./market.ts";
import { exitReasons, metricsOfColumns } from "./metrics.ts";
import { walkSummary, walkTrade } from "./plainWalk.ts";
import type { SetFigures } from "./result.ts";
import type { SearchTask } from "./searchTask.ts";

/**
 * Figures of sets by the plain rule, trade by trade: what a leaderboard reports. Walking the few trades of a leader is cheaper than copying
 * their candles into the core, and it owes the core nothing.
 */
export class PlainFigures {
  private readonly candles: readonly Candles[];
  private readonly objectiveTotal: number;

  constructor(private readonly task: SearchTask) {
    this.candles = candlesOf(task.table, task.market);
    let total = 0;
    for (let row = 0; row < task.table.count; row++) total += task.labels.objective[row]!;
    this.objectiveTotal = total;
  }

  /** Of a set that captures these rows, which stand in table order. */
  figures(params: Parameters, rows: Uint32Array): SetFigures {
    const { table, labels, market, rules } = this.task;
    const { timeframeMs } = market;
    const exit = exitOf(params);
    const barExit = { ...exit, holdingBars: barsHeldAtMost(exit, rules, timeframeMs) };
    const count = rows.length;
    const entryTimeMs = new Float64Array(count);
    const exitTimeMs = new Float64Array(count);
    const returns = new Float64Array(count);
    const bars = new Int32Array(count);
    const reason = new Uint8Array(count);
    const objective = new Uint8Array(count);
    const signal = { bar: 0, direction: 1 as 1 | -1, entry: 0, atr: 0 };
    let otherTotal = 0;
    let ambiguous = 0;
    for (let k = 0; k < count; k++) {
      const row = rows[k]!;
      const series = this.candles[table.symbol[row]!]!;
      signal.bar = table.bar[row]!;
      signal.direction = table.direction[row]! as 1 | -1;
      signal.entry = table.entry[row]!;
      signal.atr = table.atr[row]!;
      const walked =
        rules.summaryBars === null
          ? walkTrade(series, signal, barExit, rules)
          : walkSummary(series, signal, barExit, rules, rules.summaryBars);
      entryTimeMs[k] = table.timestampMs[row]!;
      exitTimeMs[k] = entryTimeMs[k]! + walked.bars * timeframeMs;
      returns[k] = walked.return;
      bars[k] = walked.bars;
      reason[k] = exitReasons.indexOf(walked.reason);
      objective[k] = labels.objective[row]!;
      otherTotal += 100 * walked.otherReturn;
      if (walked.ambiguous) ambiguous++;
    }
    const trades = { count, row: rows, entryTimeMs, exitTimeMs, return: returns, bars, reason, objective };
    return {
      params,
      metrics: metricsOfColumns(trades, this.objectiveTotal, timeframeMs / 3_600_000),
      ambiguous,
      avg_return_other_rule: count === 0 ? 0 : otherTotal / count,
    };
  }
}

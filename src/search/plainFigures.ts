import type { Candles } from "../candles/candles.ts";
import { exitOf, exitReasons } from "../space/exits.ts";
import type { Parameters } from "../space/parameters.ts";
import { barsHeldAtMost, candlesOf, slotTimeMs } from "./market.ts";
import { metricsOfColumns } from "./metrics.ts";
import { type BarExit, walkSummary, walkTrade } from "./plainWalk.ts";
import type { SetFigures } from "./result.ts";
import type { SearchTask } from "./searchTask.ts";

/** A set's trades, as columns of one element per trade, and what was made of them. */
interface Replayed {
  readonly holdingBars: number;
  readonly rows: Uint32Array;
  readonly returns: Float64Array;
  readonly otherReturns: Float64Array;
  readonly bars: Int32Array;
  readonly reason: Uint8Array;
  readonly ambiguous: Uint8Array;
  readonly figures: SetFigures;
}

/** Replays kept at once, each of other levels. */
const mostKept = 4;

/**
 * Figures of sets by the plain rule, trade by trade: what a leaderboard reports. Walking the few trades of a leader is cheaper than copying
 * their candles into the core, and is independent of it. Leaders often differ only in a filter or a holding time: a trade that exited
 * before either holding time was over is the same in both sets, and is not walked again.
 */
export class PlainFigures {
  private readonly candles: readonly Candles[];
  private readonly objectiveTotal: number;
  /** The last replay of each exit, holding times aside. */
  private readonly replays = new Map<string, Replayed>();

  constructor(private readonly task: SearchTask) {
    this.candles = candlesOf(task.table, task.market);
    let total = 0;
    for (let row = 0; row < task.table.count; row++) total += task.labels.objective[row]!;
    this.objectiveTotal = total;
  }

  /** Of a set that captures these rows, which stand in table order. */
  figures(params: Parameters, rows: Uint32Array): SetFigures {
    const exit = exitOf(params);
    const holdingBars = barsHeldAtMost(exit, this.task.rules, this.task.market.timeframeMs);
    const levels = JSON.stringify([
      exit.target.core,
      exit.stops.map(({ core }) => core),
      exit.partial,
      exit.usesExitSignal,
    ]);
    const known = this.replays.get(levels);
    if (known && isSameReplay(known, rows, holdingBars)) return { ...known.figures, params };
    const replayed = this.replay(params, { ...exit, holdingBars }, rows, known);
    this.replays.delete(levels);
    this.replays.set(levels, replayed);
    if (this.replays.size > mostKept) this.replays.delete(this.replays.keys().next().value!);
    return replayed.figures;
  }

  /** `known` is a replay of the same levels. */
  private replay(params: Parameters, exit: BarExit, rows: Uint32Array, known: Replayed | undefined): Replayed {
    const { table, labels, market, rules } = this.task;
    const { timeframeMs } = market;
    const count = rows.length;
    const entryTimeMs = new Float64Array(count);
    const exitTimeMs = new Float64Array(count);
    const returns = new Float64Array(count);
    const otherReturns = new Float64Array(count);
    const bars = new Int32Array(count);
    const reason = new Uint8Array(count);
    const ambiguous = new Uint8Array(count);
    const objective = new Uint8Array(count);
    const signal = { bar: 0, direction: 1 as 1 | -1, entry: 0, atr: 0, exitBars: 0 };
    const names = exitReasons();
    const exitBars = exit.usesExitSignal ? table.exitBars : undefined;
    const shared = known ? sharedBars(known, exit.holdingBars) : 0;
    for (let k = 0, j = 0; k < count; k++) {
      const row = rows[k]!;
      const series = this.candles[table.symbol[row]!]!;
      entryTimeMs[k] = slotTimeMs(series, table.bar[row]!);
      objective[k] = labels.objective[row]!;
      if (known) {
        while (j < known.rows.length && known.rows[j]! < row) j++;
        if (known.rows[j] === row && known.bars[j]! < shared) {
          returns[k] = known.returns[j]!;
          otherReturns[k] = known.otherReturns[j]!;
          bars[k] = known.bars[j]!;
          reason[k] = known.reason[j]!;
          ambiguous[k] = known.ambiguous[j]!;
          exitTimeMs[k] = entryTimeMs[k]! + bars[k]! * timeframeMs;
          continue;
        }
      }
      signal.bar = table.bar[row]!;
      signal.direction = table.direction[row]! as 1 | -1;
      signal.entry = table.entry[row]!;
      signal.atr = table.atr[row]!;
      if (exitBars) signal.exitBars = exitBars[row]!;
      const walked =
        rules.summaryBars === null
          ? walkTrade(series, signal, exit, rules)
          : walkSummary(series, signal, exit, rules, rules.summaryBars);
      returns[k] = walked.return;
      otherReturns[k] = walked.otherReturn;
      bars[k] = walked.bars;
      reason[k] = names.indexOf(walked.reason);
      ambiguous[k] = Number(walked.ambiguous);
      exitTimeMs[k] = entryTimeMs[k]! + bars[k]! * timeframeMs;
    }
    const trades = { count, row: rows, entryTimeMs, exitTimeMs, return: returns, bars, reason, objective };
    const figures = {
      params,
      metrics: metricsOfColumns(trades, this.objectiveTotal, timeframeMs / 3_600_000),
      ambiguous: ambiguous.reduce((sum, isAmbiguous) => sum + isAmbiguous, 0),
      avg_return_other_rule: count === 0 ? 0 : otherReturns.reduce((sum, other) => sum + 100 * other, 0) / count,
      hole_exits: bars.reduce((sum, held) => sum + Number(held > exit.holdingBars), 0),
    };
    return { holdingBars: exit.holdingBars, rows, returns, otherReturns, bars, reason, ambiguous, figures };
  }
}

/** Trades of fewer bars left before either holding time was over: they are the same under both. */
function sharedBars(known: Replayed, holdingBars: number): number {
  return known.holdingBars === holdingBars ? Number.POSITIVE_INFINITY : Math.min(known.holdingBars, holdingBars);
}

/** Whether a set of the same levels that captures `rows` has the very trades of a known replay. */
function isSameReplay(known: Replayed, rows: Uint32Array, holdingBars: number): boolean {
  if (known.rows.length !== rows.length) return false;
  const shared = sharedBars(known, holdingBars);
  for (let k = 0; k < rows.length; k++) if (known.rows[k] !== rows[k] || known.bars[k]! >= shared) return false;
  return true;
}

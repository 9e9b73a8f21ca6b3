import {
  compareSets,
  metricsOf,
  objectives,
  orderSpace,
  type SearchTask,
  scoreOf,
  type TradeOutcome,
} from "../engine.ts";
import { type Cells, cellsOf, suffixSum } from "./cells.ts";
import { type Sides, sidesOf } from "./passages.ts";
import { Pool } from "./pool.ts";
import { type Captured, fillScores, type Statistics, type Sums, statisticsOf } from "./scores.ts";
import { type Axis, axesOf, type Exits, exitsOf } from "./space.ts";

export interface Leader {
  readonly index: number;
  readonly score: number;
}

/** Candidates kept beyond the leaderboard, for sets that sums cannot tell apart. */
const spare = 256;

/** Whether the plain search knows the objective; a drawdown needs trades in exit order, which its sums do not have. */
export function isFactorised(objective: SearchTask["objective"]): boolean {
  return !objectives[objective].needsDrawdown;
}

/**
 * The engine's own factorisation in plain TypeScript on typed arrays: passages once, threshold cells, suffix sums, a bounded pool of candidates by their
 * sums, and the best of them added up again in table order. Everything in doubles, one exit at a time.
 */
export function factorisedSearch(task: SearchTask): Leader[] {
  const axes = axesOf(task);
  const exits = exitsOf(task);
  const cells = cellsOf(axes, task.table.count);
  const sides = sidesOf(task, exits, cells.rows);
  const captured = capturedOf(task, cells);
  const pool = new Pool(task.top + spare);
  const column = (): Float64Array => new Float64Array(cells.count);
  const sums: Sums = { first: column(), second: column() };
  const statistics = statisticsOf(task.objective);
  const scores = column();
  for (let stop = 0; stop < sides.stops.count; stop++)
    for (let target = 0; target < sides.targets.count; target++) {
      addUp(sides, stop, target, cells, statistics, sums);
      suffixSum(sums.first, cells);
      if (statistics !== "sum") suffixSum(sums.second, cells);
      fillScores(task.objective, sums, captured, scores);
      pool.offerAll(scores, stop * sides.targets.count + target);
    }
  return settle(task, axes, exits, cells, sides, pool);
}

function capturedOf({ labels, constraints }: SearchTask, cells: Cells): Captured {
  const n = new Float64Array(cells.count);
  const rate = new Float64Array(cells.count);
  for (let k = 0; k < cells.rows.length; k++) {
    n[cells.cellOf[k]!]!++;
    rate[cells.cellOf[k]!]! += labels.objective[cells.rows[k]!]!;
  }
  suffixSum(n, cells);
  suffixSum(rate, cells);
  const total = labels.objective.reduce((sum, flag) => sum + flag, 0);
  if (total > 0) for (let c = 0; c < rate.length; c++) rate[c]! /= total;
  const least = Math.max(1, constraints.minTrades);
  return { n, rate, isRankable: Uint8Array.from(n, (count) => (count >= least ? 1 : 0)) };
}

/** Sums of the rows of each cell under one exit. */
function addUp(sides: Sides, stop: number, target: number, cells: Cells, statistics: Statistics, sums: Sums): void {
  const { cellOf } = cells;
  const rows = cellOf.length;
  const stopTime = sides.stops.time.subarray(stop * rows, (stop + 1) * rows);
  const stopPoints = sides.stops.points.subarray(stop * rows, (stop + 1) * rows);
  const targetTime = sides.targets.time.subarray(target * rows, (target + 1) * rows);
  const targetPoints = sides.targets.points.subarray(target * rows, (target + 1) * rows);
  const { first, second } = sums;
  first.fill(0);
  second.fill(0);
  switch (statistics) {
    case "sum":
      for (let k = 0; k < rows; k++)
        first[cellOf[k]!]! += stopTime[k]! <= targetTime[k]! ? stopPoints[k]! : targetPoints[k]!;
      return;
    case "sum and squares":
      for (let k = 0; k < rows; k++) {
        const points = stopTime[k]! <= targetTime[k]! ? stopPoints[k]! : targetPoints[k]!;
        first[cellOf[k]!]! += points;
        second[cellOf[k]!]! += points * points;
      }
      return;
    case "sum and losing squares":
      for (let k = 0; k < rows; k++) {
        const points = stopTime[k]! <= targetTime[k]! ? stopPoints[k]! : targetPoints[k]!;
        first[cellOf[k]!]! += points;
        if (points < 0) second[cellOf[k]!]! += points * points;
      }
      return;
    case "gains and losses":
      for (let k = 0; k < rows; k++) {
        const points = stopTime[k]! <= targetTime[k]! ? stopPoints[k]! : targetPoints[k]!;
        if (points > 0) first[cellOf[k]!]! += points;
        else second[cellOf[k]!]! += points;
      }
  }
}

/** Adds candidates up again in table order, best sums first, until no other can reach the leaderboard. */
function settle(
  task: SearchTask,
  axes: readonly Axis[],
  exits: Exits,
  cells: Cells,
  sides: Sides,
  pool: Pool,
): Leader[] {
  const { objective, top } = task;
  const replay = replayerOf(task, cells, sides);
  const rankOf = rankerOf(task, axes, exits, cells);
  const leaders: { index: number; score: number; metrics: ReturnType<typeof metricsOf> }[] = [];
  for (const { score: bound, cell, exit } of pool.sorted()) {
    const last = leaders[top - 1];
    if (last && bound < last.score - 1e-9 * Math.max(1, Math.abs(last.score))) break;
    const metrics = replay(cell, exit);
    leaders.push({ index: rankOf(cell, exit), score: scoreOf(objective, metrics, task.drawdownLimit), metrics });
    leaders.sort((a, b) => compareSets(objective, a, b));
    leaders.length = Math.min(leaders.length, top);
  }
  return leaders.map(({ index, score }) => ({ index, score }));
}

function replayerOf(
  task: SearchTask,
  cells: Cells,
  sides: Sides,
): (cell: number, exit: number) => ReturnType<typeof metricsOf> {
  const { table, labels, market } = task;
  const rows = cells.rows.length;
  const inTableOrder = Uint32Array.from({ length: rows }, (_, k) => k).sort((a, b) => cells.rows[a]! - cells.rows[b]!);
  const objectiveTotal = labels.objective.reduce((sum, flag) => sum + flag, 0);
  const digit = (cell: number, axis: number): number => Math.floor(cell / cells.strides[axis]!) % cells.shape[axis]!;
  return (cell, exit) => {
    const stop = Math.floor(exit / sides.targets.count) * rows;
    const target = (exit % sides.targets.count) * rows;
    const trades: TradeOutcome[] = [];
    for (const k of inTableOrder) {
      if (cells.shape.some((_, axis) => digit(cells.cellOf[k]!, axis) < digit(cell, axis))) continue;
      const isStopped = sides.stops.time[stop + k]! <= sides.targets.time[target + k]!;
      const time = isStopped ? sides.stops.time[stop + k]! : sides.targets.time[target + k]!;
      const points = isStopped ? sides.stops.points[stop + k]! : sides.targets.points[target + k]!;
      const row = cells.rows[k]!;
      const bars = (time + 1) >> 1;
      const entryTimeMs = table.timestampMs[row]!;
      const isObjective = labels.objective[row] === 1;
      const exitTimeMs = entryTimeMs + bars * market.timeframeMs;
      trades.push({
        row,
        entryTimeMs,
        exitTimeMs,
        return: points / 100,
        bars,
        reason: "timeout",
        objective: isObjective,
      });
    }
    return metricsOf(trades, objectiveTotal, market.timeframeMs / 3_600_000);
  };
}

/** Position of a set in the space's own order. */
function rankerOf(
  task: SearchTask,
  axes: readonly Axis[],
  exits: Exits,
  cells: Cells,
): (cell: number, exit: number) => number {
  const order = orderSpace(task.space);
  const targetItems = exits.targets.length * exits.holdingBars.length;
  return (cell, exit) => {
    const stopItem = Math.floor(exit / targetItems);
    const targetItem = exit % targetItems;
    const [enabled, activation, distance] = exits.variants[stopItem % exits.variants.length]!.digits;
    const digits: Record<string, number> = {
      atr_tp_multiplier: Math.floor(targetItem / exits.holdingBars.length),
      atr_stop_multiplier: Math.floor(stopItem / exits.variants.length),
      max_holding_hours: targetItem % exits.holdingBars.length,
      trailing_stop_enabled: enabled!,
      trailing_stop_activation: activation!,
      trailing_stop_distance: distance!,
    };
    for (const [k, axis] of axes.entries())
      digits[axis.parameter] = axis.digits[Math.floor(cell / cells.strides[k]!) % cells.shape[k]!]!;
    return order.rankOf(Object.keys(task.space).map((key) => digits[key]!));
  };
}

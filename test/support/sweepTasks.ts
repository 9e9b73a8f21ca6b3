import { expect } from "vitest";
import * as abi from "../../src/core/abi.ts";
import type { SweepEntry } from "../../src/core/sweepJob.ts";
import { pickLabels, pickRows } from "../../src/opportunities/table.ts";
import { orderingKeyOf } from "../../src/search/keys.ts";
import { candlesOf, rowsThatFit } from "../../src/search/market.ts";
import type { Objective } from "../../src/search/objectives.ts";
import type { SearchTask } from "../../src/search/searchTask.ts";
import type { IntrabarRule, Metrics } from "../../src/search/trades.ts";
import type { Space } from "../../src/space/parameters.ts";
import { bruteForce, walkAll } from "../oracle/bruteForce.ts";
import { randomCase } from "./random.ts";

const cases = new Map<string, Pick<SearchTask, "table" | "labels" | "market">>();

/** A random case of opportunities that fit the data; the same one for the same numbers. */
function caseOf(seed: number, count: number): Pick<SearchTask, "table" | "labels" | "market"> {
  const key = `${seed} ${count}`;
  const known = cases.get(key);
  if (known) return known;
  const { market, table, labels } = randomCase(seed, count, 90);
  const rows = rowsThatFit(table, candlesOf(table, market), 48);
  const made = { table: pickRows(table, rows), labels: pickLabels(labels, rows), market };
  cases.set(key, made);
  return made;
}

const walked = new WeakMap<SearchTask["table"], Map<string, Metrics[]>>();

/** Metrics of every set, walked once for all tasks that differ in what they make of them only. */
export function metricsOf(task: SearchTask): Metrics[] {
  const known = walked.get(task.table) ?? new Map<string, Metrics[]>();
  walked.set(task.table, known);
  const key = JSON.stringify([task.space, task.rules]);
  const metrics = known.get(key) ?? walkAll(task);
  known.set(key, metrics);
  return metrics;
}

export function taskOf(
  space: Space,
  objective: Objective,
  intrabar: IntrabarRule,
  options: Partial<SearchTask>,
  count = 60,
): SearchTask {
  return {
    ...caseOf(objective.length, count),
    space,
    rules: { fee: 0.0005, slippage: 0.0002, fundingPer8h: 0.0001, intrabar, summaryBars: null },
    objective,
    constraints: { minTrades: 2 },
    drawdownLimit: 5,
    top: 7,
    memoryBytes: 4 * 1024 * 1024,
    ...options,
  };
}

/** All sets by walking each, best first: rank, key with the drawdown left out or in, exact drawdown. */
export function plainSets(task: SearchTask, hasDrawdown: boolean): { rank: number; key: number }[] {
  const all = bruteForce({ ...task, top: Number.POSITIVE_INFINITY }, metricsOf(task)).top.map(
    ({ index, score, metrics }) => ({
      rank: index,
      key: orderingKeyOf(task.objective, score, metrics),
      drawdown: metrics.max_drawdown,
      total: metrics.total_return,
    }),
  );
  return all
    .map(({ rank, key, drawdown, total }) => ({
      rank,
      key: task.objective === "calmar" && !hasDrawdown && total > 0 ? key * Math.max(1, drawdown) : key,
    }))
    .sort((a, b) => b.key - a.key || a.rank - b.rank);
}

export function expectSets(found: readonly SweepEntry[], expected: readonly { rank: number; key: number }[]): void {
  const sorted = (sets: readonly { rank: number; key: number }[]) => [...sets].sort((a, b) => a.rank - b.rank);
  const [a, b] = [sorted(found), sorted(expected)];
  expect(a.map(({ rank }) => rank)).toEqual(b.map(({ rank }) => rank));
  // Sums that cannot tell ask for a replay.
  for (const [k, { key }] of b.entries())
    if (a[k]!.key !== abi.REPLAY_KEY) expect(Math.abs(a[k]!.key - key)).toBeLessThan(2e-9 * Math.max(1, Math.abs(key)));
}

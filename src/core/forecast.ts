import { cellsOf, type Grid } from "./grid.ts";
import type { SweepJob } from "./sweepJob.ts";
import type { SweepPlan } from "./sweepLayout.ts";

/** Nanoseconds a unit of work, as measured by the benchmark on a 2026 server core; see docs/performance.md. */
const walkNs = 1500;
const packNs = 7;
/** By 16-byte words of a row of sums. */
const accumulateNs = { 2: 2.2, 4: 3, 6: 4.2 } as Readonly<Record<number, number>>;
const finishNs = { 2: 3, 4: 5.5, 6: 9 } as Readonly<Record<number, number>>;
const copyNs = 0.1;
const fixedMs = 25;
/** Starting a worker and waiting for it. */
const workerMs = 40;
/** Sets that cannot be ranked by their sums are swept once more, and the likeliest of them walked. */
const settlingTurns = 2.2;

/** Walks for levels that step in time, and for locked stops, beside the first. */
const stepsWalkNs = 400;
const locksWalkNs = 1250;
/** Where an item has more stops than two, or a partial exit, its levels are compared one by one. */
const comparedPackNs = 13;
/** A trade that may leave in two parts is three comparisons more. */
const partialTimes = 1.8;

/** How long a sweep of this layout should take, loaded tables to leaderboard, the first time in a process. */
export function expectedMilliseconds(plan: SweepPlan, grid: Grid, job: SweepJob): number {
  const { threads, levels, shares } = job;
  const entries = job.entries.count;
  const words = plan.rowBytes / 16;
  const hasSteps = (levels.steps?.length ?? 0) > 0;
  const hasLocks = (levels.locks?.length ?? 0) > 0;
  const walk = walkNs + (hasSteps ? stepsWalkNs : 0) + (hasLocks ? locksWalkNs : 0);
  const walked = entries * plan.passes.length * walk;
  const packed = entries * (plan.rowItems + plan.laneItems) * (hasLocks || shares ? comparedPackNs : packNs);
  const turns = job.drawdown ? settlingTurns : 1;
  const chunks = plan.chunkSlots === null ? 0 : Math.ceil(entries / plan.chunkSlots) + grid.slabs;
  const added = accumulateNs[words]! * (shares ? partialTimes : 1);
  const summed = plan.tiles * (entries * added + cellsOf(grid) * finishNs[words]!);
  const reloaded = chunks * plan.tiles * plan.ownBytes * copyNs;
  const shared = (walked + packed + turns * (summed + reloaded)) / 1e6 / threads;
  return fixedMs + (threads - 1) * workerMs + shared;
}

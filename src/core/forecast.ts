import { cellsOf, type Grid } from "./grid.ts";
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

/** How long a sweep of this layout should take, loaded tables to leaderboard, the first time in a process. */
export function expectedMilliseconds(
  plan: SweepPlan,
  grid: Grid,
  entries: number,
  threads: number,
  needsDrawdown: boolean,
): number {
  const words = plan.rowBytes / 16;
  const walked = entries * plan.passes.length * walkNs;
  const packed = entries * (plan.rowItems + plan.laneItems) * packNs;
  const turns = needsDrawdown ? settlingTurns : 1;
  const chunks = plan.chunkSlots === null ? 0 : Math.ceil(entries / plan.chunkSlots) + grid.slabs;
  const summed = plan.tiles * (entries * accumulateNs[words]! + cellsOf(grid) * finishNs[words]!);
  const reloaded = chunks * plan.tiles * plan.ownBytes * copyNs;
  const shared = (walked + packed + turns * (summed + reloaded)) / 1e6 / threads;
  return fixedMs + (threads - 1) * workerMs + shared;
}

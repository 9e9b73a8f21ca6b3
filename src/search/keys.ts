import { type Objective, objectives } from "./objectives.ts";
import type { Metrics } from "./trades.ts";

/** One number that orders sets as `compareSets` does, ties apart; the core's keys bound it from above. */
export function orderingKeyOf(objective: Objective, score: number, metrics: Metrics): number {
  return objectives[objective].order.key(score, metrics);
}

/** Whether a key stands for a set whose score is certainly the minimum of a gaining set: among these only the rank decides. */
export function isCertainlyZero(objective: Objective, key: number): boolean {
  return objectives[objective].order.isCertainlyZero(key);
}

/** Whether every key of the core only bounds the set's own, so that only a replay gives its place. */
export function isAlwaysBound(objective: Objective): boolean {
  return objectives[objective].isOnlyBound === "always";
}

/** Whether a key of the core only bounds the set's own. */
export function isOnlyBound(objective: Objective, key: number): boolean {
  const { isOnlyBound } = objectives[objective];
  return isOnlyBound === "always" || isOnlyBound(key);
}

/** How far two keys of one set may differ that were summed in different orders. */
export function keyTolerance(objective: Objective, key: number): number {
  return objectives[objective].order.tolerance(key);
}

import * as abi from "../core/abi.ts";
import { noLoss } from "./metrics.ts";
import type { Objective } from "./objectives.ts";
import type { Metrics } from "./trades.ts";

/** How the core knows the objectives. */
export const objectiveCode: Readonly<Record<Objective, number>> = {
  total: abi.TOTAL,
  expectancy: abi.EXPECTANCY,
  sqn: abi.SQN,
  sortino: abi.SORTINO,
  profit_factor: abi.PROFIT_FACTOR,
  capture: abi.CAPTURE,
  calmar: abi.CALMAR,
  balanced: abi.BALANCED,
};

/** One number that orders sets as `compareSets` does, ties apart; the core's keys bound it from above. */
export function orderingKeyOf(objective: Objective, score: number, metrics: Metrics): number {
  if (objective === "balanced") return metrics.avg_return > 0 ? abi.GAIN_KEY + score : score;
  if ((objective === "sortino" || objective === "profit_factor") && score === noLoss)
    return abi.CAPPED_KEY + metrics.total_return;
  return score;
}

const zeroTolerance = 1e-9;

/** Whether a key stands for a set whose score is certainly the least that a gaining set can have: of such only the rank decides. */
export function isCertainlyZero(objective: Objective, key: number): boolean {
  return objective === "balanced" && key === abi.GAIN_KEY;
}

/** How far two keys of one set may differ that were summed in different orders. */
export function keyTolerance(objective: Objective, key: number): number {
  if (key >= abi.CAPPED_KEY) return 1e-6;
  return 1e-9 * Math.max(1, Math.abs(objective === "balanced" && key >= abi.GAIN_KEY ? key - abi.GAIN_KEY : key));
}

/**
 * The ordering key once the drawdown (points) is known. Under `balanced` exactly GAIN_KEY means a score that is certainly 0: what the order of
 * adding could lift above 0 stands a tolerance higher.
 */
export function keyWithDrawdown(objective: Objective, key: number, drawdown: number, drawdownLimit: number): number {
  if (objective === "calmar") return key > 0 ? key / Math.max(drawdown, 1) : key;
  if (objective !== "balanced" || key < abi.GAIN_KEY) return key;
  const exact = key - Math.max(0, drawdown - drawdownLimit) / 100;
  if (exact < abi.GAIN_KEY - zeroTolerance) return abi.GAIN_KEY;
  return Math.max(abi.GAIN_KEY + zeroTolerance, exact);
}

/** The drawdown (points) above which a set with this key cannot reach `wantedKey`. */
export function hopelessDrawdown(objective: Objective, key: number, wantedKey: number, drawdownLimit: number): number {
  if (objective === "calmar") return key > 0 && wantedKey > 0 ? key / wantedKey : Number.POSITIVE_INFINITY;
  // Once gaining sets fill the places, a set whose drawdown takes all of its score is certainly at 0, and the rank tells the rest.
  if (objective !== "balanced" || key < abi.GAIN_KEY || wantedKey < abi.GAIN_KEY - 2 * zeroTolerance)
    return Number.POSITIVE_INFINITY;
  return drawdownLimit + 100 * (key - Math.max(wantedKey, abi.GAIN_KEY) + 2 * zeroTolerance);
}

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

/** How far two keys of one set may differ that were summed in different orders. */
export function keyTolerance(objective: Objective, key: number): number {
  if (key >= abi.CAPPED_KEY) return 1e-6;
  return 1e-9 * Math.max(1, Math.abs(objective === "balanced" && key >= abi.GAIN_KEY ? key - abi.GAIN_KEY : key));
}

/** The ordering key once the drawdown (points) is known. */
export function keyWithDrawdown(objective: Objective, key: number, drawdown: number, drawdownLimit: number): number {
  if (objective === "calmar") return key > 0 ? key / Math.max(drawdown, 1) : key;
  if (objective !== "balanced" || key < abi.GAIN_KEY) return key;
  return Math.max(abi.GAIN_KEY, key - Math.max(0, drawdown - drawdownLimit) / 100);
}

/** The drawdown (points) above which a set with this key cannot reach `wantedKey`. */
export function hopelessDrawdown(objective: Objective, key: number, wantedKey: number, drawdownLimit: number): number {
  if (objective === "calmar") return key > 0 && wantedKey > 0 ? key / wantedKey : Number.POSITIVE_INFINITY;
  if (objective !== "balanced" || key < abi.GAIN_KEY || wantedKey < abi.GAIN_KEY) return Number.POSITIVE_INFINITY;
  return drawdownLimit + 100 * (key - wantedKey);
}

import * as abi from "../core/abi.ts";
import { noLoss } from "./metrics.ts";
import type { Objective } from "./objectives.ts";
import type { Metrics } from "./trades.ts";

/** How the core knows the objectives. */
export const objectiveCode: Readonly<Record<Objective, number>> = {
  evidence: abi.EVIDENCE,
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
  if (objective === "sortino" || objective === "profit_factor") {
    if (score === noLoss) return abi.CAPPED_KEY + metrics.total_return;
    if (score > noLoss) return abi.BEYOND_KEY + score;
  }
  return score;
}

/** Whether a key stands for a set whose score is certainly the least that a gaining set can have: of such only the rank decides. */
export function isCertainlyZero(objective: Objective, key: number): boolean {
  return objective === "balanced" && key === abi.GAIN_KEY;
}

const number = new Float64Array(1);
const words = new Uint32Array(number.buffer);

/** Whether a key of the core only bounds the set's own; see assembly/scores.ts, which says the same. */
export function isOnlyBound(objective: Objective, key: number): boolean {
  switch (objective) {
    case "balanced":
      number[0] = key;
      return key > abi.GAIN_KEY && (words[0]! & 1) === 1;
    case "sortino":
    case "profit_factor":
      return key >= abi.BEYOND_KEY;
    case "sqn":
      return key >= abi.REPLAY_KEY;
    default:
      return key === 0;
  }
}

/** How far two keys of one set may differ that were summed in different orders. */
export function keyTolerance(objective: Objective, key: number): number {
  if (key >= abi.BEYOND_KEY) return Math.max(1e-5, 1e-9 * (key - abi.BEYOND_KEY));
  if (key >= abi.CAPPED_KEY) return 1e-6;
  return 1e-9 * Math.max(1, Math.abs(objective === "balanced" && key >= abi.GAIN_KEY ? key - abi.GAIN_KEY : key));
}

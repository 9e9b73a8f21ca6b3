import type { Objective } from "../engine.ts";

/** Sums of one exit by filter combination, in points. Which of them an objective needs is `statisticsOf`'s to say. */
export interface Sums {
  readonly first: Float64Array;
  readonly second: Float64Array;
  readonly third: Float64Array;
}

/** What is known of a filter combination whatever the exit. */
export interface Captured {
  readonly n: Float64Array;
  readonly rate: Float64Array;
  /** 1 where the constraints let its sets be ranked. */
  readonly isRankable: Uint8Array;
}

export type Statistics =
  | "sum"
  | "sum and squares"
  | "sum and losing squares"
  | "gains and losses"
  | "gains, losses, wins";

export function statisticsOf(objective: Objective): Statistics {
  if (objective === "sqn") return "sum and squares";
  if (objective === "sortino") return "sum and losing squares";
  if (objective === "profit_factor") return "gains and losses";
  return objective === "balanced" ? "gains, losses, wins" : "sum";
}

const cap = 999;

/** Scores of every filter combination under one exit: those with a drawdown term without it, which bounds them from above. */
export function fillScores(
  objective: Objective,
  { first, second, third }: Sums,
  captured: Captured,
  scores: Float64Array,
): void {
  const { n, rate } = captured;
  const cells = scores.length;
  switch (objective) {
    case "total":
    case "calmar":
      scores.set(first);
      break;
    case "expectancy":
      for (let c = 0; c < cells; c++) scores[c] = first[c]! / n[c]!;
      break;
    case "capture":
      for (let c = 0; c < cells; c++) scores[c] = (rate[c]! * first[c]!) / n[c]!;
      break;
    case "sqn":
      for (let c = 0; c < cells; c++) {
        const mean = first[c]! / n[c]!;
        const variance = (second[c]! - first[c]! * mean) / (n[c]! - 1);
        scores[c] = variance < 1e-18 ? 0 : (mean / Math.sqrt(variance)) * Math.sqrt(n[c]!);
      }
      break;
    case "sortino":
      for (let c = 0; c < cells; c++)
        scores[c] = second[c] === 0 ? cap : first[c]! / n[c]! / Math.sqrt(second[c]! / n[c]!);
      break;
    case "profit_factor":
      for (let c = 0; c < cells; c++) scores[c] = second[c] === 0 ? cap : first[c]! / -second[c]!;
      break;
    case "balanced":
      for (let c = 0; c < cells; c++) scores[c] = balanced(n[c]!, first[c]!, second[c]!, third[c]!, rate[c]!);
  }
  for (let c = 0; c < cells; c++) if (captured.isRankable[c] === 0) scores[c] = Number.NEGATIVE_INFINITY;
}

/** Gaining sets stand above all others by this much, so that one number orders them. */
export const gainKey = 1000;

function balanced(n: number, gain: number, loss: number, wins: number, rate: number): number {
  const mean = (gain + loss) / n;
  if (!(mean > 0)) return Math.max(0.01, 0.01 + ((mean + 5) / 5) * 0.04);
  const losing = loss / (n - wins);
  const payoff = n === wins || losing === 0 ? cap : Math.abs(gain / wins / losing);
  const winRate = wins / n;
  let points = Math.min(100, 20 * mean);
  if (payoff < 1.5) points -= 20 * (1.5 - payoff);
  else if (payoff >= 2) points += Math.min(20, 10 * (payoff - 2));
  if (winRate < 0.3) points -= 50 * (0.3 - winRate);
  else if (winRate >= 0.6 && payoff < 1.5) points -= 10;
  return gainKey + Math.max(0, points + 15 * rate) / 100;
}

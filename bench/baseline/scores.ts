import type { Objective } from "../engine.ts";

/** Sums of one exit by filter combination, in points. Which of them an objective needs is `statisticsOf`'s to say. */
export interface Sums {
  readonly first: Float64Array;
  readonly second: Float64Array;
}

/** What is known of a filter combination whatever the exit. */
export interface Captured {
  readonly n: Float64Array;
  readonly rate: Float64Array;
  /** 1 if the constraints let its sets be ranked. */
  readonly isRankable: Uint8Array;
}

export type Statistics = "sum" | "sum and squares" | "sum and losing squares" | "gains and losses";

export function statisticsOf(objective: Objective): Statistics {
  if (objective === "sqn") return "sum and squares";
  if (objective === "sortino") return "sum and losing squares";
  if (objective === "profit_factor") return "gains and losses";
  return "sum";
}

const cap = 999;

/** Scores of every filter combination under one exit. */
export function fillScores(
  objective: Objective,
  { first, second }: Sums,
  captured: Captured,
  scores: Float64Array,
): void {
  const { n, rate } = captured;
  const cells = scores.length;
  switch (objective) {
    case "total":
      scores.set(first);
      break;
    case "evidence":
      for (let c = 0; c < cells; c++) scores[c] = first[c]! / Math.sqrt(n[c]!);
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
    default:
      throw new Error(`the plain search does not know ${objective}: a drawdown is no sum`);
  }
  for (let c = 0; c < cells; c++) if (captured.isRankable[c] === 0) scores[c] = Number.NEGATIVE_INFINITY;
}

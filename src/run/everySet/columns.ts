import type { SummedSet } from "../../search/everySet.ts";
import type { SearchTask } from "../../search/searchTask.ts";
import { isRankedBySums, isScoredBySums, sumScoreOf } from "../../search/sumMetrics.ts";
import type { ParameterValue, Space } from "../../space/parameters.ts";

/** What a column of figures holds. */
export interface FigureColumn {
  readonly name: string;
  readonly kind: "count" | "number" | "flag";
  /** A count and a flag (1 or 0) as numbers too. */
  readonly of: (set: SummedSet) => number;
}

/** A parameter of the space: its candidates as the file writes them. */
export interface ParameterColumn {
  readonly name: string;
  readonly kind: "number" | "flag" | "text";
  /** Lists, objects and what has several kinds of candidates are JSON texts. */
  readonly candidates: readonly (number | boolean | string)[];
}

/** Columns of a file of every set, in this order: `index`, those of the parameters, those of the figures. */
export interface SetColumns {
  readonly parameters: readonly ParameterColumn[];
  readonly figures: readonly FigureColumn[];
}

/** The first column: the set's position in the space's own order, from 0, as in `top`. */
export const indexColumn = "index";

/** The figures' columns, but the score. Points are percentage points of the entry, net; shares are fractions. */
const figures: readonly FigureColumn[] = [
  { name: "n", kind: "count", of: ({ metrics }) => metrics.n },
  { name: "wins", kind: "count", of: ({ wins }) => wins },
  { name: "objective_trades", kind: "count", of: ({ objective }) => objective },
  { name: "total_return", kind: "number", of: ({ metrics }) => metrics.total_return },
  { name: "avg_return", kind: "number", of: ({ metrics }) => metrics.avg_return },
  { name: "gains", kind: "number", of: ({ gains }) => gains },
  // A sum of no losses may be -0.
  { name: "losses", kind: "number", of: ({ losses }) => losses + 0 },
  { name: "profit_factor", kind: "number", of: ({ metrics }) => metrics.profit_factor },
  { name: "win_rate", kind: "number", of: ({ metrics }) => metrics.win_rate },
  { name: "avg_win", kind: "number", of: ({ metrics }) => metrics.avg_win },
  { name: "avg_loss", kind: "number", of: ({ metrics }) => metrics.avg_loss + 0 },
  { name: "payoff", kind: "number", of: ({ metrics }) => metrics.payoff },
  { name: "stdev", kind: "number", of: ({ metrics }) => metrics.stdev },
  { name: "sqn", kind: "number", of: ({ metrics }) => metrics.sqn },
  { name: "sortino", kind: "number", of: ({ metrics }) => metrics.sortino },
  { name: "capture_rate", kind: "number", of: ({ metrics }) => metrics.capture_rate },
  { name: "precision", kind: "number", of: ({ metrics }) => metrics.precision },
];

/** Names of the figures' columns that every file has, in their order. */
export const figureNames: readonly string[] = figures.map(({ name }) => name);
/** The last two; the first of them where the score has no term for the drawdown. */
export const rankedColumn = "ranked";
export const scoreColumns = ["score", "score_without_drawdown"] as const;

/** The columns for a task. */
export function setColumnsOf({ space, objective, constraints }: SearchTask): SetColumns {
  return {
    parameters: parameterColumns(space),
    figures: [
      ...figures,
      {
        name: scoreColumns[isScoredBySums(objective) ? 0 : 1],
        kind: "number",
        of: ({ metrics }) => (metrics.n === 0 ? 0 : sumScoreOf(objective, metrics)),
      },
      { name: rankedColumn, kind: "flag", of: ({ metrics }) => Number(isRankedBySums(metrics, constraints)) },
    ],
  };
}

function parameterColumns(space: Space): ParameterColumn[] {
  return Object.entries(space).map(([name, candidates]) => {
    const kinds = new Set(candidates.map((candidate) => typeof candidate));
    if (kinds.size === 1 && kinds.has("number")) return { name, kind: "number", candidates: candidates as number[] };
    if (kinds.size === 1 && kinds.has("boolean")) return { name, kind: "flag", candidates: candidates as boolean[] };
    return { name, kind: "text", candidates: candidates.map(textOf) };
  });
}

/** Words as they are, everything else as JSON. */
function textOf(value: ParameterValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

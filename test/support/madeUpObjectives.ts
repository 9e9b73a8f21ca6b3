import type { ObjectiveRow } from "../../src/search/objectiveRow.ts";
import { type Objective, objectives } from "../../src/search/objectives.ts";
import { byScore } from "../../src/search/scoreOrder.ts";

/** Adds a row to the table of objectives, for the tests of one file. */
function registered(name: string, row: ObjectiveRow): Objective {
  const table: Record<string, ObjectiveRow> = objectives;
  table[name] = row;
  return name as Objective;
}

const bounded = {
  order: byScore,
  leastScore: Number.NEGATIVE_INFINITY,
  mayGainAtZero: true,
  needsDrawdown: false,
  isOnlyBound: "always",
} as const;

/** Objectives that no file of src/ knows, each a row and nothing else: the core bounds them by what it knows. */
export const madeUpObjectives: readonly Objective[] = [
  registered("steady_total", {
    ...bounded,
    description: "total_return - half the maximum drawdown",
    score: ({ total_return, max_drawdown }) => total_return - max_drawdown / 2,
    core: objectives.total.core,
  }),
  // Every set that makes enough is as good as any other: each has to be replayed.
  registered("enough_total", {
    ...bounded,
    description: "total_return up to -100, which is enough",
    score: ({ total_return }) => Math.min(total_return, -100),
    core: objectives.total.core,
  }),
  registered("rarely_stopped", {
    ...bounded,
    description: "profit factor less twice the share of stop losses",
    score: ({ profit_factor, exits }) => profit_factor - 2 * exits.stop_loss,
    core: objectives.profit_factor.core,
  }),
];

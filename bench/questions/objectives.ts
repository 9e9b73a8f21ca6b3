import { factorisedSearch, isFactorised } from "../baseline/factorised.ts";
import { Walker } from "../baseline/walk.ts";
import { referenceSpace } from "../data/spaces.ts";
import { referenceOpportunities, taskOf } from "../data/task.ts";
import { objectiveNames, orderSpace, searchTable } from "../engine.ts";
import { requireSameLeaders } from "../equal.ts";
import { measure, rateCells, rateColumns } from "../measure.ts";
import type { Cell, Question } from "../question.ts";

/** What does each objective cost, those with a drawdown included? */
export const objectivesQuestion: Question = {
  name: "objectives",
  title: "Objectives",
  async ask({ market, say }) {
    const opportunities = referenceOpportunities(market);
    const sets = orderSpace(referenceSpace).sets;
    const rows: Record<string, Cell>[] = [];
    for (const objective of objectiveNames) {
      const task = taskOf(market, opportunities, referenceSpace, { objective });
      const found = await searchTable(task);
      const walker = new Walker(task);
      const walked = found.top.map(({ index, params }) => ({ index, score: walker.score(params) }));
      requireSameLeaders(`${objective}, the walk`, found.top, walked);
      if (isFactorised(objective)) requireSameLeaders(objective, found.top, factorisedSearch(task));
      const engine = await measure(async () => (await searchTable(task)).engine.milliseconds);
      const plain = isFactorised(objective) ? await measure(() => void factorisedSearch(task)) : null;
      say(`${objective}: ${Math.round(engine.milliseconds)} ms`);
      rows.push({
        objective,
        ...rateCells(engine, sets * task.table.count),
        replays: found.engine.replays,
        plain: plain?.milliseconds ?? null,
      });
    }
    return {
      columns: [
        { key: "objective", head: "objective", format: "text" },
        ...rateColumns("a pair", "pairs"),
        { key: "replays", head: "sets replayed", format: "count" },
        { key: "plain", head: "plain TypeScript", format: "ms" },
      ],
      rows,
      notes: [
        "the space and opportunities of the first table, warm, one thread, 16 MiB",
        "`calmar` and `balanced` need an exact drawdown of every set whose bound can still win; the plain rows do not do that",
        "every leader's score was found again by walking its trades bar by bar",
      ],
    };
  },
};

import { factorisedSearch } from "../baseline/factorised.ts";
import { randomShapes } from "../data/spaces.ts";
import { referenceCount, referenceOpportunities, taskOf } from "../data/task.ts";
import { searchTable } from "../engine.ts";
import { requireSameLeaders } from "../equal.ts";
import { measure, quantile } from "../measure.ts";
import type { Cell, Question } from "../question.ts";

const shapeCount = 40;
const seed = 5;

/** Is it fast on any space, or only on the one it was tuned for? */
export const shapes: Question = {
  name: "shapes",
  title: "Random spaces",
  async ask({ market, say }) {
    const opportunities = referenceOpportunities(market, referenceCount, 10);
    const rates: Record<"engine" | "plain" | "ratio", number[]> = { engine: [], plain: [], ratio: [] };
    for (const [k, { space, filters, exits, sets }] of randomShapes(shapeCount, seed).entries()) {
      const task = taskOf(market, opportunities, space);
      const found = await searchTable(task);
      requireSameLeaders(`shape ${k + 1}: ${JSON.stringify(space)}`, found.top, factorisedSearch(task));
      const engine = await measure(async () => (await searchTable(task)).engine.milliseconds, 500);
      const plain = await measure(() => void factorisedSearch(task), 500);
      const pairs = sets * task.table.count * 1000;
      rates.engine.push(pairs / engine.milliseconds);
      rates.plain.push(pairs / plain.milliseconds);
      rates.ratio.push(plain.milliseconds / engine.milliseconds);
      say(
        `${k + 1}: filters ${filters.join("x")}, ${exits} exits, ${sets} sets: ${engine.milliseconds.toFixed(1)} ms, plain ${plain.milliseconds.toFixed(1)} ms`,
      );
    }
    const row = (what: string, values: readonly number[]): Record<string, Cell> => {
      const sorted = [...values].sort((a, b) => a - b);
      const at = (q: number): number => quantile(sorted, q);
      return { what, least: at(0), lower: at(0.25), median: at(0.5), upper: at(0.75), most: at(1), ns: 1e9 / at(0.5) };
    };
    const rate = (key: string, head: string) => ({ key, head, format: "rate" as const });
    return {
      columns: [
        { key: "what", head: "pairs a second", format: "text" },
        rate("least", "least"),
        rate("lower", "lower quartile"),
        rate("median", "median"),
        rate("upper", "upper quartile"),
        rate("most", "most"),
        { key: "ns", head: "ns a pair (median)", format: "ns" },
      ],
      rows: [
        row("this engine", rates.engine),
        row("plain TypeScript", rates.plain),
        { ...row("plain time / engine time, by space", rates.ratio), ns: null },
      ],
      notes: [
        `${shapeCount} spaces from seed ${seed}: 1 to 10 filters of 1 to 9 candidates, 1 to 5,000 exits, 10^4 to 10^7 sets (log-uniform); 4,000 opportunities, objective sqn, one thread, 16 MiB, warm`,
        "each space's leaderboard equals the plain search's",
      ],
    };
  },
};

import { factorisedSearch } from "../baseline/factorised.ts";
import { referenceSpace } from "../data/spaces.ts";
import { referenceOpportunities, taskOf } from "../data/task.ts";
import { orderSpace } from "../engine.ts";
import { requireSameLeaders } from "../equal.ts";
import { searchWithin, unlessTooLong } from "../limit.ts";
import { measure, rateCells, rateColumns, type Timing } from "../measure.ts";
import type { Cell, Question } from "../question.ts";

const counts = [1000, 4000, 10_000, 40_000, 100_000, 200_000, 400_000];
const memories = [64, 16];
/** The plain search keeps all its items in memory, a kilobyte and more a passing row: it is not asked beyond this. */
const mostPlain = 100_000;

/** Does each further opportunity cost the same, and what does a small memory cost? */
export const opportunities: Question = {
  name: "opportunities",
  title: "Time against opportunities",
  async ask({ market, limitSeconds, say }) {
    const sets = orderSpace(referenceSpace).sets;
    const rows: Record<string, Cell>[] = [];
    const notes = [`${sets.toLocaleString("en-US")} sets, objective sqn, one thread, warm`];
    const series = new Map<string, [number, number][]>();
    const stopped = new Set<string>();
    for (const count of counts) {
      const data = referenceOpportunities(market, count);
      let leaders: readonly { index: number; score: number }[] | null = null;
      const add = (what: string, timing: Timing, linearBytes: number | null): void => {
        rows.push({ count, what, ...rateCells(timing, sets * count), linearBytes });
        series.set(what, [...(series.get(what) ?? []), [count, timing.milliseconds]]);
        say(`${count}, ${what}: ${Math.round(timing.milliseconds)} ms`);
      };
      for (const memoryMiB of memories) {
        const what = `this engine, ${memoryMiB} MiB`;
        // More opportunities do not take less.
        if (stopped.has(what)) continue;
        const task = taskOf(market, data, referenceSpace, { memoryMiB });
        const found = await unlessTooLong(
          `${what}, ${count.toLocaleString("en-US")} opportunities and more`,
          notes,
          () => searchWithin(task, limitSeconds),
        );
        if (!found) {
          stopped.add(what);
          continue;
        }
        if (leaders) requireSameLeaders(what, leaders, found.top);
        leaders = found.top;
        const timing = await measure(async () => (await searchWithin(task, 10 * limitSeconds)).engine.milliseconds);
        add(what, timing, found.engine.linear_memory_bytes);
      }
      if (count > mostPlain) continue;
      const task = taskOf(market, data, referenceSpace);
      const plain = factorisedSearch(task);
      if (leaders) requireSameLeaders("plain TypeScript", leaders, plain);
      add("plain TypeScript", await measure(() => void factorisedSearch(task)), null);
    }
    return {
      columns: [
        { key: "count", head: "opportunities", format: "count" },
        { key: "what", head: "search", format: "text" },
        ...rateColumns("a pair", "pairs"),
        { key: "linearBytes", head: "linear memory", format: "bytes" },
      ],
      rows,
      notes,
      plots: [
        {
          file: "opportunities",
          title: "Time against opportunities",
          x: "opportunities",
          y: "milliseconds",
          series: [...series].map(([name, points]) => ({ name, points })),
        },
      ],
    };
  },
};

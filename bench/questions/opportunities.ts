import { factorisedSearch } from "../baseline/factorised.ts";
import { referenceSpace } from "../data/spaces.ts";
import { referenceOpportunities, taskOf } from "../data/task.ts";
import { orderSpace, searchTable } from "../engine.ts";
import { requireSameLeaders } from "../equal.ts";
import { measure, rateCells, rateColumns } from "../measure.ts";
import type { Cell, Question } from "../question.ts";

const counts = [1000, 4000, 10_000, 40_000, 100_000, 200_000, 400_000];
const memories = [64, 16];
/** Beyond this the plain rows would need more memory than they are worth. */
const mostPlain = 40_000;

/** Does each further opportunity cost the same, and what does a small memory cost? */
export const opportunities: Question = {
  name: "opportunities",
  title: "Time against opportunities",
  async ask({ market, limitSeconds, say }) {
    const sets = orderSpace(referenceSpace).sets;
    const rows: Record<string, Cell>[] = [];
    const expected = new Map<string, { count: number; milliseconds: number }>();
    const skips: string[] = [];
    const isTooLong = (what: string, count: number): boolean => {
      const before = expected.get(what);
      const seconds = before ? ((before.milliseconds / before.count) * count) / 1000 : 0;
      if (seconds > limitSeconds)
        skips.push(`${what}, ${count.toLocaleString("en-US")}: not run, about ${Math.round(seconds)} s expected`);
      return seconds > limitSeconds;
    };
    for (const count of counts) {
      const rowsOfTable = referenceOpportunities(market, count);
      let leaders: { index: number; score: number }[] | undefined;
      const compare = (what: string, top: readonly { index: number; score: number }[]): void => {
        if (leaders) requireSameLeaders(what, leaders, top);
        leaders = [...top];
      };
      const add = (what: string, timing: Awaited<ReturnType<typeof measure>>, linearBytes: number | null): void => {
        expected.set(what, { count, milliseconds: timing.milliseconds });
        rows.push({ count, what, ...rateCells(timing, sets * count), linearBytes });
        say(`${count}, ${what}: ${Math.round(timing.milliseconds)} ms`);
      };
      for (const memoryMiB of memories) {
        const what = `this engine, ${memoryMiB} MiB`;
        if (isTooLong(what, count)) continue;
        const task = taskOf(market, rowsOfTable, referenceSpace, { memoryMiB });
        let linearBytes = 0;
        const timing = await measure(async () => {
          const { top, engine } = await searchTable(task);
          compare(what, top);
          linearBytes = engine.linear_memory_bytes;
          return engine.milliseconds;
        });
        add(what, timing, linearBytes);
      }
      const plain = "plain TypeScript";
      if (count > mostPlain || isTooLong(plain, count)) continue;
      const task = taskOf(market, rowsOfTable, referenceSpace);
      compare(plain, factorisedSearch(task));
      add(plain, await measure(() => void factorisedSearch(task)), null);
    }
    const series = [...expected.keys()].map((name) => ({
      name,
      points: rows
        .filter(({ what }) => what === name)
        .map((row) => [row["count"], row["milliseconds"]] as [number, number]),
    }));
    return {
      columns: [
        { key: "count", head: "opportunities", format: "count" },
        { key: "what", head: "search", format: "text" },
        ...rateColumns("pair"),
        { key: "linearBytes", head: "linear memory", format: "bytes" },
      ],
      rows,
      notes: [`${sets.toLocaleString("en-US")} sets, objective sqn, one thread, warm`, ...skips],
      plots: [
        { file: "opportunities", title: "Time against opportunities", x: "opportunities", y: "milliseconds", series },
      ],
    };
  },
};

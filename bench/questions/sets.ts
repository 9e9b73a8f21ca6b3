import { factorisedSearch } from "../baseline/factorised.ts";
import { spacesBySize } from "../data/spaces.ts";
import { referenceOpportunities, taskOf } from "../data/task.ts";
import { orderSpace } from "../engine.ts";
import { requireSameLeaders } from "../equal.ts";
import { searchWithin, unlessTooLong } from "../limit.ts";
import { measure, rateCells, rateColumns, type Timing } from "../measure.ts";
import type { Cell, Question } from "../question.ts";

/** What does a larger space cost? */
export const sets: Question = {
  name: "sets",
  title: "Time against parameter sets",
  async ask({ market, limitSeconds, say }) {
    const opportunities = referenceOpportunities(market);
    const rows: Record<string, Cell>[] = [];
    const notes = [
      "2,160 exits, eight filters of 1 to 9 candidates, 4,000 opportunities, objective sqn, one thread, 64 MiB, warm",
    ];
    const ours: [number, number][] = [];
    const plain: [number, number][] = [];
    for (const space of spacesBySize) {
      const task = taskOf(market, opportunities, space, { memoryMiB: 64 });
      const count = orderSpace(space).sets;
      const add = (what: string, points: [number, number][], timing: Timing): void => {
        rows.push({ sets: count, combinations: count / 2160, what, ...rateCells(timing, count * task.table.count) });
        points.push([count, timing.milliseconds]);
        say(`${count}, ${what}: ${Math.round(timing.milliseconds)} ms`);
      };
      const named = `this engine, ${count.toLocaleString("en-US")} sets`;
      const found = await unlessTooLong(named, notes, () => searchWithin(task, limitSeconds));
      const leaders = factorisedSearch(task);
      if (found) {
        requireSameLeaders(`${count} sets`, found.top, leaders);
        const timing = await measure(async () => (await searchWithin(task, 10 * limitSeconds)).engine.milliseconds);
        add("this engine", ours, timing);
      }
      add("plain TypeScript", plain, await measure(() => void factorisedSearch(task)));
    }
    return {
      columns: [
        { key: "sets", head: "sets", format: "count" },
        { key: "combinations", head: "filter combinations", format: "count" },
        { key: "what", head: "search", format: "text" },
        ...rateColumns("a pair", "pairs"),
      ],
      rows,
      notes,
      plots: [
        {
          file: "sets",
          title: "Time against parameter sets",
          x: "parameter sets",
          y: "milliseconds",
          series: [
            { name: "this engine", points: ours },
            { name: "plain TypeScript", points: plain },
          ],
        },
      ],
    };
  },
};

import { factorisedSearch } from "../baseline/factorised.ts";
import { spacesBySize } from "../data/spaces.ts";
import { referenceOpportunities, taskOf } from "../data/task.ts";
import { orderSpace, searchTable } from "../engine.ts";
import { requireSameLeaders } from "../equal.ts";
import { measure, rateCells, rateColumns } from "../measure.ts";
import type { Cell, Question } from "../question.ts";

/** What does a larger space cost? */
export const sets: Question = {
  name: "sets",
  title: "Time against parameter sets",
  async ask({ market, limitSeconds, say }) {
    const opportunities = referenceOpportunities(market);
    const rows: Record<string, Cell>[] = [];
    const points: Record<string, [number, number][]> = { "this engine": [], "plain TypeScript": [] };
    const skips: string[] = [];
    for (const space of spacesBySize) {
      const task = taskOf(market, opportunities, space, { memoryMiB: 64 });
      const count = orderSpace(space).sets;
      const last = points["plain TypeScript"]!.at(-1);
      const plainSeconds = last ? ((last[1] / last[0]) * count) / 1000 : 0;
      const found = await searchTable(task);
      const isPlainRun = plainSeconds <= limitSeconds;
      if (isPlainRun) requireSameLeaders(`${count} sets`, found.top, factorisedSearch(task));
      else
        skips.push(
          `${count.toLocaleString("en-US")} sets in plain TypeScript: not run, about ${Math.round(plainSeconds)} s expected`,
        );
      const timings = {
        "this engine": await measure(async () => (await searchTable(task)).engine.milliseconds),
        ...(isPlainRun && { "plain TypeScript": await measure(() => void factorisedSearch(task)) }),
      };
      for (const [what, timing] of Object.entries(timings)) {
        rows.push({ sets: count, combinations: count / 2160, what, ...rateCells(timing, count * task.table.count) });
        points[what]!.push([count, timing.milliseconds]);
        say(`${count}, ${what}: ${Math.round(timing.milliseconds)} ms`);
      }
    }
    return {
      columns: [
        { key: "sets", head: "sets", format: "count" },
        { key: "combinations", head: "filter combinations", format: "count" },
        { key: "what", head: "search", format: "text" },
        ...rateColumns("pair"),
      ],
      rows,
      notes: [
        "2,160 exits, eight filters of 1 to 9 candidates, 4,000 opportunities, objective sqn, one thread, 64 MiB, warm",
        ...skips,
      ],
      plots: [
        {
          file: "sets",
          title: "Time against parameter sets",
          x: "parameter sets",
          y: "milliseconds",
          series: Object.entries(points).map(([name, series]) => ({ name, points: series })),
        },
      ],
    };
  },
};

import { referenceSpace } from "../data/spaces.ts";
import { referenceOpportunities, taskOf } from "../data/task.ts";
import { orderSpace, searchTable } from "../engine.ts";
import { requireSameBytes } from "../equal.ts";
import { measure, rateCells, rateColumns } from "../measure.ts";
import type { Cell, Question } from "../question.ts";

/** What does a second thread bring, and does it change a bit? */
export const threads: Question = {
  name: "threads",
  title: "Threads",
  async ask({ market, say }) {
    const sets = orderSpace(referenceSpace).sets;
    const rows: Record<string, Cell>[] = [];
    const notes = ["3,732,480 sets, objective sqn, 64 MiB, warm; both leaderboards have the same bytes"];
    for (const count of [4000, 40_000]) {
      const opportunities = referenceOpportunities(market, count);
      const taskWith = (threads: number) => taskOf(market, opportunities, referenceSpace, { memoryMiB: 64, threads });
      const one = await searchTable(taskWith(1));
      const two = await searchTable(taskWith(2));
      requireSameBytes(`${count} opportunities, two threads`, one, two);
      let alone = 0;
      for (const threads of two.engine.threads === 2 ? [1, 2] : [1]) {
        const timing = await measure(async () => (await searchTable(taskWith(threads))).engine.milliseconds);
        if (threads === 1) alone = timing.milliseconds;
        rows.push({ count, threads, ...rateCells(timing, sets * count), speedup: alone / timing.milliseconds });
        say(`${count}, ${threads}: ${Math.round(timing.milliseconds)} ms`);
      }
      if (two.engine.threads !== 2 && notes.length === 1)
        notes.push("this engine runs on one thread: nothing to compare");
    }
    return {
      columns: [
        { key: "count", head: "opportunities", format: "count" },
        { key: "threads", head: "threads", format: "count" },
        ...rateColumns("a pair", "pairs"),
        { key: "speedup", head: "against one", format: "times" },
      ],
      rows,
      notes,
    };
  },
};

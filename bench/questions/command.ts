import { unlessTooLong } from "../limit.ts";
import { measure, type Timing, timingColumns } from "../measure.ts";
import type { Cell, Question } from "../question.ts";
import { withCommands } from "../wholeCommand.ts";

/** How long does the whole command take, from process start to exit? */
export const commandQuestion: Question = {
  name: "command",
  title: "The whole command",
  async ask(context) {
    const rows: Record<string, Cell>[] = [];
    const notes = [
      "process start to exit: candles and opportunities read from CSV, labelled, searched (3,732,480 sets, sqn, one thread), JSON written",
      "the plain command reads with the same readers and finds the same leaderboard",
    ];
    const add = (what: string, count: number | null, timing: Timing, engine: number | null): void => {
      const perOpportunity = count === null ? null : (timing.milliseconds * 1e6) / count;
      rows.push({ what, count, ...timing, perOpportunity, engine });
      context.say(`${what}, ${count ?? ""}: ${Math.round(timing.milliseconds)} ms`);
    };
    for (const count of [4000, 400_000])
      await withCommands(
        context,
        count,
        { comparesPlain: count === 4000, watchesMemory: false },
        async ({ sluice, plain, nothing }) => {
          if (rows.length === 0)
            add("node with nothing to do", null, await measure(async () => (await nothing()).milliseconds), null);
          const engine: number[] = [];
          const timing = await unlessTooLong(
            `sluice search, ${count.toLocaleString("en-US")} opportunities`,
            notes,
            () =>
              measure(async () => {
                const ended = await sluice(16);
                engine.push(ended.engine.milliseconds);
                return ended.milliseconds;
              }),
          );
          if (timing) add("sluice search --memory 16mb", count, timing, median(engine));
          if (count === 4000)
            add("the same in plain TypeScript", count, await measure(async () => (await plain()).milliseconds), null);
        },
      );
    return {
      columns: [
        { key: "what", head: "command", format: "text" },
        { key: "count", head: "opportunities", format: "count" },
        ...timingColumns,
        { key: "perOpportunity", head: "ns an opportunity", format: "ns" },
        { key: "engine", head: "of it the engine", format: "ms" },
      ],
      rows,
      notes,
    };
  },
};

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;

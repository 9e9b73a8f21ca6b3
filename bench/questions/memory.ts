import { unlessTooLong } from "../limit.ts";
import type { Cell, Question } from "../question.ts";
import { withCommands } from "../wholeCommand.ts";

/** How much memory does the whole command take, and the engine in it? */
export const memory: Question = {
  name: "memory",
  title: "Memory",
  async ask(context) {
    const rows: Record<string, Cell>[] = [];
    const notes = [
      "peak RSS of the whole process, workers included: VmHWM of /proc/self/status at exit on Linux, process.resourceUsage().maxRSS elsewhere, noted by a preloaded module of a few lines",
      "one run each; linear memory is what the engine says it laid out",
    ];
    const add = (what: string, count: number | null, peakBytes: number, linearBytes: number | null): void => {
      rows.push({ what, count, peakBytes, linearBytes });
      context.say(`${what}, ${count ?? ""}: ${(peakBytes / 1_048_576).toFixed(1)} MiB`);
    };
    for (const count of [4000, 400_000])
      await withCommands(
        context,
        count,
        { comparesPlain: count === 4000, watchesMemory: true },
        async ({ sluice, plain, nothing }) => {
          if (rows.length === 0) add("node with nothing to do", null, (await nothing()).peakBytes, null);
          for (const memoryMiB of [16, 64]) {
            const what = `sluice search --memory ${memoryMiB}mb`;
            const named = `${what}, ${count.toLocaleString("en-US")} opportunities`;
            const ended = await unlessTooLong(named, notes, () => sluice(memoryMiB));
            if (ended) add(what, count, ended.peakBytes, ended.engine.linear_memory_bytes);
          }
          if (count === 4000) add("the same in plain TypeScript", count, (await plain()).peakBytes, null);
        },
      );
    return {
      columns: [
        { key: "what", head: "command", format: "text" },
        { key: "count", head: "opportunities", format: "count" },
        { key: "linearBytes", head: "linear memory", format: "bytes" },
        { key: "peakBytes", head: "peak RSS", format: "bytes" },
      ],
      rows,
      notes,
    };
  },
};

import { spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { command } from "../child.ts";
import { writeFiles } from "../data/files.ts";
import { referenceSpace } from "../data/spaces.ts";
import { referenceOpportunities } from "../data/task.ts";
import { search } from "../engine.ts";
import { summarise, timingColumns } from "../measure.ts";
import type { Cell, Question } from "../question.ts";

const moments = 15;

/** How long does a search take to stop? */
export const interruption: Question = {
  name: "interruption",
  title: "Interruption",
  async ask({ market, candles: given }) {
    const rows: Record<string, Cell>[] = [];
    const files = await writeFiles(market, given, referenceOpportunities(market, 40_000), referenceSpace);
    const { candles, opportunities, space } = files;
    try {
      const lasting = await lengthOf(() => search({ candles, opportunities, spaceFile: space, objective: "sqn" }));
      const aborts: number[] = [];
      const signals: number[] = [];
      for (let k = 0; k < moments; k++) {
        const after = 100 + ((lasting - 200) * k) / moments;
        const controller = new AbortController();
        const run = search(
          { candles, opportunities, spaceFile: space, objective: "sqn" },
          { signal: controller.signal },
        );
        const ended = run.catch(() => undefined).then(() => performance.now());
        await pause(after);
        const asked = performance.now();
        controller.abort();
        aborts.push((await ended) - asked);
        signals.push(
          await signalled(
            [command, "search", "--candles", candles, "--opportunities", opportunities, "--space", space],
            after,
          ),
        );
      }
      rows.push({ what: "abort of the library's search", ...summarise(aborts), worst: Math.max(...aborts) });
      rows.push({
        what: "SIGINT to the command, until it has exited",
        ...summarise(signals),
        worst: Math.max(...signals),
      });
    } finally {
      await files.remove();
    }
    return {
      columns: [
        { key: "what", head: "what", format: "text" },
        ...timingColumns,
        { key: "worst", head: "worst", format: "ms" },
      ],
      rows,
      notes: [`at ${moments} moments spread over a search of 40,000 opportunities, reading included`],
    };
  },
};

async function lengthOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

async function signalled(args: readonly string[], afterMs: number): Promise<number> {
  const child = spawn(process.execPath, args, { stdio: "ignore" });
  const ended = new Promise<number>((resolve) => child.on("exit", () => resolve(performance.now())));
  await pause(afterMs);
  const asked = performance.now();
  child.kill("SIGINT");
  return (await ended) - asked;
}

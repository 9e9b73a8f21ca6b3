import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runNode, script } from "../child.ts";
import { writeCandleFiles } from "../data/candleFiles.ts";
import type { Cell, Question } from "../question.ts";

const candles = 1_400_000;
const runs = 3;

interface Reading {
  readonly count: number;
  readonly milliseconds: number;
  readonly cpuMilliseconds: number;
}

/** How long does one long candle file take in each format, and how much memory? */
export const formats: Question = {
  name: "formats",
  title: "Candle formats",
  async ask(context) {
    const folder = await mkdtemp(join(tmpdir(), "sluice-bench-"));
    const rows: Record<string, Cell>[] = [];
    try {
      for (const [what, path] of Object.entries(await writeCandleFiles(folder, candles))) {
        const ended = [];
        for (let run = 0; run < runs; run++)
          ended.push(await runNode([script("readCandles"), path], { watchesMemory: true }));
        const readings = ended.map(({ stdout }) => JSON.parse(stdout) as Reading);
        if (readings.some(({ count }) => count !== candles)) throw new Error(`${what}: not all candles were read`);
        const median = (of: (reading: Reading) => number): number =>
          readings.map(of).sort((a, b) => a - b)[Math.floor(runs / 2)]!;
        const milliseconds = median((reading) => reading.milliseconds);
        rows.push({
          what,
          fileBytes: (await stat(path)).size,
          milliseconds,
          cpuMilliseconds: median((reading) => reading.cpuMilliseconds),
          peakBytes: Math.max(...ended.map(({ peakBytes }) => peakBytes)),
        });
        context.say(`${what}: ${(milliseconds / 1000).toFixed(2)} s`);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
    return {
      columns: [
        { key: "what", head: "format", format: "text" },
        { key: "fileBytes", head: "file", format: "bytes" },
        { key: "milliseconds", head: "reading", format: "ms" },
        { key: "cpuMilliseconds", head: "CPU", format: "ms" },
        { key: "peakBytes", head: "peak RSS", format: "bytes" },
      ],
      rows,
      notes: [
        `${candles.toLocaleString("en-US")} candles with all the digits of a double, the same in each file; each read ${runs} times in a fresh process, medians; peak RSS is the highest, the loaded packages included`,
      ],
    };
  },
};

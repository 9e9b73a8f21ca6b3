import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runNode, script } from "../child.ts";
import { measure, timingColumns } from "../measure.ts";
import type { Cell, Question } from "../question.ts";

/** How long does a config take to be loaded and saved, and how much memory? */
export const config: Question = {
  name: "config",
  title: "A bot's config",
  async ask({ say }) {
    const folder = await mkdtemp(join(tmpdir(), "sluice-bench-config-"));
    const rows: Record<string, Cell>[] = [];
    try {
      for (const megabytes of [8, 80]) {
        const path = join(folder, `${megabytes}.json`);
        const sizeBytes = await writeConfig(path, megabytes);
        const growth: number[] = [];
        const timing = await measure(async () => {
          const ended = JSON.parse((await runNode([script("configCycle"), path])).stdout) as Record<string, number>;
          growth.push(ended["growth"]!);
          return ended["milliseconds"];
        });
        rows.push({ sizeBytes, ...timing, growth: Math.max(...growth) });
        say(`${megabytes} MB: ${Math.round(timing.milliseconds)} ms`);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
    return {
      columns: [
        { key: "sizeBytes", head: "config", format: "bytes" },
        ...timingColumns,
        { key: "growth", head: "growth of RSS", format: "bytes" },
      ],
      rows,
      notes: [
        "load, snapshot, diff and save, each in a process of its own that had loaded the code; with backup, checks and syncs",
        "growth: the process's high-water mark less what it had before, the largest of all runs",
      ],
    };
  },
};

/** A config like a bot's: a few blocks of parameters, then what it has learned of every symbol. */
async function writeConfig(path: string, megabytes: number): Promise<number> {
  const history = Array.from({ length: 24 }, (_, hour) => ({
    hour,
    trades: hour * 3,
    mean: 0.0125 * hour,
    best: [1.5, 2.25],
  }));
  const symbol = JSON.stringify({ sample_count: 12, min_risk_reward: 1.39, history });
  const symbols = Math.round((megabytes * 1e6) / (symbol.length + 16));
  const perSymbol = Array.from({ length: symbols }, (_, k) => `"S${k}USDT": ${symbol}`);
  const params = JSON.stringify({ min_signal_score: 60, atr_tp_multiplier: 2, position_size: 0.05 });
  const text = `{"last_update": "2025-10-01 03:15:00", "global": {"min_signal_score": 55},
"scalping_params": ${params}, "swing_params": ${params},
"learned": {${perSymbol.join(",\n")}}}\n`;
  await writeFile(path, text);
  return Buffer.byteLength(text);
}

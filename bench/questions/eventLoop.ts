import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { writeFiles } from "../data/files.ts";
import { referenceSpace } from "../data/spaces.ts";
import { referenceOpportunities } from "../data/task.ts";
import { callOptimize } from "../engine.ts";
import { quantile } from "../measure.ts";
import type { Cell, Question } from "../question.ts";

const tickMs = 10;
const megabyte = 2 ** 20;

/** What does a bot's own thread feel of a run beside it? */
export const eventLoop: Question = {
  name: "eventLoop",
  title: "A bot's event loop beside a run",
  async ask({ market, candles: given, say }) {
    const files = await writeFiles(market, given, referenceOpportunities(market, 4_000), referenceSpace);
    const rows: Record<string, Cell>[] = [];
    try {
      let runMs = 0;
      // The first call loads the library's own modules.
      for (const isCounted of [false, true]) {
        const row = await watched("a whole run, on its own thread", async () => {
          const started = performance.now();
          await callOptimize({ candles: files.candles, dryRun: true, allowStale: true });
          runMs = performance.now() - started;
        });
        if (isCounted) rows.push(row);
      }
      say(`a run: ${Math.round(runMs)} ms`);
      rows.push(await watched("an idle worker, for as long", () => besideWorker("setInterval(() => {}, 1000)", runMs)));
      rows.push(await watched("a worker in an empty loop, for as long", () => besideWorker("for (;;);", runMs)));
      rows.push(await watched("nothing, for as long", () => pause(runMs)));
    } finally {
      await files.remove();
    }
    return {
      columns: [
        { key: "what", head: "beside", format: "text" },
        { key: "ticks", head: "ticks", format: "count" },
        { key: "median", head: "median delay", format: "ms" },
        { key: "p99", head: "p99", format: "ms" },
        { key: "longest", head: "longest", format: "ms" },
        { key: "histogram", head: "longest by the runtime's own histogram", format: "ms" },
        { key: "busy", head: "the thread was busy", format: "ms" },
        { key: "heap", head: "its heap grew by at most", format: "bytes" },
      ],
      rows,
      notes: [
        `how late a timer of ${tickMs} ms is on the caller's thread, in one process, one after another; a run's candles are files, and its threads leave one core free`,
      ],
    };
  },
};

async function watched(what: string, work: () => Promise<unknown>): Promise<Record<string, Cell>> {
  (globalThis as { gc?: () => void }).gc?.();
  const late: number[] = [];
  const before = process.memoryUsage().heapUsed;
  let heap = before;
  const histogram = monitorEventLoopDelay({ resolution: tickMs });
  histogram.enable();
  let last = performance.now();
  const start = performance.eventLoopUtilization();
  const ticker = setInterval(() => {
    const now = performance.now();
    late.push(Math.max(0, now - last - tickMs));
    last = now;
    if (late.length % 20 === 0) heap = Math.max(heap, process.memoryUsage().heapUsed);
  }, tickMs);
  await work();
  clearInterval(ticker);
  histogram.disable();
  const { active } = performance.eventLoopUtilization(start);
  const sorted = late.sort((a, b) => a - b);
  return {
    what,
    ticks: sorted.length,
    median: quantile(sorted, 0.5),
    p99: quantile(sorted, 0.99),
    longest: sorted.at(-1)!,
    histogram: histogram.max / 1e6,
    busy: active,
    heap: heap - before > 0 ? heap - before : megabyte / 1024,
  };
}

async function besideWorker(text: string, milliseconds: number): Promise<void> {
  const worker = new Worker(text, { eval: true });
  await pause(milliseconds);
  await worker.terminate();
}

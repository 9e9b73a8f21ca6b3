import { accessSync, constants } from "node:fs";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { command, runNode } from "../child.ts";
import { writeFiles } from "../data/files.ts";
import { referenceSpace } from "../data/spaces.ts";
import { referenceOpportunities } from "../data/task.ts";
import { quantile } from "../measure.ts";
import type { Cell, Question } from "../question.ts";

const runs = 5;
const openings = 9;

/** What does the report with pictures cost a run, and how quickly is it drawn? */
export const report: Question = {
  name: "report",
  title: "The report with pictures",
  async ask({ market, candles: given, say }) {
    const folder = await mkdtemp(join(tmpdir(), "sluice-bench-"));
    const files = await writeFiles(market, given, referenceOpportunities(market, 4_000), referenceSpace);
    const page = join(folder, "report.html");
    const base = [command, "optimize", "--candles", files.candles, "--dry-run", "--allow-stale", "--quiet"];
    const kinds = [
      { what: "optimize", more: [] as string[] },
      { what: "optimize --report", more: ["--report", page, "--force"] },
    ].map((kind) => ({ ...kind, times: [] as number[], peaks: [] as number[] }));
    const rows: Record<string, Cell>[] = [];
    try {
      for (let run = 0; run < runs; run++)
        for (const { what, more, times, peaks } of kinds) {
          const { milliseconds, peakBytes } = await runNode([...base, ...more], { watchesMemory: true });
          times.push(milliseconds);
          peaks.push(peakBytes);
          say(`${what}: ${Math.round(milliseconds)} ms`);
        }
      for (const { what, times, peaks } of kinds)
        rows.push({ what, milliseconds: median(times), peakBytes: median(peaks) });
      rows.push({ what: "the page", bytes: (await stat(page)).size });
      rows.push(...(await drawn(page)));
    } finally {
      await files.remove();
      await rm(folder, { recursive: true, force: true });
    }
    return {
      columns: [
        { key: "what", head: "what", format: "text" },
        { key: "milliseconds", head: "median", format: "ms" },
        { key: "peakBytes", head: "peak RSS", format: "bytes" },
        { key: "bytes", head: "size", format: "bytes" },
      ],
      rows,
      notes: [
        `the whole command on the market's candles, scanned, built-in space; ${runs} runs of each, in turn; the page opened ${openings} times in headless Chromium, from the first byte`,
      ],
    };
  },
};

const median = (values: readonly number[]): number =>
  quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  );

/** When a page shows its first screen, and all of it; nothing without Chromium. */
async function drawn(page: string): Promise<Record<string, Cell>[]> {
  const executablePath = chromium();
  if (executablePath === null) return [{ what: "drawing: not measured, no Chromium on the PATH" }];
  const { chromium: browsers } = await import("playwright-core");
  const browser = await browsers.launch({ executablePath, args: ["--no-sandbox"] });
  const first: number[] = [];
  const whole: number[] = [];
  try {
    for (let k = 0; k < openings; k++) {
      const tab = await browser.newPage({ viewport: { width: 1280, height: 900 } });
      await tab.goto(pathToFileURL(page).href);
      await tab.waitForFunction(() => performance.getEntriesByName("drawn").length > 0);
      const entries = await tab.evaluate(() => [
        performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN,
        performance.getEntriesByName("drawn")[0]!.startTime,
      ]);
      first.push(entries[0]!);
      whole.push(entries[1]!);
      await tab.close();
    }
  } finally {
    await browser.close();
  }
  return [
    { what: "its first screen", milliseconds: median(first) },
    { what: "all of it drawn", milliseconds: median(whole) },
  ];
}

function chromium(): string | null {
  for (const folder of (process.env["PATH"] ?? "").split(delimiter))
    for (const name of ["chromium", "chromium-browser", "google-chrome"])
      try {
        accessSync(join(folder, name), constants.X_OK);
        return join(folder, name);
      } catch {
        // Not here.
      }
  return null;
}

import { execFileSync } from "node:child_process";
import { copyFileSync, linkSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { randomFrom } from "../support/random.ts";
import { heldMarket } from "../support/referenceData.ts";

const dist = new URL("../../modules/", import.meta.url);
const months = fileURLToPath(new URL("AAAUSDT-15m.csv", heldMarket.candles));
const mebibyte = 1024 * 1024;
let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-memory-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Peak resident memory, bytes, of a process of its own that runs this much of the built library. */
function peakOf(script: string): number {
  const text = `${script}\nprocess.stdout.write(String(process.resourceUsage().maxRSS * 1024));`;
  // The young generation as small as on a run's own thread, and no room for old garbage: else garbage, whose room the versions of Node choose
  // as they please, says more than what is held.
  const flags = ["--max-semi-space-size=1", "--max-old-space-size=32", "--input-type=module", "-e"];
  return Number(execFileSync(process.execPath, [...flags, text], { encoding: "utf8" }));
}

/** A folder of so many symbols, all with the same months of candles. */
function symbols(count: number): string {
  const path = join(folder, `${count}`);
  mkdirSync(path, { recursive: true });
  for (let k = 0; k < count; k++) copyFileSync(months, join(path, `S${k}USDT-15m.csv`));
  return path;
}

describe("the peak memory", () => {
  it("of a scan does not grow with its symbols", () => {
    const [few, many] = [16, 56].map((count) => {
      const request = JSON.stringify({ candles: symbols(count), out: join(folder, `${count}.csv`) });
      return peakOf(`const { scan } = await import("${new URL("run/scan.js", dist)}"); await scan(${request});`);
    });
    expect((many! - few!) / mebibyte).toBeLessThan(32);
  });

  it("of a search's opportunities is that of the columns it names, however many others there are", () => {
    const times = readFileSync(months, "utf8")
      .trim()
      .split("\n")
      .slice(100, -100)
      .map((line) => line.split(",")[0]!);
    const random = randomFrom(5);
    const spaceFile = join(folder, "space.json");
    writeFileSync(spaceFile, '{"min_f1":[0,0.5],"max_f2":[0.5,1]}');
    const [few, many] = [1_000, 200_000].map((count) => {
      const opportunities = join(folder, `${count}-opportunities.csv`);
      const features = (): string => Array.from({ length: 8 }, random).join(",");
      const rows = Array.from({ length: count }, (_, k) => {
        const time = times[k % times.length];
        return `S0USDT,${time},long,t${Math.floor(k / times.length)},1,${features()}`;
      });
      const header = `symbol,timestamp,direction,type,atr,${Array.from({ length: 8 }, (_, k) => `f${k}`).join(",")}`;
      writeFileSync(opportunities, `${header}\n${rows.join("\n")}\n`);
      const request = JSON.stringify({ candles: symbols(1), opportunities, spaceFile, type: "t0" });
      return peakOf(`
        const { search } = await import("${new URL("run/search.js", dist)}");
        const controller = new AbortController();
        const onProgress = ({ phase }) => phase === "search" && controller.abort();
        await search(${request}, { signal: controller.signal, onProgress }).catch((error) => {
          if (error.code !== "ABORTED") throw error;
        });`);
    });
    // 49 bytes of columns: two features, and 33 bytes of what every opportunity has.
    expect((many! - few!) / 199_000).toBeLessThan(100);
  });

  it("of a list of past runs does not grow with their number or length", () => {
    const [few, many] = [
      { runs: 20, limit: 20, kilobytes: 50 },
      { runs: 2_000, limit: 100, kilobytes: 1_000 },
    ].map(({ runs, limit, kilobytes }) => {
      const folders = [join(folder, `runs-${runs}`)];
      pastRuns(folders[0]!, runs, kilobytes);
      const request = JSON.stringify({ folders, limit });
      const count = `if ((await listRuns(${request})).total !== ${runs}) throw new Error("runs are missing");`;
      return peakOf(`const { listRuns } = await import("${new URL("run/listRuns.js", dist)}"); ${count}`);
    });
    expect((many! - few!) / mebibyte).toBeLessThan(16);
  });
});

/** A history of so many runs, all with one result of so many kilobytes. */
function pastRuns(out: string, runs: number, kilobytes: number): void {
  const result = {
    version: "0.1.0",
    split: {},
    phase1: { symbols: 1, from: 0, to: 1 },
    phase2: { text: Array.from({ length: kilobytes }, () => "x".repeat(1000)) },
    runs: [{ config: null, phase4: { overall: "PASSED", types: {} }, decision: {}, changed: false, saved: null }],
    fingerprint: "7d1ea2f1",
  };
  mkdirSync(join(out, "history"), { recursive: true });
  writeFileSync(join(out, "result.json"), JSON.stringify(result, null, 2));
  for (let k = 0; k < runs; k++) {
    const time = new Date(Date.UTC(2020, 0, 1 + k)).toISOString().slice(0, 10).replaceAll("-", "");
    const own = join(out, "history", `${time}T030000Z-7d1ea2f1`);
    mkdirSync(own);
    linkSync(join(out, "result.json"), join(own, "result.json"));
  }
}

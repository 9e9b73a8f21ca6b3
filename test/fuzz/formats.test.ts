import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Candles, openTimeMs } from "../../src/candles/candles.ts";
import { readFundingFile } from "../../src/candles/funding.ts";
import { readCandleFile } from "../../src/candles/readFile.ts";
import { InputError } from "../../src/errors.ts";
import { fileKinds, type Rows } from "../support/candleFiles.ts";
import { randomFrom } from "../support/random.ts";
import { mutated } from "./mutate.ts";

/** `npm run fuzz` tries many more, from another seed each time; each format gets as many. */
const cases = process.env["SLUICE_FUZZ"] ? Math.ceil(Number(process.env["SLUICE_FUZZ"]) / 10) : 150;
const seed = Number(process.env["SLUICE_FUZZ_SEED"] ?? 1);
/** What reading a file of some kilobytes may add to the memory of the process. */
const mostBytes = 400 * 2 ** 20;
const mostSeconds = 20;

const step = 900_000;
const start = 1_735_689_600_000;
const rows: Rows = Array.from({ length: 90 }, (_, k) => {
  const open = 1 + Math.abs(Math.sin(k)) / 3;
  const close = 1 + Math.abs(Math.sin(k + 1)) / 3;
  const volume = k % 7 === 0 ? 0 : k * 1.25;
  return [start + k * step, open, Math.max(open, close) + 0.01, Math.min(open, close) - 0.01, close, volume];
});

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-formats-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const extremes = [0, 1, -1, 2 ** 31 - 1, -(2 ** 31), 2 ** 24, 255, 2 ** 16];

/** Bytes changed as text is, or a number in them replaced by one at an edge, or a range of them by zeros or ones. */
function spoilt(bytes: Buffer, random: () => number): Buffer {
  const kind = random();
  if (kind < 0.35) return Buffer.from(mutated(bytes, random));
  if (kind < 0.5) return bytes.subarray(0, Math.floor(bytes.length * random()));
  const changed = Buffer.from(bytes);
  for (let changes = random() < 0.7 ? 1 : 4; changes > 0; changes--) {
    const at = Math.floor((changed.length - 8) * random());
    // Where headers and footers are, at the ends, more is to be spoilt.
    const place = random() < 0.5 ? at : random() < 0.5 ? at % 400 : Math.max(0, changed.length - 8 - (at % 900));
    if (place < 0 || place + 8 > changed.length) continue;
    const value = extremes[Math.floor(extremes.length * random())]!;
    if (random() < 0.4) changed.writeInt32LE(value, place & ~3);
    else if (random() < 0.5) changed[place] = Math.floor(256 * random());
    else changed.fill(random() < 0.5 ? 0 : 255, place, place + Math.floor(8 * random()));
  }
  return changed;
}

const rules = { timeframeMs: step, lenient: false, nowMs: start + 1e12 };

async function outcomeOf(path: string, lenient: boolean): Promise<Candles | null> {
  try {
    return await readCandleFile(path, "X", { ...rules, lenient });
  } catch (error) {
    if (error instanceof InputError && error.details.where) return null;
    throw error;
  }
}

/** What was read must be candles; of a document that is still JSON, the very ones that it holds. */
function check(candles: Candles, bytes: Buffer, isJson: boolean, lenient: boolean): void {
  for (let k = 0; k < candles.count; k++) {
    const [open, high, low, close] = [candles.open[k]!, candles.high[k]!, candles.low[k]!, candles.close[k]!];
    if (!(low > 0 && low <= open && low <= close && high >= open && high >= close && high < Number.POSITIVE_INFINITY))
      throw new Error(`not a candle: ${[open, high, low, close]}`);
    if (k > 0 && openTimeMs(candles, k) <= openTimeMs(candles, k - 1)) throw new Error("not in order");
  }
  if (!isJson || lenient) return;
  const document = parsed(bytes);
  if (!document) return;
  const held = new Map(document.map((row) => [Number(row[0]), row.slice(1, 6).map(Number)]));
  for (let k = 0; k < candles.count; k++) {
    const columns = [candles.open, candles.high, candles.low, candles.close, candles.volume];
    const found = columns.map((column) => column[k]!);
    if (held.get(openTimeMs(candles, k))?.some((value, column) => value !== found[column]))
      throw new Error(`candle ${k} is another than the document's`);
  }
  if (candles.count !== held.size) throw new Error(`${candles.count} candles of ${held.size}`);
}

function parsed(bytes: Buffer): unknown[][] | null {
  try {
    const document = JSON.parse(bytes.toString("utf8")) as unknown[][];
    return document.every((row) => Array.isArray(row) && String(row[0]).length === 13) ? document : null;
  } catch {
    return null;
  }
}

describe("spoilt candle files are refused with one clear error, or read as the candles that they hold", () => {
  for (const [name, { extension, bytes }] of Object.entries(fileKinds))
    it(
      name,
      async () => {
        const sound = Buffer.from(await bytes(rows, randomFrom(seed)));
        const path = join(folder, `X-15m.${extension}`);
        const outcomes = { read: 0, refused: 0 };
        const findings: string[] = [];
        const before = process.resourceUsage().maxRSS * 1024;
        for (let k = 0; k < cases && findings.length < 5; k++) {
          const own = seed * 1_000_003 + k;
          const random = randomFrom(own);
          const lenient = random() < 0.2;
          const file = spoilt(sound, random);
          writeFileSync(path, file);
          const from = performance.now();
          try {
            const candles = await outcomeOf(path, lenient);
            outcomes[candles ? "read" : "refused"]++;
            if (candles) check(candles, file, name === "lists in JSON", lenient);
          } catch (error) {
            findings.push(`seed ${own}: ${(error as Error).stack}`);
          }
          const seconds = (performance.now() - from) / 1000;
          if (seconds > mostSeconds) findings.push(`seed ${own}: ${seconds} s`);
          const grown = process.resourceUsage().maxRSS * 1024 - before;
          if (grown > mostBytes) findings.push(`seed ${own}: ${Math.round(grown / 2 ** 20)} MiB`);
        }
        if (process.env["SLUICE_FUZZ"]) console.log(name, outcomes);
        expect(findings).toEqual([]);
        expect(outcomes.read).toBeGreaterThan(0);
        expect(outcomes.refused).toBeGreaterThan(0);
      },
      900_000 + 100 * cases,
    );

  it("funding rates, too", async () => {
    const path = join(folder, "X_USDT_USDT-8h-funding_rate.feather");
    const rates = rows.map((row) => [row[0]!, 0.0001, 0, 0, 0, 0]);
    const sound = Buffer.from(await fileKinds["an Arrow file"]!.bytes(rates, Math.random));
    for (let k = 0; k < cases; k++) {
      writeFileSync(path, spoilt(sound, randomFrom(seed * 1_000_003 + k)));
      const found = await readFundingFile(path).catch((error: unknown) => error);
      if (found instanceof Error) expect(found).toBeInstanceOf(InputError);
      else for (const rate of (found as { rate: Float64Array }).rate) expect(Math.abs(rate)).toBeLessThanOrEqual(0.1);
    }
  });
});

describe("a file that would fill the memory", () => {
  const file = (name: string, bytes: Uint8Array): string => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };
  const bounded = async (path: string): Promise<Candles | null> => {
    const before = process.resourceUsage().maxRSS * 1024;
    const candles = await outcomeOf(path, false);
    expect((process.resourceUsage().maxRSS * 1024 - before) / 2 ** 20).toBeLessThan(150);
    return candles;
  };
  const size = 100 * 2 ** 20;

  it("is refused as JSON of one level below another, and as a line of 100 MB that has no candle in it", async () => {
    expect(await bounded(file("X-15m.json", Buffer.alloc(size, "[")))).toBeNull();
    expect(await bounded(file("X-15m.json", Buffer.alloc(size, '{"a":')))).toBeNull();
    expect(await bounded(file("X-15m.json", Buffer.concat([Buffer.from('[["'), Buffer.alloc(size, "9")])))).toBeNull();
    expect(await bounded(file("X-15m.json", Buffer.concat([Buffer.from("[[9"), Buffer.alloc(size, "9")])))).toBeNull();
  });

  it("is read as JSON of one line of 100 MB where that is blanks and few candles", async () => {
    const candles = rows.map((row) => JSON.stringify(row)).join(`,${" ".repeat(2 ** 20)}`);
    expect((await bounded(file("X-15m.json", Buffer.from(`[${candles}]`))))?.count).toBe(rows.length);
  });

  it("is refused where it is packed", async () => {
    expect(await bounded(file("X-15m.gz", gzipSync(Buffer.alloc(size, " "))))).toBeNull();
    expect(await bounded(file("X-15m.gz", gzipSync(Buffer.alloc(size, "timestamp,\n"))))).toBeNull();
    expect(await bounded(file("X-15m.gz", gzipSync(gzipSync(Buffer.alloc(size, "1")))))).toBeNull();
  });
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type Candles, openTimeMs } from "../../src/candles/candles.ts";
import { readCandleFile } from "../../src/candles/readFile.ts";
import { InputError } from "../../src/errors.ts";
import { type Dialect, dialects, type Written } from "../support/dialects.ts";
import { randomFrom } from "../support/random.ts";
import { mutated } from "./mutate.ts";

/** Of each dialect; `npm run fuzz` tries many more, from another seed each time. */
const cases = Math.ceil(Number(process.env["SLUICE_FUZZ"] ?? 1_000) / dialects.length);
const seed = Number(process.env["SLUICE_FUZZ_SEED"] ?? 1);

const folder = mkdtempSync(join(tmpdir(), "sluice-dialects-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const firstMs = Date.UTC(2024, 11, 2);
const soundOf = ({ timeframeMs }: Dialect): Written[] =>
  Array.from({ length: 60 }, (_, k) => {
    const close = 100 + 10 * Math.sin(k);
    return [firstMs + (k + Math.floor(k / 20)) * timeframeMs, close - 0.5, close + 1.25, close - 1, close, k / 8];
  });

/** What no candle that is read may break, whatever the file is. */
function check(candles: Candles, nowMs: number): void {
  const { count, open, high, low, close, volume } = candles;
  let before = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < count; k++) {
    const time = openTimeMs(candles, k);
    const isSound =
      time > before &&
      time % 60_000 === 0 &&
      time + candles.timeframeMs <= nowMs &&
      low[k]! > 0 &&
      low[k]! <= Math.min(open[k]!, close[k]!) &&
      high[k]! >= Math.max(open[k]!, close[k]!) &&
      high[k]! < Number.POSITIVE_INFINITY &&
      volume[k]! >= 0 &&
      volume[k]! < Number.POSITIVE_INFINITY;
    if (!isSound) throw new Error(`candle ${k} is none: ${[time, open[k], high[k], low[k], close[k], volume[k]]}`);
    before = time;
  }
  if (count === 0) throw new Error("a file without candles was read");
}

/** A few spoilt bytes spoil a few candles: if many are others than those that were written, the file was misread as a whole. */
function checkAgainst(written: readonly Written[], candles: Candles): void {
  const byTime = new Map(written.map((candle) => [candle[0], candle]));
  let same = 0;
  for (let k = 0; k < candles.count; k++) {
    const prices = [candles.open[k], candles.high[k], candles.low[k], candles.close[k]];
    const own = byTime.get(openTimeMs(candles, k));
    if (own && prices.every((price, column) => price === own[column + 1])) same++;
  }
  if (same < 0.7 * candles.count) throw new Error(`${same} of ${candles.count} candles are those that were written`);
}

describe("spoilt candles in any dialect end in candles or in one clear error", () => {
  for (const dialect of dialects)
    it(
      dialect.name,
      async () => {
        const { timeframeMs, timeZone, write } = dialect;
        const written = soundOf(dialect);
        const sound = Buffer.from(write(written));
        const path = join(folder, "X.csv");
        const outcomes = { done: 0, refused: 0 };
        const findings: string[] = [];
        for (let k = 0; k < cases && findings.length < 5; k++) {
          const own = seed * 1_000_003 + k;
          const random = randomFrom(own);
          writeFileSync(path, k === 0 ? sound : mutated(sound, random));
          const rules = { timeframeMs, lenient: random() < 0.3, nowMs: firstMs + 100 * timeframeMs };
          try {
            const read = await readCandleFile(path, "X", { ...rules, ...(timeZone !== undefined && { timeZone }) });
            check(read, rules.nowMs);
            checkAgainst(written, read);
            outcomes.done++;
          } catch (error) {
            if (!(error instanceof InputError)) findings.push(`seed ${own}: ${(error as Error).stack}`);
            else if (!error.details.where?.includes(path)) findings.push(`seed ${own}: nowhere: ${error.message}`);
            outcomes.refused++;
          }
          if (k === 0) expect([findings, outcomes]).toEqual([[], { done: 1, refused: 0 }]);
        }
        if (process.env["SLUICE_FUZZ"]) console.log(dialect.name, outcomes);
        expect(findings).toEqual([]);
        if (cases > 50) expect(Math.min(outcomes.done, outcomes.refused)).toBeGreaterThan(0);
      },
      60_000 + 100 * cases,
    );
});

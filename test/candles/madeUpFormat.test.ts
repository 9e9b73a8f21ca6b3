import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { TextCells } from "../../src/candles/cells.ts";
import type { RowBlock } from "../../src/candles/csvRows.ts";
import { type CandleFormat, candleFormats } from "../../src/candles/formats.ts";
import { inspectCandles } from "../../src/candles/inspect.ts";
import { readMarket } from "../../src/candles/read.ts";

/** Lines of JSON lists: a format that no file of src/ knows. */
async function* listBlocks(path: string): AsyncGenerator<RowBlock> {
  const rows = (await readFile(path, "utf8")).trim().split("\n");
  let at = -1;
  let cells = new TextCells([]);
  yield {
    get line() {
      return at + 1;
    },
    get cells() {
      return cells;
    },
    share: 0,
    next: () => {
      at++;
      if (at >= rows.length) return false;
      cells = new TextCells((JSON.parse(rows[at]!) as unknown[]).map(String));
      return true;
    },
  };
}

const format: CandleFormat = {
  extensions: ["jsonl"],
  endsInRow: false,
  begins: (head) => head[0] === "[".charCodeAt(0),
  blocks: listBlocks,
};
candleFormats.push(format);
afterAll(() => void candleFormats.splice(candleFormats.indexOf(format), 1));

const header = ["timestamp", "open", "high", "low", "close", "volume"];
const row = (k: number): number[] => [1_699_999_200_000 + k * 900_000, 100 + k, 102 + k, 99 + k, 101 + k, 10];
const rows = Array.from({ length: 20 }, (_, k) => row(k));
const options = { timeframeMs: 900_000, lenient: false, nowMs: 1.8e12, breakRatio: 8, withVolume: true };

it("a candle format that is one entry more is read as CSV is, beside CSV, and inspected", async () => {
  const csv = await mkdtemp(join(tmpdir(), "sluice-format-"));
  const mixed = await mkdtemp(join(tmpdir(), "sluice-format-"));
  const asCsv = [header, ...rows].map((cells) => cells.join()).join("\n");
  const asLists = [header, ...rows].map((cells) => JSON.stringify(cells)).join("\n");
  await writeFile(join(csv, "AAA-15m.csv"), asCsv);
  await writeFile(join(csv, "BBB-15m.csv"), asCsv);
  await writeFile(join(mixed, "AAA-15m.csv"), asCsv);
  await writeFile(join(mixed, "BBB-15m.jsonl"), asLists);
  expect(await readMarket(mixed, options)).toEqual(await readMarket(csv, options));
  const inspected = await inspectCandles(mixed, { nowMs: 1.8e12 });
  expect(inspected.map(({ symbol, defect }) => [symbol, defect])).toEqual([
    ["AAA", null],
    ["BBB", null],
  ]);
});

it("what breaks a rule in such a file is named by its line", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sluice-format-"));
  const broken = [header, ...rows.slice(0, 3), [1_699_999_200_000 + 3 * 900_000, 100, 90, 99, 101, 10]];
  await writeFile(join(folder, "AAA-15m.jsonl"), broken.map((cells) => JSON.stringify(cells)).join("\n"));
  await expect(readMarket(folder, options)).rejects.toMatchObject({
    details: { where: `${join(folder, "AAA-15m.jsonl")}:5` },
  });
});

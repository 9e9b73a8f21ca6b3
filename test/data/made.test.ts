import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { csvRowsOf, describeReference, held, jsonOf, realMarket } from "../support/referenceData.ts";
import { madeFiles, plainCandles, plainOpportunities } from "./files.ts";
import { type PlainParams, type PlainSearch, type PlainSpace, plainSearch, plainTrades } from "./plainTrades.ts";

/** `npm run test:data` writes the files anew. */
const isWriting = process.env["SLUICE_WRITE_DATA"] === "1";

describe("the files of test/data", () => {
  it("are what their program makes, to the byte", () => {
    const files = Object.entries(madeFiles());
    if (isWriting)
      for (const [name, text] of files) {
        mkdirSync(new URL(".", new URL(name, held)), { recursive: true });
        writeFileSync(new URL(name, held), text);
      }
    // Not `toEqual`: a difference of megabytes takes minutes to print.
    const different = files.filter(([name, text]) => readFileSync(new URL(name, held), "utf8") !== text);
    expect(different.map(([name]) => name)).toEqual([]);
  });
});

describeReference("the plain program agrees with another one on real candles", (folder) => {
  const { candles, path, symbols } = realMarket(folder);
  const read = () => ({
    rows: plainCandles(candles, symbols),
    table: plainOpportunities(new URL("opportunities.csv", path)),
  });

  it("trade by trade, to 1e-12", () => {
    const { rows, table } = read();
    for (const k of [1, 2, 3, 4]) {
      const params = jsonOf<PlainParams>(new URL(`params-${k}.json`, path));
      const found = plainTrades(table, params, rows);
      const expected = csvRowsOf(new URL(`trades-${k}.csv`, path));
      const plain = ["symbol", "entry_time", "exit_time", "direction", "type", "reason", "bars"] as const;
      expect(found.map((trade) => plain.map((name) => String(trade[name])))).toEqual(
        expected.map((trade) => plain.map((name) => trade[name])),
      );
      for (const [i, trade] of found.entries()) {
        expect(Math.abs(trade.return - Number(expected[i]!["return"]))).toBeLessThan(1e-12);
        expect(Math.abs(trade.exit - Number(expected[i]!["exit"]))).toBeLessThan(1e-9 * trade.exit);
      }
    }
  });

  it("in every figure of a search, to 1e-9, and in its 20 best", () => {
    const { rows, table } = read();
    const space = jsonOf<Record<string, PlainSpace>>(new URL("space.json", path))["swing"]!;
    const expected = jsonOf<PlainSearch>(new URL("search-swing.json", path));
    expectNear(plainSearch(table, "swing", space, rows), expected, "search");
  });
});

/** Equal, numbers to 1e-9 of the larger of themselves and 1. */
function expectNear(found: unknown, expected: unknown, where: string): void {
  if (typeof expected === "number")
    expect(Math.abs((found as number) - expected), where).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
  else if (typeof expected === "object" && expected !== null)
    for (const key of new Set([...Object.keys(expected), ...Object.keys(found as object)]))
      expectNear((found as never)[key], (expected as never)[key], `${where}.${key}`);
  else expect(found, where).toBe(expected);
}

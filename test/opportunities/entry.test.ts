import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Candles, type Market, unbroken } from "../../src/candles/candles.ts";
import type { InputError } from "../../src/errors.ts";
import { canEnter, type EntryRule, entryPrice, rowEnters } from "../../src/opportunities/entry.ts";
import { labelOpportunities } from "../../src/opportunities/labels.ts";
import { readOpportunities } from "../../src/opportunities/read.ts";
import { walkTrade } from "../../src/search/plainWalk.ts";
import type { TradeRules } from "../../src/search/trades.ts";
import { exitInAtrs } from "../support/exits.ts";
import { without } from "../support/holes.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-entry-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const quarter = 900_000;
const start = Date.UTC(2025, 0, 2);

function candlesOf(rows: readonly (readonly [open: number, high: number, low: number, close: number])[]): Candles {
  const column = (at: number): Float64Array => Float64Array.from(rows, (row) => row[at]!);
  return unbroken({
    ...{ symbol: "ADA", timeframeMs: quarter, firstOpenTimeMs: start, count: rows.length },
    ...{ open: column(0), high: column(1), low: column(2), close: column(3), volume: column(3) },
  });
}

/** Slot 2 is missing: the candle after the signal's of slot 1 opens at 110, an hour's quarter late. */
const ada = without(
  candlesOf([
    [100, 101, 99, 100],
    [100, 102, 98, 100],
    [0, 0, 0, 0],
    [110, 116, 109, 115],
    [115, 121, 114, 120],
    [120, 122, 104, 105],
  ]),
  (slot) => slot === 2,
);
const market: Market = { timeframeMs: quarter, bySymbol: new Map([["ADA", ada]]) };

async function read(rows: readonly string[], entry: EntryRule | undefined, lenient = false) {
  const path = join(folder, "s.csv");
  writeFileSync(path, ["symbol,timestamp,direction,entry,atr", ...rows].join("\n"));
  const notices: string[] = [];
  const table = await readOpportunities(path, market, {
    lenient,
    ...(entry && { entry }),
    onNotice: (code, message) => notices.push(`${code} ${message}`),
  });
  return { table, notices };
}
const row = (slot: number, direction: string, entry: number | string = ""): string =>
  `ADA,${start + slot * quarter},${direction},${entry},5`;

const rules: TradeRules = { fee: 0, slippage: 0, fundingPer8h: 0, intrabar: "stop-first", summaryBars: null };
const exit = exitInAtrs({ takeProfit: 2, stopLoss: 1, holdingBars: 4, trailing: null });

describe("entry at the next open", () => {
  it("is the open of the next candle there is, and the path begins in that candle", async () => {
    const { table, notices } = await read([row(1, "long"), row(1, "short")], "next-open");
    expect([...table.entry]).toEqual([110, 110]);
    expect([...table.bar]).toEqual([1, 1]);
    expect(notices).toEqual([
      "SIGNALS_OVERLAPPING 1 of 2 signals share a candle with an earlier one of their symbol, in another direction or type; each counts",
    ]);
    const walked = ([1, -1] as const).map((direction) =>
      walkTrade(ada, { bar: 1, direction, entry: table.entry[0]!, atr: 5 }, exit, rules),
    );
    // Long: target 120, touched in slot 4 (high 121), three bars after the signal's. Short: stop 115, touched in slot 3 already (high 116).
    expect(walked.map(({ exit: price, bars, reason }) => [price, bars, reason])).toEqual([
      [120, 3, "take_profit"],
      [115, 2, "stop_loss"],
    ]);
    expect(walked.map((trade) => trade.return)).toEqual([10 / 110, -5 / 110]);
  });

  it("is what labels count from", async () => {
    const { table } = await read([row(1, "long"), row(1, "short")], "next-open");
    const labels = labelOpportunities(table, market, { lookaheadBars: 3, minProfit: 0.1 });
    // Slots 2 to 4: high 121, low 109.
    expect([...labels.mfe]).toEqual([11 / 110, 1 / 110]);
    expect([...labels.mae]).toEqual([-1 / 110, -11 / 110]);
    expect([...labels.objective]).toEqual([1, 0]);
    const close = await read([row(1, "long")], undefined);
    expect([...labelOpportunities(close.table, market, { lookaheadBars: 3, minProfit: 0.1 }).mfe]).toEqual([0.21]);
  });

  it("takes the place of the signals' own prices, which is said once, with their number", async () => {
    const rows = [row(0, "long", 100.5), row(1, "long", 1_000), row(3, "long"), row(4, "long", 120)];
    const { table, notices } = await read(rows, "next-open");
    expect([...table.entry]).toEqual([100, 110, 115, 120]);
    expect(notices).toEqual([
      "ENTRY_REPLACED 2 of 4 signals have their own entry price, which --entry next-open ignores: they enter at the open of the next candle",
    ]);
  });

  it("counts no row among them that was dropped", async () => {
    const { table, notices } = await read([row(0, "long", 99), `ADA,${start + quarter},long,99,0`], "next-open", true);
    expect(table.count).toBe(1);
    expect(notices).toEqual([
      "SIGNALS_DROPPED 1 of 2 signals dropped: invalid entry or ATR",
      expect.stringMatching(/^ENTRY_REPLACED 1 of 2 signals /),
    ]);
  });

  it("is named where a file that was scanned so is read without it", async () => {
    const refusal = async (price: number): Promise<InputError> =>
      (await read([row(1, "long", price)], undefined).catch((error: unknown) => error)) as InputError;
    expect(await refusal(110)).toMatchObject({
      code: "TABLE_ENTRY",
      details: {
        found: "110",
        expected: "98 to 102",
        remedy:
          "it is the open of the next candle: read the file with --entry next-open, or leave the cell empty to use the close, or drop such rows with --lenient",
      },
    });
    expect((await refusal(111)).details.remedy).toBe(
      "correct it, or leave the cell empty to use the close, or drop such rows with --lenient",
    );
  });

  it("is none on the last candle, or the last before a change of unit", async () => {
    const broken: Candles = { ...ada, breaks: [{ index: 2, ratio: 1.1 }] };
    expect([0, 1, 2, 3, 4].map((bar) => canEnter(ada, bar, "next-open"))).toEqual([true, true, true, true, false]);
    expect([0, 1, 2].map((bar) => canEnter(broken, bar, "next-open"))).toEqual([true, false, true]);
    expect([0, 1, 2, 3, 4].map((bar) => canEnter(broken, bar, "signal-close"))).toEqual(new Array(5).fill(true));
    expect([entryPrice(ada, 4, "next-open"), entryPrice(broken, 1, "next-open")]).toEqual([105, 100]);
    const { table } = await read([row(4, "long"), row(5, "long")], "next-open");
    expect([0, 1].map(rowEnters(table, [ada], "next-open"))).toEqual([true, false]);
    expect([0, 1].map(rowEnters(table, [ada], "signal-close"))).toEqual([true, true]);
  });
});

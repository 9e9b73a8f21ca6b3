import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type Market, openTimeMs } from "../../src/candles/candles.ts";
import { TextCells } from "../../src/candles/cells.ts";
import { InputError } from "../../src/errors.ts";
import { type Reading, signalOf } from "../../src/opportunities/gate.ts";
import { readOpportunities, type TableReadOptions } from "../../src/opportunities/read.ts";
import { scanMarket } from "../../src/opportunities/scan.ts";
import { readingAt, seriesOf } from "../../src/opportunities/series.ts";
import { snapshotAt } from "../../src/opportunities/snapshot.ts";
import { snapshotColumns } from "../../src/opportunities/snapshots/columns.ts";
import { signalCells } from "../../src/opportunities/snapshots/row.ts";
import type { OpportunityTable } from "../../src/opportunities/table.ts";
import { checkRequest } from "../../src/run/requestCheck.ts";
import { simulate } from "../../src/run/simulate.ts";
import { errorOf } from "../config/configFile.ts";
import { randomFrom } from "../support/random.ts";
import { heldJson, heldMarket, marketOf } from "../support/referenceData.ts";

const market = marketOf(heldMarket);
let dir = "";
beforeEach(() => {
  dir = join(mkdtempSync(join(tmpdir(), "sluice-snapshots-")), "snapshots");
  mkdirSync(dir);
});
afterEach(() => rmSync(join(dir, ".."), { recursive: true, force: true }));

const said: [code: string, message: string][] = [];
async function read(options: Partial<TableReadOptions> = {}, of: Market = market): Promise<OpportunityTable> {
  said.length = 0;
  const onNotice = (code: string, message: string): void => void said.push([code, message]);
  return readOpportunities(dir, of, { lenient: false, activations: true, onNotice, ...options });
}

const put = (name: string, lines: readonly string[]): void => writeFileSync(join(dir, name), `${lines.join("\n")}\n`);
const words = ["强势空头", "空头", "震荡", "多头", "强势多头"];

const header = [
  ...["symbol", "timestamp", "open", "high", "low", "close", "volume", "trend_4h", "trend_1h", "trend_15m", "rsi_14"],
  ...["volume_ratio", "resistance", "support", "ema20", "ema50", "ema20_1h", "ema50_1h", "atr", "macd_histogram"],
  ...["indicator_consensus", "objective_profit", "max_high_24h"],
];

/** Each snapshot of a bar from the 4,000th on, as the older bot would have written it that day; its own future beside it. */
function* written(
  every: number,
): Generator<{ symbol: string; bar: number; timeMs: number; reading: Reading; cells: unknown[] }> {
  for (const candles of market.bySymbol.values()) {
    const series = seriesOf(candles);
    for (let bar = 4000; bar < candles.count; bar += every) {
      const reading = readingAt(series, bar);
      const of = snapshotAt(series, bar, reading);
      const [m15, h1, h4] = reading.trends.map((trend) => words[trend + 2]);
      const timeMs = openTimeMs(candles, bar);
      const future = Math.max(...candles.high.subarray(bar + 1, bar + 97));
      yield {
        ...{ symbol: candles.symbol, bar, timeMs, reading },
        cells: [
          ...[candles.symbol, timeMs, of.open, of.high, of.low, of.close, candles.volume[bar], h4, h1, m15],
          ...[reading.rsi14, reading.volumeRatio, of.resistance, of.support, 1, 1],
          ...[100 * (1 + reading.emaDistance1h), 100, series.indicators.atr14[bar], reading.macdShare * of.close],
          ...[3, future / of.close - 1, future],
        ],
      };
    }
  }
}

const text = (cell: unknown): string => (Number.isNaN(cell) ? "nan" : String(cell));
const dayOf = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 10);

/** Daily files of snapshots; `clock` writes times of day alone. */
function writeDays(every: number, clock = false): void {
  const days = new Map<string, string[]>();
  for (const { timeMs, cells } of written(every)) {
    const day = dayOf(timeMs);
    const time = clock ? new Date(timeMs).toISOString().slice(11, 16) : timeMs;
    const row = [cells[0], time, ...cells.slice(2)].map(text).join(",");
    days.set(day, [...(days.get(day) ?? [header.join(",")]), row]);
  }
  for (const [day, rows] of days) put(`snapshots_${day.replaceAll("-", clock ? "" : "-")}.csv`, rows);
}

const keyOf = (table: OpportunityTable, row: number): string =>
  `${table.symbols[table.symbol[row]!]} ${table.timestampMs[row]} ${table.direction[row]} ${table.types[table.type[row]!]}`;

describe("snapshots of the older bot", () => {
  it("are what the scanner makes of the same moments: direction, type, score, consensus, activations", async () => {
    writeDays(3);
    const table = await read();
    const rows = new Map(Array.from({ length: table.count }, (_, row) => [keyOf(table, row), row]));
    const scanned = (await scanMarket([...market.bySymbol.values()])).table;
    const passing = new Set(
      [...written(3)].flatMap(({ symbol, timeMs, reading }) => (signalOf(reading) ? [`${symbol} ${timeMs}`] : [])),
    );
    let compared = 0;
    for (let row = 0; row < scanned.count; row++) {
      const key = keyOf(scanned, row);
      if (!passing.has(key.split(" ", 2).join(" "))) continue;
      const at = rows.get(key);
      expect(at, key).toBeDefined();
      compared++;
      for (const name of [
        "signal_score",
        "indicator_consensus",
        "volume_ratio",
        "rsi_14",
        "atr_pct",
        "macd_hist_pct",
        "trend_4h",
        "trend_1h",
        "trend_15m",
        "volume_surge",
      ]) {
        const [ours, theirs] = [table, scanned].map((each) => each.features[each.featureNames.indexOf(name)]!);
        expect(ours![at!], `${key} ${name}`).toBeCloseTo(theirs![row]!, 9);
      }
      for (const [k, name] of scanned.activations!.names.entries()) {
        const column = table.activations!.columns[table.activations!.names.indexOf(name)]!;
        expect(column[at!], `${key} ${name}`).toBe(scanned.activations!.columns[k]![row]);
      }
      expect(table.atr[at!]).toBe(scanned.atr[row]);
      expect(table.entry[at!]).toBe(scanned.entry[row]);
    }
    expect(compared).toBeGreaterThan(30);
  });

  it("are all that have a 4 h trend, whatever their future; what was learned later is not read", async () => {
    writeDays(37);
    const all = [...written(37)];
    const table = await read();
    expect(table.count).toBe(all.filter(({ reading }) => reading.trends[2] !== 0).length);
    expect(table.count).toBeLessThan(all.length);
    expect(table.featureNames).not.toContain("objective_profit");
    expect(said.map(([code]) => code)).toEqual(["SNAPSHOTS_WITHOUT_TREND", "SNAPSHOT_COLUMNS"]);
    expect(said[1]![1]).toContain('"objective_profit", "max_high_24h"');
  });

  it("have full times: a time of day belongs to the day in the file's name, or in the row", async () => {
    writeDays(37);
    const table = await read();
    for (const name of ["a", "b"]) rmSync(join(dir, name), { force: true });
    rmSync(dir, { recursive: true });
    mkdirSync(dir);
    writeDays(37, true);
    const again = await read();
    expect([...again.timestampMs].sort()).toEqual([...table.timestampMs].sort());
    rmSync(dir, { recursive: true });
    mkdirSync(dir);
    const [row] = [...written(37)].filter(({ reading }) => reading.trends[2] !== 0);
    const [day, clock] = new Date(row!.timeMs + 8 * 3_600_000).toISOString().split("T");
    const cells = [row!.cells[0], day, clock!.slice(0, 5), ...row!.cells.slice(2)].map(text);
    put("all.csv", [["coin", "date", "time", ...header.slice(2)].join(","), cells.join(",")]);
    const zoned = await read({ zoneMs: 8 * 3_600_000 });
    expect([...zoned.timestampMs]).toEqual([row!.timeMs]);
  });

  const [first] = [...written(37)].filter(({ reading }) => reading.trends[2] !== 0);
  const good = first!.cells.map(text);
  const having = (name: string, value: string): string =>
    good.map((cell, k) => (header[k] === name ? value : cell)).join(",");

  it.each([
    ["no folder's file", () => {}, "SNAPSHOTS_EMPTY", "snapshots"],
    [
      "a missing column",
      () => put("d.csv", [header.join(",").replace("trend_4h", "trend"), good.join(",")]),
      "SNAPSHOT_COLUMN",
      "d.csv:1",
    ],
    [
      "no time",
      () => put("d.csv", [header.join(",").replace("timestamp", "when"), good.join(",")]),
      "SNAPSHOT_COLUMN",
      "d.csv:1",
    ],
    [
      "a duplicate column",
      () => put("d.csv", [`${header.join(",")},close`, `${good.join(",")},1`]),
      "SNAPSHOT_COLUMN",
      "d.csv:1",
    ],
    ["a row too short", () => put("d.csv", [header.join(","), good.slice(1).join(",")]), "SNAPSHOT_CELLS", "d.csv:2"],
    [
      "a trend in unknown words",
      () => put("d.csv", [header.join(","), having("trend_4h", "bullish")]),
      "SNAPSHOT_VALUE",
      "d.csv:2, trend_4h",
    ],
    ["a price of 0", () => put("d.csv", [header.join(","), having("close", "0")]), "SNAPSHOT_VALUE", "d.csv:2, close"],
    [
      "a high below the close",
      () => put("d.csv", [header.join(","), having("high", "1e-9")]),
      "SNAPSHOT_VALUE",
      "d.csv:2, high",
    ],
    [
      "a word for a number",
      () => put("d.csv", [header.join(","), having("rsi_14", "high")]),
      "SNAPSHOT_VALUE",
      "d.csv:2, rsi_14",
    ],
    [
      "a time of day without a day",
      () => put("d.csv", [header.join(","), having("timestamp", "10:15")]),
      "SNAPSHOT_TIME",
      "d.csv:2",
    ],
    [
      "a time that is none",
      () => put("d.csv", [header.join(","), having("timestamp", "noon")]),
      "TABLE_TIMESTAMP",
      "d.csv:2",
    ],
    [
      "a symbol without candles",
      () => put("d.csv", [header.join(","), having("symbol", "ZZZ")]),
      "TABLE_SYMBOL",
      "d.csv:2",
    ],
    [
      "a time off the grid",
      () => put("d.csv", [header.join(","), having("timestamp", String(first!.timeMs + 7000))]),
      "TABLE_TIMESTAMP",
      "d.csv:2",
    ],
    [
      "prices of another candle",
      () => put("d.csv", [header.join(","), having("timestamp", String(first!.timeMs - 96 * 900_000))]),
      "TABLE_ENTRY",
      "d.csv:2",
    ],
    ["an ATR of 0", () => put("d.csv", [header.join(","), having("atr", "0")]), "TABLE_ATR", "d.csv:2"],
    [
      "no snapshot with a trend",
      () => put("d.csv", [header.join(","), having("trend_4h", "震荡")]),
      "TABLE_EMPTY",
      "snapshots",
    ],
  ])("are refused with %s, by file and line", async (_, make, code, where) => {
    make();
    const error = await errorOf(read());
    expect(error.code).toBe(code);
    expect(error.details.where).toContain(where);
  });

  it("name the file of a line of a later day, and both places of a contradiction", async () => {
    put("2025-01-01.csv", [header.join(","), good.join(",")]);
    put("2025-01-02.csv", [header.join(","), "", having("rsi_14", "x")]);
    expect((await errorOf(read())).details.where).toContain("2025-01-02.csv:3, rsi_14");
    put("2025-01-02.csv", [header.join(","), good.join(","), having("rsi_14", "1")]);
    const error = await errorOf(read());
    expect(error.code).toBe("TABLE_CONTRADICTION");
    expect(error.details.where).toContain("2025-01-02.csv:3");
    expect(error.details.found).toContain("2025-01-01.csv:2");
  });

  it("drop and count invalid ones if that is asked for", async () => {
    put("a.csv", [
      header.join(","),
      good.join(","),
      having("close", "0"),
      having("trend_4h", "up"),
      good.slice(1).join(","),
    ]);
    const table = await read({ lenient: true });
    expect(table.count).toBe(1);
    expect(said).toContainEqual(["SNAPSHOTS_DROPPED", "3 of 4 snapshots dropped: invalid values"]);
  });

  it("may lack what is not needed: empty cells, and the ATR of the candles", async () => {
    const names = header.slice(0, 8);
    put("a.csv", [names.join(","), good.slice(0, 8).join(",")]);
    const table = await read();
    expect(table.atr[0]).toBeGreaterThan(0);
    const of = (name: string) => table.features[table.featureNames.indexOf(name)]![0];
    expect(of("rsi_14")).toBeNaN();
    expect(of("volume_surge")).toBeNaN();
    expect(of("indicator_consensus")).toBe(0);
    expect(table.types).toEqual(["scalping"]);
  });

  it("are read as the older system kept them: of its own 300, all whose prices are whole", async () => {
    const { cases } = heldJson<{ cases: { snapshot: Record<string, unknown> }[] }>("older-system/signal_score.json");
    const names = [...new Set(cases.flatMap(({ snapshot }) => Object.keys(snapshot)))];
    const columns = snapshotColumns(["symbol", "time", ...names], "d.csv");
    const counts = { long: 0, short: 0, none: 0, refused: 0 };
    for (const { snapshot } of cases) {
      const cells = new TextCells(["X", "1", ...names.map((name) => String(snapshot[name] ?? ""))]);
      const [open, high, low, close] = ["open", "high", "low", "close"].map((name) => Number(snapshot[name] ?? 0));
      // One of them has a word for its ATR.
      const isWhole =
        snapshot["atr"] !== "x" && low! > 0 && Math.min(open!, close!) >= low! && Math.max(open!, close!) <= high!;
      const convert = () => signalCells({ cells, columns, path: "d.csv", line: 2 }, 1);
      if (!isWhole) {
        expect(convert).toThrow(InputError);
        counts.refused++;
        continue;
      }
      const word = String(snapshot["trend_4h"] ?? "");
      const side = word.includes("多头") ? "long" : word.includes("空头") ? "short" : "none";
      expect(convert()?.[2] ?? "none").toBe(side);
      counts[side]++;
    }
    for (const count of [counts.long, counts.short]) expect(count).toBeGreaterThan(20);
    expect(counts.refused).toBeLessThan(100);
  });

  it("are read or refused with a reason, whatever their bytes are", async () => {
    const random = randomFrom(7);
    const clean = `${[header.join(","), ...[...written(370)].map(({ cells }) => cells.map(text).join(","))].join("\n")}\n`;
    const pieces = [",", "\n", '"', "多头", "-", "e9", "nan", "\0", "10:15", "2025-01-01", "9", " ", "\ufeff", "\r"];
    let refused = 0;
    for (let round = 0; round < 300; round++) {
      let bytes = clean;
      for (let k = 0; k < 1 + (round % 3); k++) {
        const at = Math.floor(random() * bytes.length);
        const piece = pieces[Math.floor(random() * pieces.length)]!;
        bytes = bytes.slice(0, at) + piece + bytes.slice(at + Math.floor(random() * 4));
      }
      writeFileSync(join(dir, "d.csv"), bytes);
      const lenient = round % 2 === 0;
      const result = await read({ lenient }).catch((error: unknown) => error);
      if (!(result instanceof Error)) continue;
      refused++;
      expect(result).toBeInstanceOf(InputError);
      expect((result as InputError).details.where).toContain("snapshots");
    }
    expect(refused).toBeGreaterThan(30);
  });

  it("are what simulate reads where its opportunities are a folder, and optimize as snapshots", async () => {
    writeDays(37);
    const paramsFile = join(dir, "..", "set.json");
    writeFileSync(paramsFile, '{"min_signal_score": 60, "atr_tp_multiplier": 3, "max_holding_hours": 12}');
    const candles = fileURLToPath(heldMarket.candles);
    const result = await simulate({ candles, opportunities: dir, paramsFile, type: "swing" });
    expect(result.metrics.n).toBeGreaterThan(0);
    expect(result.warnings.map(({ code }) => code)).toContain("SNAPSHOT_COLUMNS");
    expect(() => checkRequest("optimize", { candles, snapshots: dir, signals: "s.csv" })).toThrow(InputError);
    expect(checkRequest("optimize", { candles, snapshots: dir })).toEqual({ candles, snapshots: dir });
  });
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openTimeMs } from "../../src/candles/candles.ts";
import { syntheticMarket } from "../../src/candles/synthetic.ts";
import { InputError } from "../../src/errors.ts";
import {
  candlesFrom,
  createMarket,
  type Market,
  type OhlcvRow,
  type OpportunityRow,
  optimize,
  plan,
  readMarket,
  rehearse,
  scan,
  search,
  simulate,
  validate,
} from "../../src/index.ts";
import { csvRowsOf, heldMarket } from "../support/referenceData.ts";

const timeframeMs = 900_000;
const nowMs = Date.UTC(2026, 0, 1);
const folder = mkdtempSync(join(tmpdir(), "sluice-values-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string): string => join(folder, name);
const file = (name: string, content: unknown): string => {
  writeFileSync(at(name), JSON.stringify(content));
  return at(name);
};

const candles = syntheticMarket({
  seed: 5,
  symbols: ["AAAUSDT", "BBBUSDT", "CCCUSDT"],
  days: 60,
  timeframeMs,
  endTimeMs: nowMs,
});
const scanned = { candles, minProfit: 0.03, nowMs } as const;
const rules = { ...scanned, minTrades: 5, threads: 1 } as const;
const space = {
  scalping: { min_signal_score: [30, 50], atr_tp_multiplier: { from: 1, to: 3, step: 1 }, atr_stop_multiplier: [1, 2] },
  swing: { min_signal_score: [30, 50], atr_tp_multiplier: [1, 2], max_holding_hours: [6, 12] },
};
const params = { min_signal_score: 40, atr_tp_multiplier: 2, atr_stop_multiplier: 1.5, max_holding_hours: 12 };
const current = { scalping: { ...params, min_signal_score: 30 }, swing: { ...params, atr_tp_multiplier: 1 } };
const suggestions = [{ atr_tp_multiplier: 3, atr_stop_multiplier: 1, max_holding_hours: 8 }];

/** A result without what depends on the clock and on where its inputs were. */
const plain = (result: object): string =>
  JSON.stringify(result, (key, value) =>
    ["engine", "memory", "milliseconds", "expected", "warnings", "config", "configs"].includes(key) ? undefined : value,
  );
const refusal = async (work: Promise<unknown>): Promise<readonly [string, string | undefined]> => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(InputError);
  const { code, details } = error as InputError;
  return [code, details.where];
};

let rows: readonly OpportunityRow[] = [];
let opportunities: readonly OpportunityRow[] = [];
beforeAll(async () => {
  await scan({ ...scanned, out: at("opportunities.csv") });
  rows = (await scan(scanned)).rows;
  opportunities = rows;
});

describe("a scan without a file", () => {
  it("gives the rows that a file has, and says the same of them", async () => {
    const written = await scan({ ...scanned, out: at("again.csv") });
    const found = await scan(scanned);
    expect([written.file, found.file, "rows" in written]).toEqual([at("again.csv"), null, false]);
    expect(plain({ ...found, file: 0, rows: 0 })).toBe(plain({ ...written, file: 0, rows: 0 }));
    const lines = csvRowsOf(new URL(`file://${at("again.csv")}`));
    const texts = found.rows.map((row) =>
      Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === null ? "" : String(value)])),
    );
    expect(texts.length).toBeGreaterThan(500);
    expect(texts).toEqual(lines);
  });

  it("gives the same rows on the caller's thread, and many of them", async () => {
    expect((await scan(scanned, { thread: "caller" })).rows).toEqual(rows);
  });

  it("finds nothing in a market without opportunities, and says so", async () => {
    const { rows: none, opportunities: count } = await scan({ ...scanned, days: 3 });
    expect([none, count]).toEqual([[], 0]);
  });
});

describe("values in place of files", () => {
  it("give a search and a plan the same result and fingerprint", async () => {
    const named = { ...rules, type: "swing", top: 5 };
    const files = { opportunities: at("opportunities.csv"), spaceFile: file("space.json", space) };
    const ofFiles = await search({ ...named, ...files });
    const ofValues = await search({ ...named, opportunities, space });
    expect(plain(ofValues)).toBe(plain(ofFiles));
    expect(plain(await search({ ...named, opportunities: files.opportunities, space: files.spaceFile }))).toBe(
      plain(ofFiles),
    );
    expect(plain(await plan({ ...named, opportunities, space }))).toBe(plain(await plan({ ...named, ...files })));
  });

  it("give a simulation the same, and every trade that a file of trades has", async () => {
    const named = scanned;
    const ofFiles = await simulate({
      ...named,
      opportunities: at("opportunities.csv"),
      paramsFile: file("params.json", params),
      tradesFile: at("trades.csv"),
    });
    const ofValues = await simulate({ ...named, opportunities, params });
    expect(plain({ ...ofValues, saved: 0 })).toBe(plain({ ...ofFiles, saved: 0 }));
    const lines = csvRowsOf(new URL(`file://${at("trades.csv")}`));
    const texts = ofValues.trades.map((trade) =>
      Object.fromEntries(Object.entries(trade).map(([name, value]) => [name, String(value)])),
    );
    expect(texts.length).toBe(ofValues.metrics.n);
    expect(texts).toEqual(lines);
  });

  it("give a validation the same, with current parameters by type or for all", async () => {
    const named = { ...rules, type: "swing" };
    const ofFiles = await validate({
      ...named,
      opportunities: at("opportunities.csv"),
      paramsFile: file("params.json", params),
      currentFile: file("current.json", current.swing),
      spaceFile: file("space.json", space),
    });
    const given = { ...named, opportunities, params, space };
    expect(plain(await validate({ ...given, current }))).toBe(plain(ofFiles));
    expect(plain(await validate({ ...given, current: current.swing }))).toBe(plain(ofFiles));
  });

  it("give a run the same, with current parameters in place of a config", async () => {
    const config = file("bot.json", { scalping_params: current.scalping, swing_params: current.swing });
    const named = { ...rules };
    const ofFiles = await optimize({
      ...named,
      signals: at("opportunities.csv"),
      spaceFile: file("space.json", space),
      suggestFile: file("suggestions.json", suggestions),
      configs: [config],
      dryRun: true,
    });
    const ofValues = await optimize({
      ...named,
      signals: opportunities,
      space,
      suggestions,
      current,
      out: at("report"),
      dryRun: true,
    });
    // The same but for the ledger beside a config, and for what depends on a file.
    expect(ofValues.fingerprint).toBe(ofFiles.fingerprint);
    expect(plain(ofValues.phase2)).toBe(plain(ofFiles.phase2));
    const [a, b] = [ofValues.runs[0]!, ofFiles.runs[0]!];
    expect([a.config, a.saved, a.not_saved]).toEqual([null, null, { code: "NO_CONFIG" }]);
    expect(plain(a.phase3)).toBe(plain(b.phase3));
    expect(plain(a.phase4.types["swing"]!.candidates)).toBe(plain(b.phase4.types["swing"]!.candidates));
    expect(a.diff).toEqual(b.diff);
    expect(a.diff!.tested).toBeGreaterThan(0);
  });

  it("give the same fingerprint to a run without a config", async () => {
    const named = { ...rules };
    const files = { signals: at("opportunities.csv"), spaceFile: file("space.json", space) };
    expect(plain(await optimize({ ...named, signals: opportunities, space }))).toBe(
      plain(await optimize({ ...named, ...files })),
    );
  });

  it("give a rehearsal the same", async () => {
    const named = { ...rules, everyMs: 10 * 86_400_000, windowMs: 30 * 86_400_000 };
    const config = file("bot.json", { scalping_params: current.scalping, swing_params: current.swing });
    const files = { signals: at("opportunities.csv"), spaceFile: file("space.json", space), config };
    expect(plain(await rehearse({ ...named, signals: opportunities, space, current }))).toBe(
      plain(await rehearse({ ...named, ...files })),
    );
  });
});

describe("candles in place of a folder", () => {
  const path = heldMarket.candles.pathname;
  const request = { opportunities: new URL("opportunities.csv", heldMarket.path).pathname, params, nowMs };
  const rowsIn = (read: Market, symbol: string): OhlcvRow[] => {
    const series = read.bySymbol.get(symbol)!;
    const { open, high, low, close, volume } = series;
    return Array.from({ length: series.count }, (_, k) => [
      openTimeMs(series, k),
      open[k]!,
      high[k]!,
      low[k]!,
      close[k]!,
      volume[k]!,
    ]);
  };

  it("give the same result and fingerprint: a market that was read, rows, columns, and a snapshot", async () => {
    const ofFolder = plain(await simulate({ ...request, candles: path }));
    const read = await readMarket(path, { nowMs });
    const built = createMarket({ timeframe: "15m", now: nowMs, keepDays: 1_000 });
    for (const symbol of read.bySymbol.keys()) built.push(symbol, rowsIn(read, symbol));
    const series = [...read.bySymbol.keys()].map((symbol) =>
      candlesFrom(symbol, "15m", rowsIn(read, symbol), { now: nowMs }),
    );
    const arrays = series.map(({ open, high, low, close, volume, ...rest }) => ({
      ...rest,
      ...{ open: [...open], high: [...high], low: [...low], close: [...close], volume: [...volume] },
    }));
    for (const given of [read, [...read.bySymbol.values()], series, arrays, built.snapshot()])
      for (const thread of ["own", "caller"] as const)
        expect(plain(await simulate({ ...request, candles: given }, { thread }))).toBe(ofFolder);
  });

  it("bring their timeframe, and a market that goes on is not what a call was given", async () => {
    const hour = 3_600_000;
    const built = createMarket({ timeframe: "1h", now: nowMs });
    const at = (k: number): OhlcvRow => [nowMs - (1_000 - k) * hour, 100 + k, 101 + k, 99 + k, 100.5 + k, 5];
    built.push(
      "AAA",
      Array.from({ length: 900 }, (_, k) => at(k)),
    );
    const call = scan({ candles: built.snapshot(), nowMs });
    for (let k = 900; k < 1_000; k++) built.push("AAA", at(k));
    built.push("AAA", [nowMs - 990 * hour, 1, 1, 1, 1, 1]);
    const { phase1 } = await call;
    expect([phase1.candles, phase1.breaks]).toEqual([900, []]);
    expect((await scan({ candles: built.snapshot(), nowMs })).phase1).toMatchObject({
      candles: 1_000,
      breaks: [{}, {}],
    });
  });

  it("are refused with the place in the value", async () => {
    const [one, two] = candles;
    const close = Float64Array.from(two!.close);
    close[17] = Number.NaN;
    for (const thread of ["own", "caller"] as const)
      expect(await refusal(scan({ candles: [one!, { ...two!, close }], nowMs }, { thread }))).toEqual([
        "CANDLE_PRICE",
        "candles[1].close[17], BBBUSDT",
      ]);
    const texts = [...two!.close.slice(0, -1), "x"] as number[];
    expect(await refusal(scan({ candles: { ...two!, close: texts }, nowMs }))).toEqual([
      "CANDLE_PRICE",
      `candles[0].close[${texts.length - 1}], BBBUSDT`,
    ]);
  });
});

describe("a wrong value", () => {
  const searched = { ...rules, type: "swing" };
  const of = (changes: object) => search({ ...searched, opportunities, space, ...changes });

  it.each<[object, string, string]>([
    [{ space: { swing: { min_signal_score: [30, Number.NaN] } } }, "SPACE_VALUE", "space.swing.min_signal_score[1]"],
    [{ space: { swing: { min_signal_score: [30, 30] } } }, "SPACE_DUPLICATE", "space.swing.min_signal_score[1]"],
    [{ space: { swing: { min_luck: [30] } } }, "SPACE_UNKNOWN", "space.swing"],
    [{ space: { swing: { min_signal_score: [] } } }, "SPACE_LIST", "space.swing.min_signal_score"],
    [{ space: { swing: { min_signal_score: { from: 1, to: 2 } } } }, "SPACE_RANGE", "space.swing.min_signal_score"],
    [{ space: { scalping: { min_signal_score: [1] } } }, "SPACE_TYPES", "space"],
    [{ space: { swing: { "min odd": [1] } } }, "SPACE_UNKNOWN", "space.swing"],
    [{ space: { swing: { min_signal_score: [() => 1] } } }, "REQUEST_OPTION", "space.swing.min_signal_score[0]"],
    [{ space: { swing: { min_signal_score: [1n] } } }, "REQUEST_OPTION", "space.swing.min_signal_score[0]"],
    [{ space: [] }, "REQUEST_OPTION", "space"],
    [{ spaceFile: "x" }, "REQUEST_OPTION", "space"],
    [{ opportunities: [] }, "TABLE_EMPTY", "opportunities"],
    [{ opportunities: [{ symbol: "AAAUSDT" }] }, "TABLE_HEADER", "opportunities"],
    [{ opportunities: [7] }, "REQUEST_OPTION", "opportunities"],
  ])("is refused by its place: %o", async (changes, code, where) => {
    expect(await refusal(of(changes))).toEqual([code, where]);
  });

  it.each<[object, string, string]>([
    [{ symbol: "ZZZ" }, "TABLE_SYMBOL", "opportunities[600].symbol"],
    [{ timestamp: "noon" }, "TABLE_TIMESTAMP", "opportunities[600].timestamp"],
    [{ timestamp: nowMs + timeframeMs }, "TABLE_TIMESTAMP", "opportunities[600].timestamp"],
    [{ direction: "up" }, "TABLE_DIRECTION", "opportunities[600].direction"],
    [{ entry: 1e9 }, "TABLE_ENTRY", "opportunities[600].entry"],
    [{ signal_score: "high" }, "TABLE_FEATURE", "opportunities[600].signal_score"],
    [{ signal_score: Number.NaN }, "TABLE_FEATURE", "opportunities[600].signal_score"],
    [{ signal_score: [1] }, "TABLE_SHAPE", "opportunities[600].signal_score"],
    [{ signal_score: 1n }, "TABLE_SHAPE", "opportunities[600].signal_score"],
  ])("is refused by its row and column, among few rows and many: %o", async (changes, code, where) => {
    expect(opportunities.length).toBeGreaterThan(600);
    const many = opportunities.map((row, k) => (k === 600 ? { ...row, ...changes } : row));
    expect(await refusal(of({ opportunities: many }))).toEqual([code, where]);
    const few = many.slice(600, 650);
    expect(await refusal(of({ opportunities: few }))).toEqual([code, where.replace("600", "0")]);
  });

  it("names what is wrong in sets", async () => {
    const set = { ...scanned, opportunities };
    expect(await refusal(simulate({ ...set, params: { atr_tp_multiplier: -1 } }))).toEqual([
      "SPACE_VALUE",
      "params.atr_tp_multiplier",
    ]);
    expect(await refusal(simulate(set))).toEqual(["REQUEST_OPTION", "params"]);
    const run = { ...rules, signals: opportunities, space };
    expect(await refusal(optimize({ ...run, suggestions: [params, { atr_tp_multiplier: "x" as never }] }))).toEqual([
      "SPACE_VALUE",
      "suggestions[1].atr_tp_multiplier",
    ]);
    expect(await refusal(optimize({ ...run, current: { swing: { atr_tp_multiplier: -1 } } }))).toEqual([
      "SPACE_VALUE",
      "current.swing.atr_tp_multiplier",
    ]);
    expect(await refusal(optimize({ ...run, current, configs: ["x.json"] }))).toEqual(["REQUEST_OPTION", "current"]);
  });

  it("leaves nothing behind", () => {
    expect(readFileSync(at("space.json"), "utf8")).toBe(JSON.stringify(space));
  });
});

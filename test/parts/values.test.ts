import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Candles } from "../../src/candles/candles.ts";
import type { CandlesInMemory } from "../../src/candles/series.ts";
import { candlesFrom, type OhlcvRow, search as searchOf, splitSearch as split } from "../../src/index.ts";
import type { SignalRow } from "../../src/opportunities/signalRow.ts";
import type { Manifest } from "../../src/parts/manifest.ts";
import { mergeParts } from "../../src/parts/merge.ts";
import { runPart } from "../../src/parts/part.ts";
import { splitSearch } from "../../src/parts/split.ts";
import { exactJson, requireSameValues } from "../../src/parts/values.ts";
import { jsonText } from "../../src/report/json.ts";
import type { SearchRequest } from "../../src/run/request.ts";
import { loadSearch, search } from "../../src/run/search.ts";
import { Session } from "../../src/run/session.ts";
import type { SearchResult } from "../../src/search/result.ts";
import { without } from "../support/holes.ts";
import { begunAt, jumpyCandles, randomFrom, startMs } from "../support/random.ts";
import { searchFiles } from "./jobFiles.ts";

let folder = "";
let job = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-values-"));
  job = join(folder, "job");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const timeframeMs = 900_000;
const bars = 300;
const bytesOf = ({ engine: _, ...result }: SearchResult): string => jsonText(result);
const manifest = (): Manifest => JSON.parse(readFileSync(join(job, "manifest.json"), "utf8")) as Manifest;

/** Prices that no short decimal writes, without changing which is higher. */
const awkward = (series: Candles, by: number): Candles => ({
  ...series,
  ...Object.fromEntries(
    (["open", "high", "low", "close", "volume"] as const).map((name) => [
      name,
      series[name].map((price) => price * by),
    ]),
  ),
});
const seriesOf = (symbol: string, seed: number, by = 0.1 + 0.2): Candles =>
  awkward(begunAt(startMs, jumpyCandles(symbol, bars, randomFrom(seed))), by);

/** Signals of some symbols, with cells of every kind. */
function signalsOf(symbols: readonly string[], seed: number, by = 0.1 + 0.2): SignalRow[] {
  const random = randomFrom(seed);
  const seen = new Set<string>();
  return Array.from({ length: 150 }, () => {
    const [symbol, bar] = [symbols[Math.floor(random() * symbols.length)]!, Math.floor(random() * bars)];
    const luck = [-0, null, random() / 3, 5e-324][Math.floor(random() * 4)]!;
    const isNew = seen.size < seen.add(`${symbol} ${bar}`).size;
    const direction: "long" | "short" = random() < 0.5 ? "long" : "short";
    const row = {
      symbol,
      timestamp: startMs + bar * timeframeMs,
      direction,
      type: "dip",
      atr: by,
      luck,
      calm: bar % 2 > 0,
    };
    return isNew ? [row as unknown as SignalRow] : [];
  }).flat();
}

const space = {
  min_luck: [-0, 0.1 + 0.2],
  atr_tp_multiplier: { from: 1, to: 4, step: 1 },
  atr_stop_multiplier: [1, 1 / 3],
  max_holding_hours: [2, 5],
};
const rules = { space, timeframeMs, minTrades: 3, minProfit: 0.02, threads: 1, nowMs: startMs + 1e10 } as const;
type Values = Omit<SearchRequest, "candles" | "opportunities"> & {
  readonly candles: CandlesInMemory | string;
  readonly opportunities: readonly SignalRow[] | string;
};

/** Splits, searches every part and merges; what the search with the values gives stands beside it. */
async function bothWays(values: Values, parts = 3): Promise<readonly [merged: string, whole: string]> {
  await splitSearch({ ...values, parts, out: job, force: true });
  for (let part = 0; part < parts; part++) await runPart({ job, part });
  const whole = await search(values);
  expect(whole.top.length).toBeGreaterThan(0);
  return [bytesOf(await mergeParts({ job })), bytesOf(whole)];
}

describe("a job of values in memory", () => {
  const symbols = ["AAA", "XRP/USDT:USDT"];
  const candles = symbols.map((symbol, k) => seriesOf(symbol, k));
  const opportunities = signalsOf(symbols, 7);

  it.each<[string, Partial<Values>]>([
    ["series and rows", {}],
    ["one series", { candles: candles[0]!, opportunities: signalsOf(["AAA"], 3) }],
    ["a market", { candles: { timeframeMs, bySymbol: new Map(candles.map((each) => [each.symbol, each])) } }],
    ["one of the symbols", { symbols: ["AAA"], opportunities: signalsOf(["AAA"], 4) }],
    [
      "the last two days",
      { days: 2, opportunities: opportunities.filter(({ timestamp }) => Number(timestamp) > startMs + 1.1e8) },
    ],
    ["series without volume", { candles: candles.map((each) => ({ ...each, volume: [] })) }],
    [
      "candles with holes",
      { candles: candles.map((each, k) => without(each, (bar) => (bar * 7 + k) % 19 === 0)), lenient: true },
    ],
  ])("gives the bytes of a search with the same values: %s", async (_, more) => {
    const given = { ...rules, candles, opportunities, ...more };
    if (more.candles && "length" in (more.candles as readonly Candles[])) {
      const there = new Set(
        (more.candles as readonly Candles[]).flatMap((each) =>
          Array.from(
            { length: each.count },
            (__, k) => `${each.symbol} ${startMs + (each.slots?.[k] ?? k) * timeframeMs}`,
          ),
        ),
      );
      given.opportunities = opportunities.filter(({ symbol, timestamp }) => there.has(`${symbol} ${timestamp}`));
    }
    const [merged, whole] = await bothWays(given);
    expect(merged).toBe(whole);
  });

  it("gives them for any prices, to the bit", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), fc.double({ min: 1e-9, max: 1e12, noNaN: true }), async (seed, by) => {
        const given = {
          ...rules,
          minTrades: 1,
          candles: seriesOf("AAA", seed, by),
          opportunities: signalsOf(["AAA"], seed, by),
        };
        const [merged, whole] = await bothWays(given, 2);
        expect(merged).toBe(whole);
      }),
      { numRuns: 15 },
    );
  });

  it("keeps what is known of how the candles came about, which their files do not tell", async () => {
    const { open, high, low, close, volume } = candles[0]!;
    const rows = Array.from(
      { length: bars },
      (_, k): OhlcvRow => [startMs + k * timeframeMs, open[k]!, high[k]!, low[k]!, close[k]!, volume[k]!],
    );
    const twice = candlesFrom("AAA", "15m", [...rows, rows.at(-1)!].reverse());
    const [merged, whole] = await bothWays({ ...rules, candles: twice, opportunities: signalsOf(["AAA"], 5) });
    expect(merged).toBe(whole);
    expect(JSON.parse(merged)).toMatchObject({ candles: { duplicates: 1 } });
    const { fingerprint, inputs_fingerprint } = manifest();
    expect(inputs_fingerprint).toMatch(/^[\da-f]{32}$/);
    expect(inputs_fingerprint).not.toBe(fingerprint);
  });

  it("may hold some values and some files, and is the same job again", async () => {
    const { candles: files, spaceFile: _, opportunities: table, ...more } = searchFiles(folder);
    const values = { ...more, candles: files, opportunities: table, space: { ...space, min_luck: [0, 0.3] } };
    const [merged, whole] = await bothWays(values);
    expect(merged).toBe(whole);
    expect((await splitSearch({ ...values, parts: 3, out: job })).existed).toBe(true);
    expect(manifest()).not.toHaveProperty("inputs_fingerprint");
  });

  it("is split by the library on a thread of its own", async () => {
    const given = { ...rules, candles, opportunities };
    const { fingerprint, input_bytes } = await split({ ...given, parts: 2, out: job });
    expect(input_bytes).toBeGreaterThan(20_000);
    for (const part of [0, 1]) await runPart({ job, part });
    const whole = await searchOf(given);
    expect(bytesOf(await mergeParts({ job }))).toBe(bytesOf(whole));
    expect(fingerprint).toBe(whole.fingerprint);
  });

  it("refuses a symbol that no file name gives back, and nothing else", async () => {
    const named = { ...candles[0]!, symbol: "A/B/C" };
    const refused = splitSearch({
      ...rules,
      candles: named,
      opportunities: signalsOf(["A/B/C"], 1),
      parts: 2,
      out: job,
    });
    await expect(refused).rejects.toMatchObject({
      code: "JOB_CANDLES",
      details: { where: "candles", found: '"A/B/C"' },
    });
  });

  it("names values that read otherwise from their files", async () => {
    const load = (more: Partial<Values>) =>
      loadSearch({ ...rules, candles, opportunities, ...more } as Values, new Session());
    const [given, other] = [
      await load({}),
      await load({ space: { ...space, min_luck: [0.1] }, opportunities: opportunities.slice(1) }),
    ];
    expect(() => requireSameValues(given, given)).not.toThrow();
    expect(() => requireSameValues(given, other)).toThrow(
      expect.objectContaining({
        code: "JOB_CANDLES",
        details: expect.objectContaining({ where: "opportunities, space" }),
      }),
    );
  });
});

describe("a value as JSON", () => {
  it("reads back as the same, -0 included", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(exactJson(value))).toEqual(value);
      }),
    );
    expect(exactJson({ a: [-0, Number.NaN, undefined, 1e21] })).toBe('{"a":[-0,"NaN",null,1e+21]}');
  });
});

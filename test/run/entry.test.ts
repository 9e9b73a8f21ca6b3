import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { barAt, type Candles, type Market, openTimeMs } from "../../src/candles/candles.ts";
import { entryPrice } from "../../src/opportunities/entry.ts";
import { asLabels, type OpportunityTable } from "../../src/opportunities/table.ts";
import { simulateSummary } from "../../src/report/simulateSummary.ts";
import { DaysBetween } from "../../src/run/daysBetween.ts";
import { knownAt } from "../../src/run/knownAt.ts";
import { movedTo } from "../../src/run/movedTo.ts";
import type { Prepared } from "../../src/run/prepare.ts";
import { type SearchRequest, type SimulateRequest, settingsOf } from "../../src/run/request.ts";
import { scan } from "../../src/run/scan.ts";
import { search } from "../../src/run/search.ts";
import { simulate } from "../../src/run/simulate.ts";
import type { SearchResult } from "../../src/search/result.ts";
import { enteredIn, MarketRotations } from "../../src/validation/rotatedMarket.ts";
import { begunAt, holedCase, jumpyCandles, randomFrom, startMs } from "../support/random.ts";
import { heldMarket, marketOf } from "../support/referenceData.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-entry-run-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const bars = 300;
const candles: readonly Candles[] = ["AAA", "BBB"].map((symbol, k) =>
  begunAt(startMs, jumpyCandles(symbol, bars, randomFrom(k))),
);

/** A signal on every third bar of both symbols, the last one's among them; exits of their own where asked for. */
function signals(exitOf: ((bar: number) => number | "") | null = null): string {
  const lines = candles.flatMap((series) =>
    Array.from({ length: bars / 3 }, (_, k) => {
      const bar = 3 * k + 2;
      const row = [series.symbol, openTimeMs(series, bar), k % 2 === 0 ? "long" : "short", 1, (k * 7) % 10];
      return (exitOf ? [...row, exitOf(bar)] : row).join(",");
    }),
  );
  return file("s.csv", `symbol,timestamp,direction,atr,luck${exitOf ? ",exit_time" : ""}\n${lines.join("\n")}\n`);
}

const simulated = (opportunities: string, more: Partial<SimulateRequest> = {}) =>
  simulate({
    candles,
    opportunities,
    paramsFile: file("p.json", JSON.stringify({ atr_tp_multiplier: 2, max_holding_hours: 2 })),
    minProfit: 0.02,
    tradesFile: join(folder, "t.csv"),
    ...more,
  });
const searched = (opportunities: string, more: Partial<SearchRequest> = {}) =>
  search({
    candles,
    opportunities,
    spaceFile: file(
      "space.json",
      JSON.stringify({ min_luck: [0, 5], atr_tp_multiplier: [2, 4], max_holding_hours: [2] }),
    ),
    minTrades: 1,
    minProfit: 0.02,
    ...more,
  });
const figures = ({ engine: _, fingerprint: __, ...result }: SearchResult): unknown => result;

describe("a run that enters at the next open", () => {
  it("trades every signal at the open behind it, and leaves out and counts those on the last candle", async () => {
    const path = signals();
    const atClose = await simulated(path);
    expect(atClose).toMatchObject({ opportunities: 200, left_out: 0 });
    expect("not_entered" in atClose).toBe(false);
    const result = await simulated(path, { entry: "next-open" });
    expect(result).toMatchObject({ opportunities: 198, left_out: 2, not_entered: 2 });
    expect(atClose.warnings.map(({ code }) => code)).not.toContain("NOT_ENTERED");
    expect(result.warnings.map(({ code }) => code)).toContain("NOT_ENTERED");
    expect(simulateSummary(result, { bold: String } as never)).toContain("2 left out without a next candle to enter");
    const [header, ...rows] = readFileSync(join(folder, "t.csv"), "utf8").trim().split("\n");
    const [at, symbol, entry] = ["entry_time", "symbol", "entry"].map((name) => header!.split(",").indexOf(name));
    expect(rows).toHaveLength(result.metrics.n);
    for (const cells of rows.map((row) => row.split(","))) {
      const series = candles.find((one) => one.symbol === cells[symbol!])!;
      const bar = (Number(cells[at!]) - startMs) / 900_000;
      expect(Number(cells[entry!])).toBe(series.open[bar + 1]);
    }
  });

  it("is what a run on signals with those prices is, where they lie within their bars", async () => {
    const [series] = candles as [Candles];
    const inside = [...series.open.keys()].filter(
      (bar) =>
        bar % 3 === 0 &&
        bar + 1 < bars &&
        series.open[bar + 1]! >= series.low[bar]! &&
        series.open[bar + 1]! <= series.high[bar]!,
    );
    expect(inside.length).toBeGreaterThan(20);
    const lines = inside.map((bar) => `AAA,${openTimeMs(series, bar)},long,1,${series.open[bar + 1]},${bar % 10}`);
    const given = file("g.csv", `symbol,timestamp,direction,atr,entry,luck\n${lines.join("\n")}\n`);
    const ruled = await searched(given, { entry: "next-open" });
    expect(figures(ruled)).toEqual(figures(await searched(given)));
    expect(ruled.warnings.map(({ code }) => code)).not.toContain("ENTRY_REPLACED");
  });

  it("counts rows on the last candle among those that do not fit", async () => {
    const path = signals();
    const [close, open] = [await searched(path), await searched(path, { entry: "next-open" })];
    expect([open.opportunities, open.left_out]).toEqual([close.opportunities, close.left_out]);
    expect(open.top[0]!.metrics).not.toEqual(close.top[0]!.metrics);
    expect(open.fingerprint).not.toBe(close.fingerprint);
  });

  it("trades no signal of a night's last candle, whatever opens after it", () => {
    const settings = settingsOf({ entry: "next-open" });
    const { table, labels, market } = holedCase(3, 200, 60);
    const whole: Prepared = { table, labels, market, gates: null, signals: null };
    const known = knownAt(whole, { fromMs: 0, untilMs: 40 * 900_000 }, settings)!;
    const params = { atr_tp_multiplier: 2, max_holding_hours: 1 };
    const span = { night: 0, fromMs: 0, untilMs: Number.POSITIVE_INFINITY };
    const traded = (rules: typeof settings): number[] =>
      known.table.types.flatMap((type) =>
        new DaysBetween(rules, known, span).trades(type, params).map(({ row }) => row),
      );
    const isLast = (row: number): boolean =>
      known.table.bar[row] === known.market.bySymbol.get(known.table.symbols[known.table.symbol[row]!]!)!.count - 1;
    expect(traded(settingsOf({})).filter(isLast).length).toBeGreaterThan(0);
    expect(traded(settings)).toEqual(traded(settingsOf({})).filter((row) => !isLast(row)));
  });
});

describe("a scan that enters at the next open", () => {
  let market: Market;
  beforeAll(() => {
    market = marketOf(heldMarket);
  });
  const scanned = async (of: readonly Candles[], entry?: "next-open") => {
    const out = join(folder, `${entry ?? "close"}.csv`);
    const result = await scan({ candles: of, out, ...(entry && { entry }) });
    return { out, result, rows: readFileSync(out, "utf8").trim().split("\n").slice(1) };
  };

  it("writes what it writes at the close, with the next open as entry and its labels from there", async () => {
    const series = [...market.bySymbol.values()];
    const [close, open] = [await scanned(series), await scanned(series, "next-open")];
    expect(open.rows).toHaveLength(close.rows.length);
    let other = 0;
    for (const [k, row] of open.rows.entries()) {
      const [a, b] = [close.rows[k]!.split(","), row.split(",")];
      const [symbol, time] = [b[0]!, Number(b[1])];
      const of = market.bySymbol.get(symbol)!;
      const bar = barAt(of, time);
      expect(Number(b[4])).toBe(of.open[bar + 1]);
      // All but the entry and the labels.
      expect([...b.slice(0, 4), ...b.slice(5, -5)]).toEqual([...a.slice(0, 4), ...a.slice(5, -5)]);
      if (b[4] !== a[4]) other++;
    }
    expect(other).toBeGreaterThan(10);
  });

  it("leaves out what it finds on the last candle, and says so", async () => {
    const [series] = market.bySymbol.values() as Iterable<Candles> as [Candles];
    const all = await scanned([series]);
    const lastMs = Number(all.rows.at(-1)!.split(",")[1]);
    const count = barAt(series, lastMs) + 1;
    const cut = { ...series, count, slots: series.slots?.slice(0, count) ?? null };
    const { result, rows } = await scanned([cut], "next-open");
    expect(rows).toHaveLength(all.rows.length - 1);
    expect(result.opportunities).toBe(rows.length);
    expect(result.warnings).toContainEqual({
      code: "NOT_ENTERED",
      message: expect.stringMatching(/^1 opportunity is left out: --entry next-open /),
    });
  });

  it("is read back by runs that enter so, without a word, and searches what a scan at the close gives them", async () => {
    const series = [...market.bySymbol.values()];
    const [close, open] = [await scanned(series), await scanned(series, "next-open")];
    const request = { candles: series, type: "swing", entry: "next-open" } as const;
    const spaceFile = file("s.json", JSON.stringify({ min_signal_score: [40, 60], atr_tp_multiplier: [1, 2] }));
    const again = await search({ ...request, spaceFile, opportunities: open.out });
    const fromClose = await search({ ...request, spaceFile, opportunities: close.out });
    expect(again.warnings.map(({ code }) => code)).not.toContain("ENTRY_REPLACED");
    expect(fromClose.warnings.map(({ code }) => code)).toContain("ENTRY_REPLACED");
    const { warnings: _, ...rest } = figures(again) as SearchResult;
    expect(figures(fromClose)).toMatchObject(rest);
  });
});

describe("signals over another market", () => {
  const withExits = (table: OpportunityTable): OpportunityTable => ({
    ...table,
    exitBars: table.bar.map((_, row) => (row % 3 === 0 ? 0 : 1 + row)),
  });

  it("enter at its own next open, and keep their exits at the same distance", () => {
    const { table: all, market } = holedCase(5, 60, 200);
    const table = withExits(all);
    const rotated = new MarketRotations(market, { fromMs: 0, toMs: 200 * 900_000 }).by(70);
    const [open, close] = (["next-open", "signal-close"] as const).map((rule) =>
      enteredIn(table, market, rotated, rule),
    ) as [OpportunityTable, OpportunityTable];
    for (let row = 0; row < table.count; row++) {
      const of = rotated.bySymbol.get(table.symbols[table.symbol[row]!]!)!;
      expect(open.entry[row]).toBe(entryPrice(of, table.bar[row]!, "next-open"));
    }
    expect(close.entry).not.toEqual(open.entry);
    expect(open.atr).toEqual(close.atr);
    for (const moved of [open, close]) expect(moved.exitBars).toBe(table.exitBars);
  });

  it("do so where some of their candles are missing there", () => {
    const { table: all, market, labels } = holedCase(6, 60, 200);
    const { market: other } = holedCase(7, 60, 200);
    const table = withExits(all);
    const prepared: Prepared = { market, table, labels: asLabels(labels), gates: null, signals: null };
    const moved = movedTo(prepared, other, settingsOf({ entry: "next-open" })).table;
    expect(moved.count).toBeGreaterThan(10);
    expect(moved.count).toBeLessThan(table.count);
    const keyOf = (of: OpportunityTable, row: number): string =>
      [of.symbol[row], of.timestampMs[row], of.direction[row], of.type[row], of.features[0]![row]].join();
    const exits = new Map([...table.bar.keys()].map((row) => [keyOf(table, row), table.exitBars![row]!]));
    for (let row = 0; row < moved.count; row++) {
      const series = other.bySymbol.get(moved.symbols[moved.symbol[row]!]!)!;
      expect(moved.entry[row]).toBe(entryPrice(series, moved.bar[row]!, "next-open"));
      expect(moved.exitBars![row]).toBe(exits.get(keyOf(moved, row)));
    }
  });
});

describe("signals with exits of their own", () => {
  it("give the same results where nothing uses them, and say nothing", async () => {
    const plain = await searched(signals());
    const exiting = await searched(signals((bar) => (bar % 2 === 0 ? startMs + (bar + 4) * 900_000 : "")));
    expect(figures(exiting)).toEqual(figures(plain));
    expect(exiting.warnings).toEqual(plain.warnings);
    expect(exiting.fingerprint).not.toBe(plain.fingerprint);
  });
});

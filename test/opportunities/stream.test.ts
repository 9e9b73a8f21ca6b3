import { describe, expect, it } from "vitest";
import { type Candles, openTimeMs } from "../../src/candles/candles.ts";
import type { OhlcvRow } from "../../src/candles/ohlcv.ts";
import { readMarket } from "../../src/candles/read.ts";
import { marketOfSeries } from "../../src/candles/series.ts";
import { indicatorsOf } from "../../src/opportunities/indicators.ts";
import { rowObjects } from "../../src/opportunities/rowObjects.ts";
import { scanMarket } from "../../src/opportunities/scan.ts";
import { ExponentialAverage } from "../../src/opportunities/stream/averages.ts";
import { HigherStream } from "../../src/opportunities/stream/higher.ts";
import { MarketBuffer, type MarketRules } from "../../src/opportunities/stream/marketBuffer.ts";
import { MacdHistogram, RelativeStrength, TrueRange } from "../../src/opportunities/stream/oscillators.ts";
import { higherTimeframe } from "../../src/opportunities/timeframes.ts";
import { without } from "../support/holes.ts";
import { randomFrom } from "../support/random.ts";
import { describeReference, heldMarket, marketOf } from "../support/referenceData.ts";
import { driftingCandles } from "./walks.ts";

const dayMs = 86_400_000;
const startMs = Date.UTC(2025, 0, 6, 7, 45);
const rules = (changes: Partial<MarketRules> = {}): MarketRules => ({
  timeframeMs: 900_000,
  keepMs: 3_650 * dayMs,
  lenient: false,
  breakRatio: 8,
  now: () => Date.UTC(2030, 0, 1),
  ...changes,
});

/** Candles of a random market from a real date on. */
const drifting = (count: number, seed: number, symbol = "AAA", timeframeMs = 900_000): Candles => ({
  ...driftingCandles(count, randomFrom(seed), symbol, timeframeMs),
  firstOpenTimeMs: startMs,
});
const rowsOf = (candles: Candles): OhlcvRow[] =>
  Array.from({ length: candles.count }, (_, k) => [
    openTimeMs(candles, k),
    candles.open[k]!,
    candles.high[k]!,
    candles.low[k]!,
    candles.close[k]!,
    candles.volume[k]!,
  ]);
/** Opportunities of a whole scan, as text: to the bit. */
const scannedText = async (all: readonly Candles[]): Promise<string> =>
  JSON.stringify(rowObjects((await scanMarket(all)).table));
const textOf = (market: MarketBuffer): string => JSON.stringify(market.opportunities());
/** The same candles as a market would read them: holes and breaks found. */
const asRead = (rows: readonly OhlcvRow[], symbol = "AAA", timeframeMs = 900_000): Candles => {
  const column = (k: number): number[] => rows.map((row) => row[k]!);
  const columns = { open: column(1), high: column(2), low: column(3), close: column(4), volume: column(5) };
  const series = { symbol, times: column(0), ...columns };
  const options = { timeframeMs, lenient: false, nowMs: Date.UTC(2030, 0, 1) };
  return marketOfSeries([series], options).bySymbol.get(symbol)!;
};

describe("values that are kept from candle to candle", () => {
  const candles = drifting(3_000, 5);
  const { high, low, close } = candles;

  it("are those of a whole series, to the bit", () => {
    const [ema20, ema50] = [new ExponentialAverage(20), new ExponentialAverage(50)];
    const [rsi, macd, range] = [new RelativeStrength(), new MacdHistogram(), new TrueRange()];
    const whole = indicatorsOf(candles);
    for (let bar = 0; bar < candles.count; bar++) {
      ema20.add(close[bar]!);
      ema50.add(close[bar]!);
      rsi.add(close[bar]!);
      macd.add(close[bar]!);
      range.add(high[bar]!, low[bar]!, close[bar]!);
      const kept = [ema20.warm, ema50.warm, rsi.value, macd.value, range.value];
      const { rsi14, macdHistogram, atr14 } = whole;
      expect(kept).toEqual([whole.ema20, whole.ema50, rsi14, macdHistogram, atr14].map((column) => column[bar]));
    }
  });

  it("of higher timeframes, too, with candles missing", () => {
    const thin = without(candles, (bar) => bar % 7 === 3 || (bar > 800 && bar < 900));
    for (const hours of [1, 4]) {
      const whole = higherTimeframe(thin, hours);
      const stream = new HigherStream(4 * hours);
      for (let bar = 0; bar < thin.count; bar++) {
        stream.add(Math.floor(openTimeMs(thin, bar) / 900_000), thin.close[bar]!);
        expect([stream.closedBars, stream.trend, stream.distance]).toEqual([
          whole.closedBars[bar],
          whole.trend[bar],
          whole.emaDistance[bar],
        ]);
      }
    }
  });

  it("go on from a copy as from the original", () => {
    const rsi = new RelativeStrength();
    for (const value of close.subarray(0, 100)) rsi.add(value);
    const copy = rsi.copy();
    for (const value of close.subarray(100, 200)) rsi.add(value);
    for (const value of close.subarray(100, 200)) copy.add(value);
    expect(copy.value).toBe(rsi.value);
  });
});

describe("a market pushed candle by candle", () => {
  it("has the opportunities of a scan of all at once, and each as soon as its candle is there", async () => {
    const all = [drifting(5_000, 11), drifting(4_800, 12, "BBB")];
    const market = new MarketBuffer(rules());
    const seen: unknown[] = [];
    for (const candles of all)
      for (const row of rowsOf(candles)) {
        market.push(candles.symbol, [row]);
        const { opportunity, refused, time } = market.features(candles.symbol)!;
        expect(time).toBe(row[0]);
        expect(opportunity === null).toBe(refused !== null);
        if (opportunity) seen.push(opportunity);
      }
    const scanned = await scannedText(all);
    expect(seen.length).toBeGreaterThan(100);
    expect(textOf(market)).toBe(scanned);
    const byPush = [...(seen as { symbol: string; timestamp: number }[])].sort(
      (a, b) => a.timestamp - b.timestamp || (a.symbol < b.symbol ? -1 : 1),
    );
    expect(JSON.stringify(byPush)).toBe(scanned);
  });

  it.each([
    ["single candles and runs of them missing", 21, (bar: number) => bar % 50 === 7 || (bar > 3_000 && bar < 3_030)],
    ["nights missing", 22, (bar: number) => bar % 96 > 70],
    ["a day missing, and the unit changing behind it", 23, (bar: number) => bar > 3_900 && bar < 4_010],
  ])("has them with %s", async (_, seed, isMissing) => {
    const unit = (time: number): number => (seed === 23 && time >= startMs + 4_010 * 900_000 ? 10 : 1);
    const rows = rowsOf(drifting(9_000, seed))
      .filter((__, bar) => !isMissing(bar))
      .map(([time, open, high, low, close, volume]): OhlcvRow => {
        const by = unit(time!);
        return [time, open! * by, high! * by, low! * by, close! * by, volume];
      });
    const market = new MarketBuffer(rules());
    for (let k = 0; k < rows.length; k++) {
      market.push("AAA", [rows[k]!]);
      if (k % 97 === 0) market.features("AAA");
    }
    const candles = asRead(rows);
    if (seed === 23) expect(candles.breaks).toHaveLength(1);
    expect(JSON.parse(textOf(market)).length).toBeGreaterThan(50);
    expect(textOf(market)).toBe(await scannedText([candles]));
  });

  it.each([60_000, 300_000, 3_600_000])("has them with candles of %d ms", async (timeframeMs) => {
    const candles = drifting(timeframeMs === 60_000 ? 40_000 : 12_000, 31, "AAA", timeframeMs);
    const whole = { ...candles, firstOpenTimeMs: Math.floor(startMs / timeframeMs) * timeframeMs };
    const market = new MarketBuffer(rules({ timeframeMs }));
    const rows = rowsOf(whole);
    for (let k = 0; k < rows.length; k += 500) {
      market.push("AAA", rows.slice(k, k + 500));
      market.features("AAA");
    }
    expect(JSON.parse(textOf(market)).length).toBeGreaterThan(10);
    expect(textOf(market)).toBe(await scannedText([whole]));
  });

  it("has them after corrections, wherever these are, and candles that come late", async () => {
    const random = randomFrom(41);
    const rows = rowsOf(drifting(6_000, 41));
    const market = new MarketBuffer(rules());
    const late = new Set(Array.from({ length: 40 }, () => Math.floor(random() * 5_990)));
    for (let k = 0; k < rows.length; k++) {
      if (!late.has(k)) market.push("AAA", [rows[k]!]);
      if (k % 500 === 499) {
        const at = Math.floor(random() * k);
        const [time, open, high, low, close, volume] = rows[at]!;
        rows[at] = [time, open, high! * 1.001, low, close, volume! * 2];
        if (!late.has(at)) expect(market.push("AAA", [rows[at]!])).toMatchObject({ added: 0, replaced: 1 });
        market.features("AAA");
      }
    }
    for (const at of late) expect(market.push("AAA", [rows[at]!])).toMatchObject({ added: 1 });
    expect(textOf(market)).toBe(await scannedText([asRead(rows)]));
  });

  it("has them after two corrections without a question between them, the second 400 candles before the first", async () => {
    const rows = rowsOf(drifting(3_000, 42));
    const market = new MarketBuffer(rules());
    market.push("AAA", rows);
    market.features("AAA");
    for (const at of [2_900, 2_500]) {
      const [time, open, high, low, close, volume] = rows[at]!;
      rows[at] = [time, open, high! * 1.01, low, close, volume];
      expect(market.push("AAA", [rows[at]!])).toMatchObject({ replaced: 1 });
    }
    const scanned = await scannedText([asRead(rows)]);
    const between = (JSON.parse(scanned) as { timestamp: number }[]).filter(
      ({ timestamp }) => timestamp > rows[2_500]![0]! && timestamp < rows[2_900]![0]!,
    );
    expect(between.length).toBeGreaterThan(3);
    expect(textOf(market)).toBe(scanned);
  });

  it("says why a candle has no opportunity, as the scan counts it", () => {
    const candles = drifting(4_000, 51);
    const market = new MarketBuffer(rules());
    const counts: Record<string, number> = {};
    for (const row of rowsOf(without(candles, (bar) => bar > 3_500 && bar < 3_520))) {
      market.push("AAA", [row]);
      const { refused } = market.features("AAA")!;
      counts[refused ?? "none"] = (counts[refused ?? "none"] ?? 0) + 1;
    }
    expect(counts["after_hole"]).toBe(20);
    // 150 bars of 4 h, of which the first begins a quarter of an hour after the first candle.
    expect(counts["warming"]).toBe(1 + 150 * 16 - 1);
    expect(counts["trend"]).toBeGreaterThan(0);
  });
});

describe("a market in a rolling window", () => {
  it("has the opportunities that a scan of everything has in the window, and no candles before it", async () => {
    const candles = drifting(20_000, 61);
    const rows = rowsOf(candles);
    const market = new MarketBuffer(rules({ keepMs: 40 * dayMs }));
    market.push("AAA", rows.slice(0, 3_000));
    market.features("AAA");
    for (let k = 3_000; k < rows.length; k += 16) market.push("AAA", rows.slice(k, k + 16));
    const shown = market.snapshot().bySymbol.get("AAA")!;
    expect([shown.count, openTimeMs(shown, 0)]).toEqual([40 * 96, rows.at(-1)![0]! - (40 * 96 - 1) * 900_000]);
    const fromMs = openTimeMs(shown, 0);
    const whole = JSON.parse(await scannedText([candles])) as { timestamp: number }[];
    const inWindow = whole.filter(({ timestamp }) => timestamp >= fromMs);
    expect(inWindow.length).toBeGreaterThan(50);
    expect(textOf(market)).toBe(JSON.stringify(inWindow));
    // A correction in the window does not need what is gone.
    const at = rows.length - 38 * 96;
    const [time, open, high, low, close, volume] = rows[at]!;
    rows[at] = [time, open, high! * 1.002, low, close, volume];
    market.push("AAA", [rows[at]!]);
    const corrected = JSON.parse(await scannedText([asRead(rows)])) as { timestamp: number }[];
    expect(textOf(market)).toBe(JSON.stringify(corrected.filter(({ timestamp }) => timestamp >= fromMs)));
  });

  it("has none in the 20 candles after a hole that has left it, as a scan of everything", async () => {
    const keepDays = 40;
    const rows = rowsOf(drifting(12_000, 73)).filter((_, bar) => bar < 8_100 || bar >= 8_130);
    const fromMs = rows[8_105]![0]!;
    const upTo = rows.findIndex(([time]) => time === fromMs + keepDays * dayMs - 900_000);
    const market = new MarketBuffer(rules({ keepMs: keepDays * dayMs }));
    for (let k = 0; k <= upTo; k += 16) {
      market.push("AAA", rows.slice(k, Math.min(k + 16, upTo + 1)));
      market.features("AAA");
    }
    expect(openTimeMs(market.snapshot().bySymbol.get("AAA")!, 0)).toBe(fromMs);
    const whole = JSON.parse(await scannedText([asRead(rows.slice(0, upTo + 1))])) as { timestamp: number }[];
    expect(textOf(market)).toBe(JSON.stringify(whole.filter(({ timestamp }) => timestamp >= fromMs)));
  });

  it("holds a bounded number of bytes, however long it runs", () => {
    const rows = rowsOf(drifting(30_000, 62));
    const market = new MarketBuffer(rules({ keepMs: 20 * dayMs }));
    let most = 0;
    for (let k = 0; k < rows.length; k += 96) {
      market.push("AAA", rows.slice(k, k + 96));
      most = Math.max(most, market.bytes);
    }
    expect(most).toBeLessThanOrEqual(52 * (1.125 * (20 + 7 + 1) * 96 + 256));
  });

  it("forgets a symbol that has had no candle in it", () => {
    const market = new MarketBuffer(rules({ keepMs: 10 * dayMs }));
    market.push("OLD", rowsOf(drifting(100, 63)));
    const rows = rowsOf(drifting(2_000, 64));
    expect(market.push("AAA", rows)).toMatchObject({ added: 960, outside: 1_040 });
    expect([...market.snapshot().bySymbol.keys()]).toEqual(["AAA"]);
    expect(market.features("OLD")).toBeNull();
  });
});

describe("the held market", () => {
  it("pushed candle by candle has the opportunities of a scan of all at once", async () => {
    const { bySymbol } = marketOf(heldMarket);
    const market = new MarketBuffer(rules());
    for (const [symbol, candles] of bySymbol)
      for (const row of rowsOf(candles)) {
        market.push(symbol, [row]);
        market.features(symbol);
      }
    const scanned = await scannedText([...bySymbol.values()]);
    expect(JSON.parse(scanned).length).toBeGreaterThan(100);
    expect(textOf(market)).toBe(scanned);
  });
});

describeReference("a year of real candles", (folder) => {
  it("pushed candle by candle has the opportunities of a scan of all at once", async () => {
    const options = { timeframeMs: 900_000, lenient: false, nowMs: Date.UTC(2030, 0, 1) };
    const { bySymbol } = await readMarket(new URL("data/long/", folder).pathname, options);
    const market = new MarketBuffer(rules());
    for (const [symbol, candles] of bySymbol)
      for (const row of rowsOf(candles)) {
        market.push(symbol, [row]);
        market.features(symbol);
      }
    const scanned = await scannedText([...bySymbol.values()]);
    expect(JSON.parse(scanned).length).toBeGreaterThan(20_000);
    expect(textOf(market) === scanned).toBe(true);
  });
});

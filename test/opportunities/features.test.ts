import { describe, expect, it } from "vitest";
import { featuresAt, klineRatio, priceChange, scannedFeatures, volumeSurge } from "../../src/opportunities/features.ts";
import { consensusOf, type Reading, signalOf } from "../../src/opportunities/gate.ts";
import { scanSymbol } from "../../src/opportunities/scan.ts";
import { readingAt, seriesOf } from "../../src/opportunities/series.ts";
import { randomFrom } from "../support/random.ts";
import { candlesFrom, driftingCandles } from "./walks.ts";

/** Passes the gate as a long swing with a consensus of 3. */
const passing: Reading = { trends: [1, 1, 1], emaDistance1h: 0.01, macdShare: 0, rsi14: 71, volumeRatio: 1.5 };

describe("indicator consensus", () => {
  const of = (change: Partial<Reading>): number =>
    consensusOf({ trends: [0, 0, 0], emaDistance1h: 0, macdShare: 0, rsi14: 60, volumeRatio: 1, ...change });

  it("is a point for each agreement", () => {
    expect(of({})).toBe(0);
    expect(of({ emaDistance1h: 0.02 })).toBe(1);
    expect([of({ macdShare: -0.0001 }), of({ macdShare: 0.00009 })]).toEqual([1, 0]);
    expect([29.9, 30, 44.9, 45, 55, 55.1, 70, 70.1].map((rsi14) => of({ rsi14 }))).toEqual([1, 0, 0, 1, 1, 0, 0, 1]);
    expect([of({ volumeRatio: 1.5 }), of({ volumeRatio: 1.4 })]).toEqual([1, 0]);
    expect([of({ trends: [-1, -2, -1] }), of({ trends: [1, -1, 1] })]).toEqual([1, 0]);
    expect(of({ ...passing, emaDistance1h: 1, macdShare: 1 })).toBe(5);
  });
});

describe("the gate", () => {
  const of = (change: Partial<Reading>) => signalOf({ ...passing, ...change });

  it("lets through trend, volume, RSI and consensus together", () => {
    expect(of({})).toEqual({ direction: 1, type: "swing", consensus: 3 });
    expect(of({ trends: [1, 1, 0] })).toBeNull();
    expect(of({ volumeRatio: 1.19 })).toBeNull();
    expect(of({ rsi14: 64.9 })).toBeNull();
    expect(of({ rsi14: 65 })).toMatchObject({ consensus: 2 });
    expect(of({ rsi14: 65, volumeRatio: 1.4 })).toBeNull();
    expect(of({ rsi14: Number.NaN })).toBeNull();
  });

  it("goes the way of the 4 h trend, and is a swing where 1 h agrees", () => {
    expect(of({ trends: [1, 2, -1] })).toMatchObject({ direction: -1, type: "scalping" });
    expect(of({ trends: [1, -1, -2] })).toMatchObject({ direction: -1, type: "swing" });
    expect(of({ trends: [1, 0, 2] })).toMatchObject({ direction: 1, type: "scalping" });
  });
});

describe("single features", () => {
  const candles = candlesFrom(
    [100, 101, 102, 102, 101, 103, 104, 105, 104, 106, 110].map((close, k, all) => [
      all[k - 1] ?? 100,
      120,
      90,
      close,
      1,
    ]),
  );

  it("kline_ratio is the share of 10 candles that closed with the trade", () => {
    expect([klineRatio(candles, 10, 1), klineRatio(candles, 10, -1)]).toEqual([0.7, 0.2]);
  });

  it("price_chg_pct is the way of the close over 10 candles", () => {
    expect(priceChange(candles, 10)).toBe(10);
  });

  it("volume_surge has three steps", () => {
    expect([1.49, 1.5, 2, 3].map(volumeSurge)).toEqual([0, 1, 2, 3]);
  });
});

describe("features together", () => {
  const candles = driftingCandles(5_000, randomFrom(51));
  const series = seriesOf(candles);

  it("stand under their names and in their ranges", () => {
    for (const { bar, direction, type, features, atr } of scanSymbol(candles, 0)) {
      const found = Object.fromEntries(scannedFeatures.map((name, k) => [name, features[k]!]));
      const close = candles.close[bar]!;
      expect(features).toHaveLength(scannedFeatures.length);
      expect(found["atr_pct"]).toBe((100 * atr) / close);
      expect(found["rsi_14"]).toBe(series.indicators.rsi14[bar]);
      expect(found["macd_hist_pct"]).toBeCloseTo((100 * series.indicators.macdHistogram[bar]!) / close, 12);
      expect(found["price_chg_pct"]).toBe(priceChange(candles, bar));
      expect(found["kline_ratio"]).toBe(klineRatio(candles, bar, direction));
      expect(Math.sign(found["trend_4h"]!)).toBe(direction);
      expect(Math.sign(found["trend_1h"]!) === direction).toBe(type === "swing");
      expect(found["volume_ratio"]).toBeGreaterThanOrEqual(1.2);
      expect(found["indicator_consensus"]).toBeGreaterThanOrEqual(2);
      expect(found["risk_reward"]).toSatisfy((value: number) => value >= 0 && value <= 10);
      expect(found["signal_score"]).toSatisfy((value: number) => Number.isInteger(value) && value >= 0 && value <= 100);
      if (found["mkt_struct"] === 0) expect(found["mkt_struct_age_hours"]).toBe(0);
    }
  });

  it("in hours are hours: structure becomes known at age 0 and is a quarter of an hour older each 15 m candle", () => {
    const age = (bar: number): number =>
      featuresAt(series, bar, readingAt(series, bar), { direction: 1, type: "swing", consensus: 2 }, 50)[
        scannedFeatures.indexOf("mkt_struct_age_hours")
      ]!;
    const oneHourOld = Array.from({ length: 2_000 }, (_, k) => 2_500 + k).find((bar) => age(bar) === 1)!;
    expect([4, 3, 2, 1, 0].map((before) => age(oneHourOld - before))).toEqual([0, 0.25, 0.5, 0.75, 1]);
  });
});

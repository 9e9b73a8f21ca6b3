import { describe, expect, it } from "vitest";
import { indicatorsOf, wilderAtr } from "../../src/opportunities/indicators.ts";
import { volumeRatios } from "../../src/opportunities/volumeRatio.ts";
import { randomFrom } from "../support/random.ts";
import { candlesFrom, driftingCandles } from "./walks.ts";

const candles = driftingCandles(300, randomFrom(21));
const { close, high, low } = candles;
const found = indicatorsOf(candles);
const firstWarm = (column: Float64Array): number => column.findIndex((value) => !Number.isNaN(value));

/** Exponential mean of closes as the textbook has it, from the first close on. */
function plainEma(values: Float64Array, interval: number): Float64Array {
  let mean = values[0]!;
  return values.map((value) => (mean += (2 / (interval + 1)) * (value - mean)));
}

/** Wilder's mean: the plain mean of the first 14, then 13 parts old and one part new. */
function plainWilder(values: readonly number[]): number[] {
  const means: number[] = [];
  for (const [k, value] of values.entries()) {
    if (k < 13) means.push(Number.NaN);
    else if (k === 13) means.push(values.slice(0, 14).reduce((sum, each) => sum + each, 0) / 14);
    else means.push((13 * means[k - 1]! + value) / 14);
  }
  return means;
}

function expectClose(actual: Float64Array, expected: ArrayLike<number>, from: number): void {
  expect(firstWarm(actual)).toBe(from);
  for (let bar = from; bar < actual.length; bar++) expect(actual[bar]).toBeCloseTo(expected[bar]!, 9);
}

describe("indicators agree with the textbook and are silent while not warm", () => {
  it("EMA 20 and 50", () => {
    expectClose(found.ema20, plainEma(close, 20), 19);
    expectClose(found.ema50, plainEma(close, 50), 49);
  });

  it("RSI 14 by Wilder", () => {
    const moves = [...close].slice(1).map((value, k) => value - close[k]!);
    const gains = plainWilder(moves.map((move) => Math.max(0, move)));
    const losses = plainWilder(moves.map((move) => Math.max(0, -move)));
    expectClose(found.rsi14, [Number.NaN, ...gains.map((gain, k) => (100 * gain) / (gain + losses[k]!))], 14);
  });

  it("ATR 14 by Wilder, in price units", () => {
    const ranges = [...high].map((top, bar) =>
      bar === 0
        ? top - low[0]!
        : Math.max(top - low[bar]!, Math.abs(top - close[bar - 1]!), Math.abs(low[bar]! - close[bar - 1]!)),
    );
    expectClose(found.atr14, plainWilder(ranges), 13);
    expect(wilderAtr(candles)).toEqual(found.atr14);
  });

  it("MACD 12/26/9 histogram, once its signal line has forgotten its start", () => {
    const fast = plainEma(close, 12);
    const slow = plainEma(close, 26);
    const macd = fast.map((value, bar) => value - slow[bar]!);
    const signal = plainEma(macd, 9);
    expect(firstWarm(found.macdHistogram)).toBe(33);
    for (let bar = 150; bar < candles.count; bar++)
      expect(found.macdHistogram[bar]).toBeCloseTo(macd[bar]! - signal[bar]!, 9);
  });

  it("an ATR of constant ranges is that range", () => {
    expect(wilderAtr(candlesFrom(Array.from({ length: 14 }, () => [10, 11, 9, 10, 1])))[13]).toBe(2);
  });
});

describe("volume ratio", () => {
  it("is to the mean of the 20 bars before, the bar itself not among them", () => {
    const ratios = volumeRatios(Float64Array.of(...Array.from({ length: 20 }, (_, k) => k + 1), 21));
    expect(ratios[19]).toBeNaN();
    expect(ratios[20]).toBe(2);
  });

  it("is 0 where those bars had no volume", () => {
    expect(volumeRatios(Float64Array.of(...new Array<number>(20).fill(0), 5))[20]).toBe(0);
  });
});

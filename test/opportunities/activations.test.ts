import { describe, expect, it } from "vitest";
import { activationsOf, penaltyOf } from "../../src/opportunities/activations.ts";
import { signalScore } from "../../src/opportunities/score.ts";
import type { Snapshot } from "../../src/opportunities/snapshot.ts";
import { candidateWeights, components, defaultWeights } from "../../src/opportunities/weights.ts";

/** A bar that activates nothing. */
const quiet: Snapshot = {
  open: 100,
  high: 100,
  low: 100,
  close: 100,
  volumeRatio: 1,
  support: Number.NaN,
  resistance: Number.NaN,
  trends: [0, 0, 0],
  emaDistance1h: 0,
  atrShare: 0,
  rsi14: 50,
};

/** Activation of one component for a bar that differs from the quiet one. */
function activation(name: string, type: string, change: Partial<Snapshot>, direction: 1 | -1 | 0 = 1): number {
  return activationsOf({ ...quiet, ...change }, type, direction)[components.indexOf(name)]!;
}

/** Open and close of a candle that moved by these percent of its open. */
const moved = (percent: number): Partial<Snapshot> => ({ open: 1000, close: 1000 + 10 * percent });

describe("activations", () => {
  it("of a quiet bar are 0, those of the other type's components empty", () => {
    const of = (type: string): Record<string, number> =>
      Object.fromEntries(components.map((name, k) => [name, activationsOf(quiet, type, 1)[k]!]));
    expect(of("scalping")).toMatchObject({ momentum: 0, pattern: 0, volatility: 0, ema_divergence: Number.NaN });
    expect(of("swing")).toMatchObject({ momentum: 0, pattern: Number.NaN, volatility: Number.NaN, ema_divergence: 0 });
  });

  it.each([
    ["momentum", [0.5, 0.6, 1, 1.1, 1.5, 1.6].map(moved), [0, 0.5, 0.5, 0.75, 0.75, 1]],
    ["momentum_accel", [0.9, 1, 1.4, 1.5].map(moved), [0, 0.67, 0.67, 1]],
    ["volume", [1.2, 1.3, 1.5, 1.6, 2, 2.1].map((volumeRatio) => ({ volumeRatio })), [0, 0.3, 0.3, 0.6, 0.6, 1]],
    ["volume_pulse", [2, 2.1, 2.5, 2.6].map((volumeRatio) => ({ volumeRatio })), [0, 0.67, 0.67, 1]],
    ["volatility", [0.011, 0.012, 0.015, 0.02].map((atrShare) => ({ atrShare })), [0, 0.5, 0.75, 1]],
  ])("%s rises step by step", (name, changes, expected) => {
    expect(changes.map((change) => activation(name, "scalping", change))).toEqual(expected);
  });

  it("ema_divergence rises at 3 % and 5 %", () => {
    const found = [0.029, 0.03, 0.05].map((emaDistance1h) => activation("ema_divergence", "swing", { emaDistance1h }));
    expect(found).toEqual([0, 0.67, 1]);
  });

  it("trend_4h_strength is 1 where strong, 0.6 where there is any", () => {
    const found = [0, 1, -1, 2, -2].map((h4) => activation("trend_4h_strength", "swing", { trends: [0, 0, h4] }));
    expect(found).toEqual([0, 0.6, 0.6, 1, 1]);
  });

  it("trend_align counts trends on the trade's side", () => {
    const trends = [1, 2, -1] as const;
    expect([1, -1].map((side) => activation("trend_align", "scalping", { trends }, side as 1 | -1))).toEqual([1, 0]);
    expect(activation("trend_align", "swing", { trends })).toBe(0.6);
    expect(activation("trend_align", "swing", { trends: [1, 1, 2] })).toBe(1);
    expect(activation("trend_align", "swing", { trends: [1, 0, -1] })).toBe(0);
  });

  it("breakout needs 0.1 % beyond a level", () => {
    const levels = { support: 90, resistance: 110 };
    const at = (close: number, direction: 1 | -1): number =>
      activation("breakout", "swing", { ...levels, close }, direction);
    expect([at(110.1, 1), at(110.2, 1), at(110.2, -1)]).toEqual([0, 1, 0]);
    expect([at(89.95, -1), at(89.9, -1), at(89.9, 1)]).toEqual([0, 1, 0]);
    expect(activation("breakout", "swing", { close: 1e9 })).toBe(0);
  });

  it("pattern is one long wick against the trade and a short one with it", () => {
    const hammer = { open: 100, close: 101, low: 97, high: 101.4 };
    const star = { open: 100, close: 99, high: 103, low: 98.6 };
    const of = (bar: Partial<Snapshot>): number[] =>
      ([1, -1, 0] as const).map((direction) => activation("pattern", "scalping", bar, direction));
    expect(of(hammer)).toEqual([1, 0, 1]);
    expect(of(star)).toEqual([0, 1, 1]);
    expect(of({ ...hammer, high: 101.5 })).toEqual([0, 0, 0]);
    expect(of({ ...hammer, low: 98 })).toEqual([0, 0, 0]);
  });

  it("of a body against the trade are none, unless direction does not count", () => {
    for (const name of ["momentum", "momentum_accel"]) {
      expect(activation(name, "scalping", moved(2), -1)).toBe(0);
      expect(activation(name, "scalping", moved(-2), -1)).toBe(1);
      expect(activation(name, "scalping", moved(-2), 0)).toBe(1);
    }
  });
});

describe("signal score", () => {
  const { values } = defaultWeights("scalping");

  it("is 50 and weight by weight what is active, less the penalty, cut to whole points", () => {
    const bar = { ...quiet, ...moved(1.2), low: 1000, high: 1012, volumeRatio: 1.3, rsi14: 81 };
    // 50 + 0.75*25 + 0.3*30 + 0.67*15 - 5 = 82.8
    expect(signalScore(components, activationsOf(bar, "scalping", 1), penaltyOf(81, "scalping"), values)).toBe(82);
  });

  it("stays within 0 and 100", () => {
    expect(signalScore(["a"], [1], 0, { a: 99 })).toBe(100);
    expect(signalScore(["a"], [1], 0, { a: -99 })).toBe(0);
  });

  it("takes 5 or 10 points for an RSI beyond 80 or 20", () => {
    expect([20, 50, 80].map((rsi) => penaltyOf(rsi, "swing"))).toEqual([0, 0, 0]);
    expect([19.9, 80.1].flatMap((rsi) => [penaltyOf(rsi, "scalping"), penaltyOf(rsi, "swing")])).toEqual([
      5, 10, 5, 10,
    ]);
  });

  it("has six candidate weight sets a type, the default first", () => {
    for (const type of ["scalping", "swing"]) {
      expect(candidateWeights[type]!.map(({ name }) => name)).toHaveLength(6);
      expect(candidateWeights[type]![0]!.name).toBe("default");
    }
    expect(candidateWeights["scalping"]![5]!.values).toMatchObject({ momentum: 35, momentum_accel: 30 });
    expect(candidateWeights["swing"]![2]!.values).toMatchObject({ trend_4h_strength: 35, ema_divergence: 10 });
  });
});

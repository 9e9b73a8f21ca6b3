import { beforeAll, describe, expect, it } from "vitest";
import { knownMarket, plantedThreshold, timeframeMs } from "../../bench/calibration/markets.ts";
import { type Judged, judgeKnownMarket, tallyOf } from "../../bench/calibration/verdicts.ts";
import { optimize } from "../../src/optimize.ts";
import type { Objective } from "../../src/search/objectives.ts";

const seeds = 20;

/** Verdicts of the whole run on the first seeds of a kind; `npm run calibrate` does many more. */
async function judged(kind: "noise" | "edge", by: Objective = "evidence"): Promise<Judged[]> {
  const all: Judged[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    const run: typeof optimize = (request, options) => optimize({ ...request, objective: by }, options);
    all.push(await judgeKnownMarket(run, kind, seed));
  }
  return all;
}

describe("markets of which it is known what they hold", () => {
  it("pay strong signals 0.5 % net with a standard deviation of 2 %, and nobody else", () => {
    for (const kind of ["noise", "edge"] as const) {
      const { candles, signals } = knownMarket(kind, 1);
      const bySymbol = new Map(candles.map((series) => [series.symbol, series]));
      const returns: Record<"strong" | "weak", number[]> = { strong: [], weak: [] };
      for (const line of signals.trim().split("\n").slice(1)) {
        const [symbol, time, direction, , strength] = line.split(",");
        const { close, firstOpenTimeMs } = bySymbol.get(symbol!)!;
        const bar = (Number(time) - firstOpenTimeMs) / timeframeMs;
        const moved = close[bar + 24]! / close[bar]! - 1;
        returns[Number(strength) >= plantedThreshold ? "strong" : "weak"].push(Number(direction) * moved - 0.0014);
      }
      const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
      const { strong, weak } = returns;
      const stdev = Math.sqrt(mean(strong.map((value) => (value - mean(strong)) ** 2)));
      expect(Math.abs(mean(strong) - (kind === "edge" ? 0.005 : -0.0014))).toBeLessThan(0.0015);
      expect(Math.abs(mean(weak) + 0.0014)).toBeLessThan(0.0015);
      if (kind === "edge") expect(Math.abs(stdev - 0.02)).toBeLessThan(0.002);
      // The hold-out is the last 30 % of the signals.
      expect(0.3 * strong.length).toBeGreaterThan(300);
    }
  });
});

describe("the verdicts over known markets", () => {
  let noise: Judged[];
  let edge: Judged[];
  beforeAll(async () => {
    noise = await judged("noise");
    edge = await judged("edge");
  });

  it("believe no random walk, and change nothing for one but by rare luck", () => {
    const { passed, believed, applied } = tallyOf("noise", noise);
    expect(passed).toBe(0);
    // A warning is no wrong that is done: of these 20 markets three get one, and at most one is changed.
    expect(believed).toBeLessThanOrEqual(0.15);
    expect(applied).toBeLessThanOrEqual(0.05);
  });

  it("pass a planted edge, apply it, and find its threshold", () => {
    const { passed, believed, applied, withinOneStep } = tallyOf("edge", edge);
    expect(passed).toBeGreaterThanOrEqual(0.6);
    expect(believed).toBeGreaterThanOrEqual(0.9);
    expect(applied).toBeGreaterThanOrEqual(0.9);
    expect(withinOneStep).toBeGreaterThanOrEqual(0.9);
  });
});

describe("the verdicts by the older objective", () => {
  it("believe hardly any random walk by balanced, and change nothing for one", async () => {
    const { passed, believed, applied } = tallyOf("noise", await judged("noise", "balanced"));
    expect(passed).toBe(0);
    expect(believed).toBeLessThanOrEqual(0.1);
    expect(applied).toBe(0);
  }, 600_000);
});

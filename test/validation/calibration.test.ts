import { beforeAll, describe, expect, it } from "vitest";
import { edgelessMarket, edgeMarket, oneCoinMarket, plantedThreshold } from "../../bench/calibration/edgeMarkets.ts";
import { type JudgedType, judged, judgedGroups, staged } from "../../bench/calibration/judge.ts";
import type { KnownMarket } from "../../bench/calibration/known.ts";
import { chosenIn, rulesAsTheyAre } from "../../bench/calibration/rules.ts";
import { walkStartMs, walkTimeframeMs } from "../../bench/calibration/walks.ts";
import type { Objective } from "../../src/search/objectives.ts";

const noiseSeeds = 20;
const edgeSeeds = 12;

/** Verdicts of the whole run on the first seeds of a kind, for a bot without parameters; `npm run calibrate` does many more. */
async function verdictsOn(
  marketOf: (seed: number) => KnownMarket,
  seeds: number,
  objective: Objective = "evidence",
): Promise<JudgedType[]> {
  const all: JudgedType[] = [];
  for (let seed = 1; seed <= seeds; seed++)
    all.push(...(await staged(marketOf(seed), { door: "signals", seed, objective }, (stage) => judged(stage, "none"))));
  return all;
}

const runs = (seed: number): KnownMarket => edgeMarket("runs 0.5 %", seed);

const shareOf = (found: readonly JudgedType[], isOne: (one: JudgedType) => boolean): number =>
  found.filter(isOne).length / found.length;
const isPassed = ({ candidates }: JudgedType): boolean => candidates.some(({ verdict }) => verdict === "PASSED");
const isBelieved = ({ candidates }: JudgedType): boolean =>
  candidates.some(({ verdict }) => verdict === "PASSED" || verdict === "WARNING");
const isApplied = ({ applied }: JudgedType): boolean => applied !== null;

describe("markets of which it is known what they hold", () => {
  it("pay strong signals 0.5 % net with a standard deviation of 2 %, and nobody else", () => {
    for (const [market, net] of [
      [edgelessMarket(1), -0.0014],
      [runs(1), 0.005],
      [edgeMarket("even 0.5 %", 1), 0.005],
      [edgeMarket("even 0.3 %", 1), 0.003],
    ] as const) {
      const bySymbol = new Map(market.candles.map((series) => [series.symbol, series]));
      const returns: Record<"strong" | "weak", number[]> = { strong: [], weak: [] };
      let strongInHoldout = 0;
      const lines = market.signals.trim().split("\n").slice(1);
      const seen = lines.filter((line) => Number(line.split(",")[1]) < market.nightMs).length;
      for (const [k, line] of lines.entries()) {
        const [symbol, time, direction, , strength] = line.split(",");
        const { close } = bySymbol.get(symbol!)!;
        const bar = (Number(time) - walkStartMs) / walkTimeframeMs;
        const moved = close[bar + 24]! / close[bar]! - 1;
        const isStrong = Number(strength) >= plantedThreshold;
        returns[isStrong ? "strong" : "weak"].push(Number(direction) * moved - 0.0014);
        if (isStrong && k >= 0.7 * seen && k < seen) strongInHoldout++;
      }
      const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
      const { strong, weak } = returns;
      const stdev = Math.sqrt(mean(strong.map((value) => (value - mean(strong)) ** 2)));
      expect(Math.abs(mean(strong) - net)).toBeLessThan(0.0015);
      expect(Math.abs(mean(weak) + 0.0014)).toBeLessThan(0.0015);
      expect(Math.abs(stdev - 0.02)).toBeLessThan(0.002);
      expect(strongInHoldout).toBeGreaterThan(290);
    }
  });
});

describe("the verdicts over known markets", () => {
  let noise: JudgedType[];
  let edge: JudgedType[];
  beforeAll(async () => {
    noise = await verdictsOn(edgelessMarket, noiseSeeds);
    edge = await verdictsOn(runs, edgeSeeds);
  });

  it("believe no random walk, and change nothing for one but by rare luck", () => {
    expect(noise).toHaveLength(noiseSeeds);
    expect(shareOf(noise, isPassed)).toBe(0);
    // A warning is no wrong that is done.
    expect(shareOf(noise, isBelieved)).toBeLessThanOrEqual(0.15);
    expect(shareOf(noise, isApplied)).toBeLessThanOrEqual(0.05);
  });

  it("believe a planted edge, apply it, find its threshold, and are right afterwards", () => {
    expect(shareOf(edge, isBelieved)).toBeGreaterThanOrEqual(0.9);
    expect(shareOf(edge, isApplied)).toBeGreaterThanOrEqual(0.8);
    const steps = ({ threshold }: JudgedType): number => Math.abs(threshold! - plantedThreshold) / 10;
    expect(shareOf(edge, (one) => steps(one) <= 1)).toBeGreaterThanOrEqual(0.9);
    expect(shareOf(edge, ({ later }) => later !== null && later.average > 0)).toBeGreaterThanOrEqual(0.8);
  });
});

describe("decisions made anew from what is on record", () => {
  it("are those of the runs", async () => {
    const found = [...(await verdictsOn(edgelessMarket, 3)), ...(await verdictsOn(runs, 3))];
    const applied = found.map(
      (one) => chosenIn(rulesAsTheyAre, { types: [one], current: "none" })[0]?.candidate ?? null,
    );
    expect(applied).toEqual(found.map((one) => one.applied));
    expect(applied).toContain("phase3");
  });
});

describe("a run with a group of each symbol", () => {
  const groupsOn = (market: KnownMarket, seed: number) =>
    staged(market, { door: "signals", seed }, (stage) => judgedGroups(stage, "usual"));

  it("applies an edge that one coin of ten has there alone, and nothing where there is none", async () => {
    for (const seed of [1, 2]) {
      const found = await groupsOn(oneCoinMarket(seed), seed);
      expect(found.filter(({ applied }) => applied !== null).map(({ group }) => group)).toEqual(["COIN0USDT"]);
      const none = await groupsOn(edgelessMarket(seed), seed);
      expect(none).toHaveLength(10);
      expect(none.filter(({ applied }) => applied !== null)).toEqual([]);
    }
  }, 600_000);
});

describe("the verdicts by the older objective", () => {
  it("believe hardly any random walk by balanced, and change nothing for one", async () => {
    const noise = await verdictsOn(edgelessMarket, noiseSeeds, "balanced");
    expect(shareOf(noise, isPassed)).toBe(0);
    expect(shareOf(noise, isBelieved)).toBeLessThanOrEqual(0.1);
    expect(shareOf(noise, isApplied)).toBe(0);
  }, 600_000);
});

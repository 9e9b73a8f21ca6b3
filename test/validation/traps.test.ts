import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { edgelessMarket } from "../../bench/calibration/edgeMarkets.ts";
import { optimize } from "../../src/run/optimize.ts";
import { metricsOf } from "../../src/search/metrics.ts";
import { walkTrade } from "../../src/search/plainWalk.ts";
import { balancedScore } from "../../src/search/scores.ts";
import type { Trade, TradeRules } from "../../src/search/trades.ts";
import { gateOf } from "../../src/validation/gate.ts";
import { noEvidence, validateSet } from "../../src/validation/validate.ts";
import { reasonText } from "../../src/words/verdicts.ts";
import { exitInAtrs } from "../support/exits.ts";
import { jumpyCandles, randomFrom } from "../support/random.ts";

// The ways in which a backtest of trading parameters flattered its users. Each must fail here, whatever else changes.

const rules: TradeRules = { fee: 0, slippage: 0, fundingPer8h: 0, intrabar: "stop-first", summaryBars: null };

describe("trap: hindsight selection", () => {
  it("opportunities chosen by their own future are never believed and never saved", async () => {
    const folder = mkdtempSync(join(tmpdir(), "sluice-trap-"));
    try {
      const { candles, signals } = edgelessMarket(1);
      writeFileSync(join(folder, "signals.csv"), signals);
      writeFileSync(join(folder, "config.json"), "{}\n");
      writeFileSync(
        join(folder, "space.json"),
        JSON.stringify({ min_strength: [0, 50], atr_tp_multiplier: [3, 6], max_holding_hours: [6] }),
      );
      const result = await optimize({
        candles,
        signals: join(folder, "signals.csv"),
        spaceFile: join(folder, "space.json"),
        configs: [join(folder, "config.json")],
        universe: "objective",
        minProfit: 0.02,
        allowStale: true,
        threads: 1,
      });
      const { phase3, phase4, saved, not_saved_because } = result.runs[0]!;
      // A random walk, and yet a fortune in hindsight: this is what must not be believed.
      expect(phase3["all"]!.metrics.avg_return).toBeGreaterThan(0.3);
      expect(phase4.overall).toBe("HINDSIGHT");
      expect(phase4.types["all"]!.applied).toBe("current");
      expect(saved).toBeNull();
      expect(not_saved_because).toMatch(/--universe objective is for comparison only: it uses the future/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe("trap: target-first booking", () => {
  it("a bar that touches stop and target is booked as the stop, and says what the target would have given", () => {
    const candles = jumpyCandles("AAA", 2, randomFrom(1));
    candles.open.fill(100);
    candles.close.fill(100);
    candles.high.fill(104);
    candles.low.fill(97);
    const exit = exitInAtrs({ takeProfit: 3, stopLoss: 2, holdingBars: 1, trailing: null });
    for (const direction of [1, -1] as const) {
      const walked = walkTrade(candles, { bar: 0, direction, entry: 100, atr: 1 }, exit, rules);
      expect(walked).toMatchObject({ reason: "stop_loss", return: -0.02, ambiguous: true, otherReturn: 0.03 });
    }
  });
});

const trade = (row: number, value: number): Trade => ({
  row,
  symbol: "AAA",
  type: "all",
  direction: 1,
  entryTimeMs: row * 86_400_000,
  exitTimeMs: row * 86_400_000 + 900_000,
  entry: 100,
  exit: 100 * (1 + value),
  reason: "timeout",
  bars: 1,
  halfBars: 2,
  return: value,
  ambiguous: false,
  otherReturn: value,
  objective: false,
});
const trades = (count: number, value: number): Trade[] =>
  Array.from({ length: count }, (_, row) => trade(row, value + (row % 2 === 0 ? 0.01 : -0.01)));

describe("trap: a validation that captures nothing and passes", () => {
  const span = { first: 0, count: 200 };
  const input = {
    opportunities: 1000,
    minTrades: 20,
    seed: 1,
    barMs: 900_000,
    span,
    hindsight: false,
    evidence: noEvidence,
    leftOut: null,
  };
  const rules = {
    current: null,
    span,
    objectiveTotal: 10,
    hoursPerBar: 0.25,
    margin: 0,
    confidence: 0.95,
    seed: 1,
    limits: {},
    currentSawHoldout: false,
  };

  it("no trades, or too few, fail with their number, and nothing is applied", () => {
    for (const [training, holdout] of [
      [0, 0],
      [200, 0],
      [200, 9],
      [19, 200],
    ] as const) {
      const set = { training: trades(training, 0.01), holdout: trades(holdout, 0.01) };
      const { verdict, reason } = validateSet({ ...input, trades: set });
      expect(verdict).toBe("FAILED");
      expect(gateOf({ name: "phase3", holdout: set.holdout, verdict, entryP: null }, rules).open).toBe(false);
      expect(reasonText(reason)).toMatch(/^\d+ (training|hold-out) trades, needed \d+$/);
    }
    expect(validateSet({ ...input, trades: null }).verdict).toBe("FAILED");
  });
});

describe("trap: drawdown in the wrong unit", () => {
  it("drawdown and its limit are points both, so that a fall of 25 against a limit of 20 costs 5 points and not all", () => {
    const falls = [...Array.from({ length: 40 }, () => 0.05), ...Array.from({ length: 10 }, () => -0.025)];
    const metrics = metricsOf(
      falls.map((value, row) => trade(row, value)),
      0,
      0.25,
    );
    expect(metrics.max_drawdown).toBeCloseTo(25, 9);
    const without = balancedScore({ ...metrics, max_drawdown: 0 }, 20);
    expect(balancedScore(metrics, 20)).toBeCloseTo(without - 0.05, 9);
    expect(balancedScore(metrics, 25.1)).toBe(without);
    expect(without).toBeGreaterThan(0.05);
  });
});

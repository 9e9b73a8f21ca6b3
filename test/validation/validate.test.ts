import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { uniformFrom } from "../../src/core/random.ts";
import { onePosition } from "../../src/search/onePosition.ts";
import type { Trade } from "../../src/search/trades.ts";
import { bootstrapTrades } from "../../src/validation/bootstrap.ts";
import { earlyLate, halvesOf } from "../../src/validation/earlyLate.ts";
import { type GateInput, gateOf } from "../../src/validation/gate.ts";
import { pairedDifference } from "../../src/validation/pairedBootstrap.ts";
import { resampleBlocks } from "../../src/validation/stationaryBootstrap.ts";
import { quantileOf } from "../../src/validation/tradeSums.ts";
import { noEvidence, type ValidationInput, validateType } from "../../src/validation/validate.ts";
import { overallVerdict, type PartTrades } from "../../src/validation/verdict.ts";

const hour = 3_600_000;

function trade(row: number, value: number, more: Partial<Trade> = {}): Trade {
  return {
    row,
    symbol: "X",
    type: "all",
    direction: 1,
    entryTimeMs: row * 6 * hour,
    exitTimeMs: row * 6 * hour + hour,
    entry: 100,
    exit: 100,
    reason: "timeout",
    bars: 4,
    return: value,
    ambiguous: false,
    otherReturn: value,
    objective: false,
    ...more,
  };
}

/** So many trades that swing around a mean, wins and losses in turn. */
const trades = (count: number, mean: number): Trade[] =>
  Array.from({ length: count }, (_, row) => trade(row, mean + (row % 2 === 0 ? 0.01 : -0.01)));
const both = (count: number, mean: number): PartTrades => ({
  training: trades(count, mean),
  holdout: trades(count, mean),
});

function inputOf(more: Partial<ValidationInput> = {}): ValidationInput {
  return {
    type: "all",
    opportunities: 1000,
    minTrades: 20,
    margin: 0,
    seed: 1,
    splitMs: 0,
    currentLastUpdateMs: null,
    hindsight: false,
    winner: both(200, 0.005),
    phase2: both(200, 0.004),
    current: both(200, 0),
    evidence: noEvidence,
    objectiveTotals: { training: 10, holdout: 10 },
    hoursPerBar: 0.25,
    ...more,
  };
}

describe("early and late halves", () => {
  it("count a fall of 40 % and a win rate down to 70 % as one point each", () => {
    const { degradation, winRateRatio, points, stability } = earlyLate(
      { avgReturn: 1, winRate: 0.5 },
      { avgReturn: 0.6, winRate: 0.35 },
      0.8,
    );
    expect(degradation).toBeCloseTo(0.4, 12);
    expect(winRateRatio).toBeCloseTo(0.7, 12);
    expect(points).toBe(2);
    expect(stability).toBeCloseTo(100 - 8 - 9, 9);
  });
  it("do not punish an improvement", () => {
    expect(earlyLate({ avgReturn: 1, winRate: 0.5 }, { avgReturn: 4, winRate: 0.5 }, 2)).toEqual({
      degradation: 0,
      winRateRatio: 1,
      points: 0,
      stability: 100,
    });
  });
  it("call nothing stable that loses over all", () => {
    expect(earlyLate({ avgReturn: 1, winRate: 0.5 }, { avgReturn: 1, winRate: 0.5 }, -0.1).stability).toBe(0);
  });
  it("keep trades that enter together in one half", () => {
    const together = [0, 1, 1, 1, 2].map((time, row) => trade(row, 0, { entryTimeMs: time }));
    expect(halvesOf(together).map((half) => half.length)).toEqual([4, 1]);
  });
});

describe("one position a symbol", () => {
  it("skips what enters while the last one is open, and takes what enters in the bar it left in", () => {
    const at = (row: number, entry: number, exit: number, symbol = "X"): Trade =>
      trade(row, 0, { entryTimeMs: entry, exitTimeMs: exit, symbol });
    const taken = onePosition([at(0, 0, 10), at(1, 5, 20), at(2, 10, 30), at(3, 5, 8, "Y")]);
    expect(taken.map(({ row }) => row)).toEqual([0, 3, 2]);
    expect(onePosition([at(0, 0, 10), at(3, 5, 8, "Y")], { maxOpen: 1 }).map(({ row }) => row)).toEqual([0]);
  });
  it("never lets two of one symbol overlap", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(100), fc.nat(20), fc.constantFrom("X", "Y"))), (drawn) => {
        const taken = onePosition(
          drawn.map(([entry, bars, symbol], row) =>
            trade(row, 0, { entryTimeMs: entry, exitTimeMs: entry + bars, symbol }),
          ),
        );
        for (const symbol of ["X", "Y"]) {
          const own = taken.filter((candidate) => candidate.symbol === symbol);
          for (const [k, next] of own.slice(1).entries())
            expect(next.entryTimeMs).toBeGreaterThanOrEqual(own[k]!.exitTimeMs);
        }
      }),
    );
  });
});

describe("the bootstrap", () => {
  it("draws blocks of ten trades on average, that run on around the end", () => {
    const uniform = uniformFrom(5);
    const indices = new Uint32Array(100_000);
    resampleBlocks(indices, 50, 10, uniform);
    const breaks = [...indices.keys()].slice(1).filter((k) => indices[k] !== (indices[k - 1]! + 1) % 50).length;
    // A new block begins with chance 1/10, and by chance 1/50 of those goes on where the last one stood.
    expect(breaks / indices.length).toBeGreaterThan(0.094);
    expect(breaks / indices.length).toBeLessThan(0.102);
  });
  it("brackets the mean, the same for the same seed", () => {
    const { low, high, drawdown95 } = bootstrapTrades(trades(400, 0.002), 3)!;
    expect(low).toBeLessThan(0.2);
    expect(high).toBeGreaterThan(0.2);
    expect(drawdown95).toBeGreaterThan(0);
    expect(bootstrapTrades(trades(400, 0.002), 3)).toEqual({ low, high, drawdown95 });
    expect(bootstrapTrades([], 3)).toBeNull();
  });
  it("of a pair finds no difference between equal sets, and a certain one between apart ones", () => {
    expect(pairedDifference(trades(100, 0.01), trades(100, 0.01), 1)).toEqual({ low: 0, high: 0, betterShare: 0 });
    expect(pairedDifference(trades(100, 0.02), trades(100, 0.01), 1)!.betterShare).toBe(1);
  });
  it("takes quantiles by nearest rank", () => {
    const sorted = [10, 20, 30, 40];
    expect([0, 0.25, 0.5, 0.51, 1].map((share) => quantileOf(sorted, share))).toEqual([10, 10, 20, 30, 40]);
  });
});

describe("the gate", () => {
  const gate = (candidate: Trade[], current: Trade[], margin = 0, stoppedBy: GateInput["stoppedBy"] = null) =>
    gateOf({
      candidateName: "phase3",
      candidate,
      current,
      objectiveTotal: 0,
      hoursPerBar: 0.25,
      minTrades: 20,
      margin,
      seed: 1,
      currentSawHoldout: false,
      stoppedBy,
    });
  it("stays closed where the verdict lets nothing through, and compares all the same", () => {
    const stopped = gate(trades(100, 0.01), trades(100, 0), 0, "OVERFITTED");
    expect(stopped.open).toBe(false);
    expect(stopped.reason).toContain("OVERFITTED");
    expect(stopped.reason).toContain("1.00 % a trade against 0.00 %");
    expect(stopped).toMatchObject({ candidate: "phase3", candidate_metrics: { n: 100 }, current_metrics: { n: 100 } });
  });
  it("opens for clearly better parameters, and only by more than the margin", () => {
    expect(gate(trades(100, 0.01), trades(100, 0)).open).toBe(true);
    expect(gate(trades(100, 0.01), trades(100, 0), 1.5).open).toBe(false);
  });
  it("stays closed for equal ones, and for fewer than ten trades", () => {
    expect(gate(trades(100, 0.01), trades(100, 0.01)).open).toBe(false);
    expect(gate(trades(9, 0.01), trades(100, 0)).open).toBe(false);
    expect(gate(trades(10, 0.01), trades(100, 0)).open).toBe(true);
  });
  it("counts a current set without trades as 0", () => {
    expect(gate(trades(100, 0.01), []).open).toBe(true);
    expect(gate(trades(100, -0.01), []).open).toBe(false);
  });
});

describe("the verdict", () => {
  it("is PASSED for an edge that holds, and its parameters go on", () => {
    const { verdict, applied, tests } = validateType(inputOf());
    expect([verdict, applied]).toEqual(["PASSED", "phase3"]);
    expect(tests.filter(({ outcome }) => outcome === "not run").map(({ name }) => name)).toEqual([
      "pbo",
      "deflated_sharpe",
      "walk_forward",
      "plateau",
      "permutation",
      "selection",
    ]);
  });
  it("is WARNING where the bootstrap interval reaches 0", () => {
    const noisy = Array.from({ length: 60 }, (_, row) => trade(row, row % 10 === 0 ? 0.2 : -0.018));
    expect(
      validateType(inputOf({ winner: { training: trades(200, 0.005), holdout: noisy }, phase2: null })).verdict,
    ).toBe("WARNING");
  });
  it("is OVERFITTED where the late half loses, and phase 2's set is the candidate", () => {
    const fading = trades(200, 0).map((candidate, row) => ({
      ...candidate,
      return: candidate.return + (row < 100 ? 0.02 : -0.005),
    }));
    const { verdict, gate } = validateType(inputOf({ winner: { training: fading, holdout: trades(200, 0.005) } }));
    expect([verdict, gate.candidate]).toEqual(["OVERFITTED", "phase2"]);
  });
  it("is FAILED where the hold-out loses, or phase 2 is surely better there", () => {
    expect(
      validateType(inputOf({ winner: { training: trades(200, 0.005), holdout: trades(200, -0.001) } })).verdict,
    ).toBe("FAILED");
    const { verdict, reason } = validateType(
      inputOf({ winner: { training: trades(200, 0.005), holdout: trades(200, 0.002) }, phase2: both(200, 0.008) }),
    );
    expect(verdict).toBe("FAILED");
    expect(reason).toContain("phase 2");
  });
  it("validation that captures nothing does not pass", () => {
    for (const winner of [
      null,
      { training: [], holdout: [] },
      { training: trades(200, 0.005), holdout: trades(9, 0.005) },
    ])
      expect(validateType(inputOf({ winner })).verdict).toBe("FAILED");
  });
  it("is FAILED for a figure that is not finite", () => {
    expect(
      validateType(inputOf({ winner: { training: trades(200, Number.NaN), holdout: trades(200, 0.01) } })).verdict,
    ).toBe("FAILED");
  });
  it("is SKIPPED without opportunities, and HINDSIGHT, never PASSED, where the future chose them", () => {
    expect(validateType(inputOf({ opportunities: 0, winner: null })).verdict).toBe("SKIPPED");
    const { verdict, applied } = validateType(inputOf({ hindsight: true }));
    expect([verdict, applied]).toEqual(["HINDSIGHT", "current"]);
  });
  it("over all types is the worst", () => {
    expect(overallVerdict(["PASSED", "WARNING"])).toBe("WARNING");
    expect(overallVerdict(["SKIPPED", "PASSED"])).toBe("PASSED");
    expect(overallVerdict([])).toBe("SKIPPED");
  });
  it("drawdown is in points", () => {
    const { low, drawdown95 } = bootstrapTrades([trade(0, -0.1), trade(1, -0.1)], 1)!;
    expect(low).toBeCloseTo(-10, 9);
    expect(drawdown95).toBeCloseTo(20, 9);
  });
});

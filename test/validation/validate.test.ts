import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { uniformFrom } from "../../src/random.ts";
import { onePosition } from "../../src/search/onePosition.ts";
import type { Trade } from "../../src/search/trades.ts";
import { emptyBlockSums } from "../../src/validation/blocks.ts";
import { bootstrapTest, bootstrapTrades } from "../../src/validation/bootstrap.ts";
import { earlyLate, halvesOf } from "../../src/validation/earlyLate.ts";
import { resampleBlocks } from "../../src/validation/stationaryBootstrap.ts";
import { quantileOf } from "../../src/validation/tradeSums.ts";
import { noEvidence, SetValidation, type ValidationInput, validateSet } from "../../src/validation/validate.ts";
import { overallVerdict, type PartTrades } from "../../src/validation/verdict.ts";
import { addToBlock } from "../support/blockSums.ts";

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
    halfBars: 8,
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

/** Days in which so many trades fit, four a day. */
const daysOf = (count: number) => ({ first: 0, count: Math.ceil(count / 4) });

function inputOf(more: Partial<ValidationInput> = {}): ValidationInput {
  return {
    opportunities: 1000,
    minTrades: 20,
    seed: 1,
    barMs: 900_000,
    span: daysOf(200),
    hindsight: false,
    trades: both(200, 0.005),
    evidence: noEvidence,
    leftOut: null,
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

describe("one position per symbol", () => {
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
    // A good day and a bad day in turn, of four trades each.
    const swinging = trades(400, 0.002).map((one, row) => ({
      ...one,
      return: Math.floor(row / 4) % 2 === 0 ? 0.012 : -0.008,
    }));
    const { low, high, drawdown95 } = bootstrapTrades(swinging, daysOf(400), 3)!;
    expect(low).toBeLessThan(0.2);
    expect(high).toBeGreaterThan(0.2);
    expect(drawdown95).toBeGreaterThan(0);
    expect(bootstrapTrades(swinging, daysOf(400), 3)).toMatchObject({ low, high, drawdown95 });
    expect(bootstrapTrades([], daysOf(4), 3)).toBeNull();
  });
  it("draws whole days: a day of many trades comes and goes as one, so that the interval is the wider", () => {
    const clustered = trades(400, 0.002).map((one, row) => ({
      ...one,
      return: Math.floor(row / 4) % 2 === 0 ? 0.012 : -0.008,
    }));
    const even = trades(400, 0.002);
    const width = ({ low, high }: { low: number; high: number }): number => high - low;
    const [wide, narrow] = [clustered, even].map((set) => bootstrapTrades(set, daysOf(400), 1)!);
    expect(width(wide!)).toBeGreaterThan(2 * width(narrow!));
  });
  it("says nothing of trades that all fall on one day", () => {
    expect(bootstrapTrades(trades(4, 0.01), daysOf(400), 1)).toBeNull();
    expect(bootstrapTest(trades(4, 0.01), daysOf(4), 1)).toMatchObject({ outcome: "warning", figure: null });
  });
  it("takes quantiles by nearest rank", () => {
    const sorted = [10, 20, 30, 40];
    expect([0, 0.25, 0.5, 0.51, 1].map((share) => quantileOf(sorted, share))).toEqual([10, 10, 20, 30, 40]);
  });
});

describe("the verdict", () => {
  it("is PASSED for an edge that holds", () => {
    const { verdict, tests } = validateSet(inputOf());
    expect(verdict).toBe("PASSED");
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
    const set = { training: trades(200, 0.005), holdout: noisy };
    expect(validateSet(inputOf({ trades: set })).verdict).toBe("WARNING");
  });
  it("is OVERFITTED where the late half loses", () => {
    const fading = trades(200, 0).map((candidate, row) => ({
      ...candidate,
      return: candidate.return + (row < 100 ? 0.02 : -0.005),
    }));
    expect(validateSet(inputOf({ trades: { training: fading, holdout: trades(200, 0.005) } })).verdict).toBe(
      "OVERFITTED",
    );
  });
  it("is FAILED where training or hold-out does not gain", () => {
    for (const [training, holdout] of [
      [0.005, -0.001],
      [0.005, 0],
      [-0.001, 0.005],
    ] as const)
      expect(
        validateSet(inputOf({ trades: { training: trades(200, training), holdout: trades(200, holdout) } })).verdict,
      ).toBe("FAILED");
  });
  it("is the same whatever evidence the set was held against before", () => {
    const { evidence, leftOut: _reason, ...set } = inputOf();
    const validation = new SetValidation(set);
    const entries = { observed: 1, moved: 3, runs: Float64Array.of(0, 2, 0.5) };
    const blockSums = emptyBlockSums(2, 2);
    for (const set of [0, 1]) for (const block of [0, 1]) addToBlock(blockSums, set, block, set + block, false);
    const trials = { blockSums, objective: "total", barMs: 900_000 } as const;
    for (const found of [{}, { trials }, { trials, randomEntries: entries }, {}, { trials }]) {
      const more = { ...evidence, ...found };
      expect(validation.verdict(more, null)).toEqual(validateSet(inputOf({ evidence: more })));
    }
    const figures = validation.verdict({ ...evidence, trials }, null).tests.find(({ name }) => name === "pbo")!.figures;
    expect(figures["sets"]).toBe(2);
  });
  it("says why a test was left out that could have been run", () => {
    const leftOut = { code: "VERDICT_STANDS", verdict: "FAILED" } as const;
    const { tests } = validateSet(inputOf({ leftOut }));
    expect(tests.find(({ name }) => name === "pbo")!.reason).toEqual(leftOut);
    expect(tests.find(({ name }) => name === "bootstrap")!.reason).toBeUndefined();
  });
  it("validation that captures nothing does not pass", () => {
    for (const set of [
      null,
      { training: [], holdout: [] },
      { training: trades(200, 0.005), holdout: trades(9, 0.005) },
    ])
      expect(validateSet(inputOf({ trades: set })).verdict).toBe("FAILED");
  });
  it("is FAILED for a figure that is not finite", () => {
    expect(
      validateSet(inputOf({ trades: { training: trades(200, Number.NaN), holdout: trades(200, 0.01) } })).verdict,
    ).toBe("FAILED");
  });
  it("is SKIPPED without opportunities, and HINDSIGHT, never PASSED, where the future chose them", () => {
    expect(validateSet(inputOf({ opportunities: 0, trades: null })).verdict).toBe("SKIPPED");
    expect(validateSet(inputOf({ hindsight: true })).verdict).toBe("HINDSIGHT");
  });
  it("over all types is the worst", () => {
    expect(overallVerdict(["PASSED", "WARNING"])).toBe("WARNING");
    expect(overallVerdict(["SKIPPED", "PASSED"])).toBe("PASSED");
    expect(overallVerdict([])).toBe("SKIPPED");
  });
  it("drawdown is in points", () => {
    // Two days of one trade each: whichever are drawn, 20 points are lost.
    const { low, drawdown95 } = bootstrapTrades([trade(0, -0.1), trade(4, -0.1)], daysOf(8), 1)!;
    expect(low).toBeCloseTo(-10, 9);
    expect(drawdown95).toBeCloseTo(20, 9);
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ExitReplayer } from "../../src/core/exitReplayer.ts";
import { exitItemsOf } from "../../src/search/exitLevels.ts";
import { candlesOf, coreRulesOf, levelRulesOf } from "../../src/search/market.ts";
import { type BarExit, walkSummary, walkTrade } from "../../src/search/plainWalk.ts";
import { reasonsOf } from "../../src/search/setReplayer.ts";
import type { IntrabarRule, TradeRules } from "../../src/search/trades.ts";
import { steppedTarget } from "../../src/space/exitParts.ts";
import { maxRoiSteps } from "../../src/space/exitRules/target.ts";
import { type AtrExit, exitInAtrs } from "../support/exits.ts";
import { chargedAtRandom, exitArbitrary, holedCase, type RandomCase, randomCase } from "../support/random.ts";
import { describeMarkets, marketOf, opportunitiesOf } from "../support/referenceData.ts";

const memoryBytes = 16 * 1024 * 1024;
const reasons = ["take_profit", "stop_loss", "trailing_stop", "timeout", "end_of_data"];
const intrabarRules: readonly IntrabarRule[] = ["stop-first", "target-first", "nearest-open"];

function expectPlainWalk(
  { market, table }: Pick<RandomCase, "market" | "table">,
  given: AtrExit | BarExit,
  rules: TradeRules,
) {
  const exit = "takeProfit" in given ? exitInAtrs(given) : given;
  const candles = candlesOf(table, market);
  const replayer = new ExitReplayer(table, candles, coreRulesOf(rules, market.timeframeMs), 300, memoryBytes);
  const rows = Uint32Array.from({ length: table.count }, (_, row) => row);
  const holdingBars = rules.summaryBars ?? exit.holdingBars;
  const names = reasonsOf({ ...exit, holdingHours: 0 });
  const items = exitItemsOf({ ...exit, holdingHours: 0 }, holdingBars, levelRulesOf(rules, market.timeframeMs));
  const outcomes = replayer.replay(items, rows);
  const seen = { ambiguous: 0, holeExits: 0, reasons: new Set<string>() };
  for (let row = 0; row < table.count; row++) {
    const series = candles[table.symbol[row]!]!;
    const signal = {
      bar: table.bar[row]!,
      direction: table.direction[row]! as 1 | -1,
      entry: table.entry[row]!,
      atr: table.atr[row]!,
      exitBars: table.exitBars?.[row] ?? 0,
    };
    const { gross: _, ...walked } =
      rules.summaryBars === null
        ? walkTrade(series, signal, exit, rules)
        : walkSummary(series, signal, exit, rules, rules.summaryBars);
    expect({
      bars: outcomes.bars[row],
      // A summary does not know when within its bars a trade ends.
      halfBars: rules.summaryBars === null ? outcomes.halfBars[row] : 2 * outcomes.bars[row]!,
      reason: names[outcomes.reason[row]!],
      exit: outcomes.exit[row],
      return: outcomes.return[row],
      ambiguous: outcomes.ambiguous[row] === 1,
      otherReturn: outcomes.otherReturn[row],
      partialBars: outcomes.partialBars[row],
      partialReturn: outcomes.partialReturn[row],
    }).toEqual(walked);
    if (walked.ambiguous) seen.ambiguous++;
    if (walked.bars > exit.holdingBars && rules.summaryBars === null) seen.holeExits++;
    seen.reasons.add(walked.reason);
  }
  return seen;
}

describe("a replay in the core equals the plain walk to the bit", () => {
  for (const intrabar of intrabarRules)
    it(`on random candles, ${intrabar}`, () => {
      const met = new Set<string>();
      let ambiguous = 0;
      fc.assert(
        fc.property(fc.integer(), exitArbitrary, fc.constantFrom(0, 0.0003, -0.0001), (seed, exit, fundingPer8h) => {
          const seen = expectPlainWalk(randomCase(seed, 60, 80), exit, {
            fee: 0.0005,
            slippage: 0.0002,
            fundingPer8h,
            intrabar,
            summaryBars: null,
          });
          ambiguous += seen.ambiguous;
          for (const reason of seen.reasons) met.add(reason);
        }),
        { numRuns: 150, seed: 7 },
      );
      // The cases reach every way to leave and the rule in question: else the property would prove little.
      expect([...met].sort()).toEqual([...reasons].sort());
      expect(ambiguous).toBeGreaterThan(50);
    });

  for (const intrabar of intrabarRules)
    it(`where candles are missing, ${intrabar}`, () => {
      const met = new Set<string>();
      let holeExits = 0;
      fc.assert(
        fc.property(fc.integer(), exitArbitrary, fc.constantFrom(0, 0.0003, -0.0001), (seed, exit, fundingPer8h) => {
          const rules = { fee: 0.0005, slippage: 0.0002, fundingPer8h, intrabar, summaryBars: null };
          const seen = expectPlainWalk(holedCase(seed, 60, 120), exit, rules);
          holeExits += seen.holeExits;
          for (const reason of seen.reasons) met.add(reason);
        }),
        { numRuns: 150, seed: 7 },
      );
      expect([...met].sort()).toEqual([...reasons].sort());
      expect(holeExits).toBeGreaterThan(150);
    });

  it("with funding rates of the candles' own, under either exit model, also where candles are missing", () => {
    const rules = { fee: 0.0005, slippage: 0.0002, fundingPer8h: 0, intrabar: "stop-first" } as const;
    fc.assert(
      fc.property(
        fc.integer(),
        exitArbitrary,
        fc.constantFrom(randomCase, holedCase),
        fc.constantFrom(null, 6),
        (seed, exit, caseOf, summaryBars) => {
          const given = summaryBars === null ? exit : { ...exit, trailing: null };
          expectPlainWalk(chargedAtRandom(caseOf(seed, 60, 120), seed), given, { ...rules, summaryBars });
        },
      ),
      { numRuns: 150, seed: 7 },
    );
  });

  it("under the summary model, also where candles are missing", () => {
    let ambiguous = 0;
    fc.assert(
      fc.property(fc.integer(), exitArbitrary, fc.boolean(), (seed, exit, isHoled) => {
        const rules: TradeRules = {
          fee: 0.0005,
          slippage: 0.0002,
          fundingPer8h: 0,
          intrabar: "stop-first",
          summaryBars: 12,
        };
        ambiguous += expectPlainWalk(
          isHoled ? holedCase(seed, 60, 120) : randomCase(seed, 60, 80),
          { ...exit, trailing: null },
          rules,
        ).ambiguous;
      }),
      { numRuns: 100, seed: 7 },
    );
    expect(ambiguous).toBeGreaterThan(50);
  });

  describeMarkets("on candles of months", (source) => {
    it("with and without a trailing stop", () => {
      const market = marketOf(source);
      const table = opportunitiesOf(source, market);
      for (const intrabar of intrabarRules)
        for (const trailing of [null, { activation: 0.5, distance: 0.5 }])
          expectPlainWalk(
            { market, table },
            { takeProfit: 1, stopLoss: 0.8, holdingBars: 96, trailing },
            { fee: 0.0005, slippage: 0.0002, fundingPer8h: 0.0001, intrabar, summaryBars: null },
          );
    });
  });
});

describe("an exit with more steps than there is room for", () => {
  it("is refused, and the longest table that a space may have is not", () => {
    const { market, table } = randomCase(1, 5, 60);
    const rules: TradeRules = { fee: 0, slippage: 0, fundingPer8h: 0, intrabar: "stop-first", summaryBars: null };
    const candles = candlesOf(table, market);
    const replayer = new ExitReplayer(table, candles, coreRulesOf(rules, market.timeframeMs), 300, memoryBytes);
    const replay = (steps: number) => {
      const table = Array.from({ length: steps }, (_, minutes) => ({ minutes, percent: 1 }));
      const exit = { ...exitInAtrs({ takeProfit: 1, stopLoss: 1, holdingBars: 4, trailing: null }), holdingHours: 1 };
      const items = exitItemsOf({ ...exit, target: steppedTarget(table, "roi") }, 4, levelRulesOf(rules, 900_000));
      return replayer.replay(items, Uint32Array.from([0]));
    };
    expect(replay(maxRoiSteps).bars).toHaveLength(1);
    expect(() => replay(10 * maxRoiSteps)).toThrow("more levels than a replay has room for");
    replayer.release();
  });
});

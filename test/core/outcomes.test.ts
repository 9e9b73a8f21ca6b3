import { describe, expect, it } from "vitest";
import { NO_TRAILING } from "../../src/core/abi.ts";
import { intrabarCode } from "../../src/core/exitReplayer.ts";
import type { TradeRules } from "../../src/search/trades.ts";
import { randomFrom } from "../support/random.ts";
import { exitsOf, type PathCase, pathCase, plainTrade, recordsOf } from "../support/records.ts";

const reasons = ["take_profit", "stop_loss", "trailing_stop", "timeout", "end_of_data"];

/** Every exit of the case from the records of all its levels at once, against the plain walk, to the bit; counts what was met. */
function expectPlainWalks(one: PathCase, met: Map<string, number>): void {
  const { levels, rules, signals } = one;
  const { memory, records, recordBytes, atrs, levelsAt, levelCount, isTouchedOutside } = recordsOf(one, 3);
  expect(isTouchedOutside).toBe(false);
  const count = signals.length;
  const bars = memory.room(count * 4);
  const reason = memory.room(count);
  const returns = memory.room(count * 8);
  const prices = memory.room(count * 8);
  const ambiguous = memory.room(count);
  const others = memory.room(count * 8);
  const stopAt = levels.targets.length;
  const trailingAt = stopAt + levels.stops.length;
  const holdingAt = trailingAt + levels.trailing.length;
  const rule = rules.summaryBars === null ? rules.intrabar : "nearest-open";
  for (const exit of exitsOf(levels)) {
    const [target, stop, variant, holding] = exit;
    // There is no trailing stop under the summary model.
    if (rules.summaryBars !== null && variant !== null) continue;
    const before = memory.copy();
    memory.core.describeOutcomes({
      records,
      recordBytes,
      levelCount,
      levels: levelsAt,
      atrs,
      count,
      target,
      stop: stopAt + stop,
      trailing: variant === null ? NO_TRAILING : trailingAt + variant,
      holding: holdingAt + holding,
      holdingBars: levels.holdingBars[holding]!,
      rule: intrabarCode[rule],
      bars,
      reasons: reason,
      returns,
      prices,
      ambiguous,
      otherReturns: others,
    });
    expect(memory.isTouchedOutside(before, bars, others + count * 8 - bars)).toBe(false);
    const found = signals.map((_, k) => [
      memory.words[bars / 4 + k],
      reasons[memory.bytes[reason + k]!],
      memory.floats[returns / 8 + k],
      memory.floats[prices / 8 + k],
      memory.bytes[ambiguous + k],
      memory.floats[others / 8 + k],
    ]);
    const expected = signals.map((signal) => {
      const walked = plainTrade(one, signal, exit);
      for (const name of [walked.reason, ...(walked.ambiguous ? [`ambiguous ${walked.reason}`] : [])])
        met.set(name, (met.get(name) ?? 0) + 1);
      return [walked.bars, walked.reason, walked.return, walked.exit, walked.ambiguous ? 1 : 0, walked.otherReturn];
    });
    expect(found).toEqual(expected);
  }
}

describe("outcomes of trailing variants in any order", () => {
  it("equal walking each alone, to the bit", () => {
    const rules = { fundingPer8h: 0, intrabar: "nearest-open", summaryBars: null } as const;
    const met = new Map<string, number>();
    for (let seed = 100; seed < 140; seed++) {
      const one = pathCase(seed, rules, 12);
      const random = randomFrom(seed);
      const trailing = Array.from({ length: 5 }, () => ({
        activation: Math.floor(random() * 5) / 2,
        distance: (1 + Math.floor(random() * 6)) / 4,
      }));
      const levels = { targets: [6], stops: [5], trailing, holdingBars: [8, 30] };
      expectPlainWalks({ ...one, levels }, met);
    }
    expect(met.get("trailing_stop")).toBeGreaterThan(500);
  });
});

describe("the summary model", () => {
  it("takes the stop first where price went as far up as down, for both directions", () => {
    const { candles } = pathCase(1, { fundingPer8h: 0, intrabar: "stop-first", summaryBars: 2 }, 1);
    const column = (value: number): Float64Array => new Float64Array(candles.count).fill(value);
    const even = { ...candles, open: column(100), high: column(102), low: column(98), close: column(100) };
    const one: PathCase = {
      candles: even,
      signals: ([1, -1] as const).map((direction) => ({ bar: 3, direction, entry: 100, atr: 1 })),
      levels: { targets: [1], stops: [1], trailing: [], holdingBars: [2] },
      rules: { fee: 0, slippage: 0, fundingPer8h: 0, intrabar: "stop-first", summaryBars: 2 },
    };
    const met = new Map<string, number>();
    expectPlainWalks(one, met);
    expect(met.get("stop_loss")).toBe(2);
  });
});

describe("outcomes of many levels from one walk equal walking each exit alone, to the bit", () => {
  const cases: readonly (readonly [
    name: string,
    rules: Omit<TradeRules, "fee" | "slippage">,
    met: readonly string[],
  ])[] = [
    [
      "stop first",
      { fundingPer8h: 0.0003, intrabar: "stop-first", summaryBars: null },
      ["ambiguous stop_loss", "ambiguous trailing_stop", ...reasons],
    ],
    [
      "target first",
      { fundingPer8h: 0, intrabar: "target-first", summaryBars: null },
      ["ambiguous take_profit", ...reasons],
    ],
    [
      "nearest open",
      { fundingPer8h: -0.0001, intrabar: "nearest-open", summaryBars: null },
      ["ambiguous stop_loss", "ambiguous take_profit", "ambiguous trailing_stop", ...reasons],
    ],
    [
      "the summary model",
      { fundingPer8h: 0.0003, intrabar: "stop-first", summaryBars: 6 },
      ["ambiguous stop_loss", "ambiguous take_profit", "take_profit", "stop_loss", "timeout", "end_of_data"],
    ],
  ];
  for (const [name, rules, expected] of cases)
    it(name, () => {
      const met = new Map<string, number>();
      for (let seed = 0; seed < 16; seed++) expectPlainWalks(pathCase(seed, rules, 30), met);
      // The cases reach every way to leave: else this would prove little.
      expect([...met.keys()].sort()).toEqual([...expected].sort());
      for (const count of met.values()) expect(count).toBeGreaterThan(20);
    });
});

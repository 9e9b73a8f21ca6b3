import { describe, expect, it } from "vitest";
import { slotOf } from "../../src/candles/slots.ts";
import { NEVER, STOP_ITEM_BYTES, TARGET_ITEM_BYTES } from "../../src/core/abi.ts";
import { intrabarCode } from "../../src/core/exitReplayer.ts";
import { reasonsOf } from "../../src/search/setReplayer.ts";
import type { TradeRules } from "../../src/search/trades.ts";
import { fixedStop, fixedTarget, trailingStop } from "../../src/space/exitParts.ts";
import { without } from "../support/holes.ts";
import {
  candlesFrom,
  everyRule,
  exitSidesIn,
  type FurtherRules,
  type PathCase,
  pathCase,
  plainTrade,
} from "../support/pathCase.ts";
import { randomFrom } from "../support/random.ts";
import { recordsOf } from "../support/records.ts";

/** Every exit of the case from the records of all its levels at once, against the plain walk, to the bit; counts what was met. */
function expectPlainWalks(one: PathCase, met: Map<string, number>): void {
  const { rules, signals } = one;
  const { memory, records, recordBytes, levelCount, isTouchedOutside } = recordsOf(one, 3);
  expect(isTouchedOutside).toBe(false);
  const { stopItems, targetItems, shares } = exitSidesIn(one);
  const count = signals.length;
  const stopItem = memory.place(stopItems);
  const targetItem = memory.place(targetItems);
  const times = memory.room(count * 4);
  const reasons = memory.room(count);
  const returns = memory.room(count * 8);
  const prices = memory.room(count * 8);
  const ambiguous = memory.room(count);
  const others = memory.room(count * 8);
  const partialBars = memory.room(count * 4);
  const partialReturns = memory.room(count * 8);
  const rule = rules.summaryBars === null ? rules.intrabar : "nearest-open";
  const before = memory.copy();
  for (const [s, stop] of one.stops.entries())
    for (const [t, target] of one.targets.entries()) {
      // There is no trailing stop under the summary model.
      if (rules.summaryBars !== null && stop.stops.length > 1) continue;
      memory.core.describeOutcomes({
        records,
        recordBytes,
        levelCount,
        count,
        stopItem: stopItem + s * STOP_ITEM_BYTES,
        targetItem: targetItem + t * TARGET_ITEM_BYTES,
        share: shares?.[s] ?? 0,
        holdingBars: target.holdingBars,
        rule: intrabarCode[rule],
        times,
        reasons,
        returns,
        prices,
        ambiguous,
        otherReturns: others,
        partialBars,
        partialReturns,
      });
      const names = reasonsOf({ ...stop, ...target, holdingHours: 0 });
      const found = signals.map((_, k) => ({
        bars: (memory.words[times / 4 + k]! + 1) >> 1,
        // A summary does not know when within its bars a trade ends.
        halfBars:
          rules.summaryBars === null ? memory.words[times / 4 + k] : ((memory.words[times / 4 + k]! + 1) >> 1) * 2,
        reason: names[memory.bytes[reasons + k]!],
        return: memory.floats[returns / 8 + k],
        exit: memory.floats[prices / 8 + k],
        ambiguous: memory.bytes[ambiguous + k] === 1,
        otherReturn: memory.floats[others / 8 + k],
        partialBars: memory.words[partialBars / 4 + k],
        partialReturn: memory.floats[partialReturns / 8 + k],
      }));
      const expected = signals.map((signal) => {
        const walked = plainTrade(one, signal, stop, target);
        const also = [
          ...(walked.ambiguous ? [`ambiguous ${walked.reason}`] : []),
          ...(walked.partialBars > 0 ? [`partial, then ${walked.reason}`] : []),
          ...(walked.partialBars > 0 && walked.partialBars === walked.bars ? ["partial in the bar of the exit"] : []),
        ];
        for (const name of [walked.reason, ...also]) met.set(name, (met.get(name) ?? 0) + 1);
        return walked;
      });
      expect(found).toEqual(expected);
    }
  expect(memory.isTouchedOutside(before, times, partialReturns + count * 8 - times)).toBe(false);
}

describe("outcomes of trailing variants in any order", () => {
  it("equal walking each alone, to the bit", () => {
    const rules = { fundingPer8h: 0, intrabar: "nearest-open", summaryBars: null } as const;
    const met = new Map<string, number>();
    for (let seed = 100; seed < 140; seed++) {
      const one = pathCase(seed, rules, 12);
      const random = randomFrom(seed);
      const stop = fixedStop({ value: 5, unit: "atr" }, "stop_loss");
      const stops = Array.from({ length: 5 }, () => {
        const activation = Math.floor(random() * 5) / 2;
        const distance = (1 + Math.floor(random() * 6)) / 4;
        return { stops: [stop, trailingStop(activation, distance, "atr", "trailing_stop")], partial: null };
      });
      const target = fixedTarget({ value: 6, unit: "atr" }, "take_profit");
      const targets = [8, 30].map((holdingBars) => ({ target, holdingBars, usesExitSignal: false }));
      expectPlainWalks({ ...one, stops, targets }, met);
    }
    expect(met.get("trailing_stop")).toBeGreaterThan(500);
  });

  it("are met one after another where the market creeps", () => {
    const falling = Array.from({ length: 30 }, (_, k): [number, number, number, number] => {
      const [open, close] = [101 - k / 16, 101 - (k + 1) / 16];
      return [open, open, close, close];
    });
    const stop = fixedStop({ value: 9, unit: "atr" }, "stop_loss");
    const met = new Map<string, number>();
    expectPlainWalks(
      {
        candles: candlesFrom([[100, 100, 100, 100], [100, 101, 100, 101], ...falling], 40),
        signals: [0.5, 0.75, 1, 1.25].map((atr) => ({ bar: 0, direction: 1, entry: 100, atr })),
        stops: [0.25, 0.5, 0.75, 1].map((distance) => ({
          stops: [stop, trailingStop(0.5, distance, "atr", "trailing_stop")],
          partial: null,
        })),
        targets: [
          { target: fixedTarget({ value: 9, unit: "atr" }, "take_profit"), holdingBars: 35, usesExitSignal: false },
        ],
        rules: { fee: 0, slippage: 0, fundingPer8h: 0, intrabar: "stop-first", summaryBars: null },
      },
      met,
    );
    expect(met.get("trailing_stop")).toBe(16);
  });
});

describe("an exit signal", () => {
  it("ends each trade at its own bar, be it the last that there is, whatever the data of others", () => {
    const bars = Array.from({ length: 40 }, (_, k) => [100, 101, 99, 100 + k / 64] as const);
    const whole = candlesFrom(bars, 40);
    for (const candles of [whole, without(whole, (slot) => slot % 7 === 5)]) {
      const met = new Map<string, number>();
      expectPlainWalks(
        {
          candles,
          // The first of them has one bar of data, each next one more.
          signals: Array.from({ length: 12 }, (_, k) => ({
            bar: candles.count - 2 - k,
            direction: 1,
            entry: 100,
            atr: 1,
            exitBars: slotOf(candles, candles.count - 1) - slotOf(candles, candles.count - 2 - k),
          })),
          stops: [{ stops: [fixedStop({ value: 9, unit: "atr" }, "stop_loss")], partial: null }],
          targets: [
            { target: fixedTarget({ value: 9, unit: "atr" }, "take_profit"), holdingBars: 30, usesExitSignal: true },
          ],
          rules: { fee: 0, slippage: 0, fundingPer8h: 0, intrabar: "stop-first", summaryBars: null },
        },
        met,
      );
      expect(met.get("exit_signal")).toBe(12);
    }
  });
});

describe("an exit of as many stops as an item holds", () => {
  it("is ended by the nearest of its own, not by what the next item brings", () => {
    const stop = fixedStop({ value: 4, unit: "atr" }, "stop_loss");
    const trailing = [6, 5, 4, 3, 2, 1].map((k) => trailingStop(k / 2, 2 + k / 4, "atr", "trailing_stop"));
    const near = fixedStop({ value: 0.25, unit: "atr" }, "stop_loss");
    const met = new Map<string, number>();
    for (const intrabar of ["stop-first", "nearest-open"] as const)
      for (let seed = 0; seed < 6; seed++) {
        const one = pathCase(seed, { fundingPer8h: 0, intrabar, summaryBars: null }, 20);
        const stops = [[stop, ...trailing], [near]].map((list) => ({ stops: list, partial: null }));
        expectPlainWalks({ ...one, stops }, met);
      }
    expect(met.get("trailing_stop")).toBeGreaterThan(50);
  });
});

describe("the summary model", () => {
  it("takes the stop first where price went as far up as down, for both directions", () => {
    const one: PathCase = {
      candles: candlesFrom([[100, 102, 98, 100]], 20),
      signals: ([1, -1] as const).map((direction) => ({ bar: 3, direction, entry: 100, atr: 1 })),
      stops: [{ stops: [fixedStop({ value: 1, unit: "atr" }, "stop_loss")], partial: null }],
      targets: [
        { target: fixedTarget({ value: 1, unit: "atr" }, "take_profit"), holdingBars: 2, usesExitSignal: false },
      ],
      rules: { fee: 0, slippage: 0, fundingPer8h: 0, intrabar: "stop-first", summaryBars: 2 },
    };
    const met = new Map<string, number>();
    expectPlainWalks(one, met);
    expect(met.get("stop_loss")).toBe(2);
  });

  it("touches no trailing level", () => {
    for (let seed = 0; seed < 8; seed++) {
      const one = pathCase(seed, { fundingPer8h: 0, intrabar: "stop-first", summaryBars: 6 }, 12);
      const { memory, records, recordBytes, levels } = recordsOf(one, 3);
      const first = levels.targets.length + levels.stops.length;
      for (let k = 0; k < one.signals.length; k++)
        for (const time of memory.readWords(records + k * recordBytes + first * 4, levels.trailing.length))
          expect(time).toBe(NEVER);
    }
  });

  it("knows a target and a stop only", () => {
    const rules = { fundingPer8h: 0, intrabar: "stop-first", summaryBars: 6 } as const;
    for (const further of [{ locks: true }, { partials: true }, { exitSignals: true }] satisfies FurtherRules[]) {
      const one = pathCase(8, rules, 1, further);
      expect(() => exitSidesIn(one), JSON.stringify(further)).toThrow(
        "--exit-model summary supports only a target and a stop",
      );
    }
  });
});

const common = ["take_profit", "stop_loss", "trailing_stop", "timeout", "end_of_data"];
type Case = readonly [name: string, rules: Omit<TradeRules, "fee" | "slippage">, met: readonly string[]];

const ruleCases: readonly Case[] = [
  [
    "stop first",
    { fundingPer8h: 0.0003, intrabar: "stop-first", summaryBars: null },
    ["ambiguous stop_loss", "ambiguous trailing_stop", ...common],
  ],
  [
    "target first",
    { fundingPer8h: 0, intrabar: "target-first", summaryBars: null },
    ["ambiguous take_profit", ...common],
  ],
  [
    "nearest open",
    { fundingPer8h: -0.0001, intrabar: "nearest-open", summaryBars: null },
    ["ambiguous stop_loss", "ambiguous take_profit", "ambiguous trailing_stop", ...common],
  ],
];

describe("outcomes of many levels from one walk equal walking each exit alone, to the bit", () => {
  const cases: readonly Case[] = [
    ...ruleCases,
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

  it("the summary model, in percent", () => {
    const met = new Map<string, number>();
    const rules = { fundingPer8h: 0, intrabar: "stop-first", summaryBars: 6 } as const;
    for (let seed = 0; seed < 16; seed++) expectPlainWalks(pathCase(seed, rules, 30, { percent: true }), met);
    expect(met.get("take_profit")).toBeGreaterThan(20);
  });
});

describe("so do outcomes where funding is the sums of the candles' own rates", () => {
  const alone: readonly FurtherRules[] = [
    {},
    { percent: true },
    { tables: true },
    { locks: true },
    { partials: true },
    { exitSignals: true },
    everyRule,
  ];
  for (const [name, rules, expected] of ruleCases)
    for (const further of alone)
      it(`${Object.keys(further).join() || "no further rule"}, ${name}`, () => {
        const met = new Map<string, number>();
        for (let seed = 0; seed < 12; seed++)
          expectPlainWalks(pathCase(seed, rules, 16, { ...further, funding: true }), met);
        for (const reason of expected) expect(met.get(reason), reason).toBeGreaterThan(5);
      });

  it("the summary model", () => {
    const met = new Map<string, number>();
    const rules = { fundingPer8h: 0.0003, intrabar: "stop-first", summaryBars: 6 } as const;
    for (let seed = 0; seed < 16; seed++) expectPlainWalks(pathCase(seed, rules, 30, { funding: true }), met);
    for (const reason of ["take_profit", "stop_loss", "timeout", "end_of_data"])
      expect(met.get(reason), reason).toBeGreaterThan(20);
  });

  it("and differ from those of a constant rate, for either direction", () => {
    const rules = { fundingPer8h: 0.0003, intrabar: "stop-first", summaryBars: null } as const;
    const [one, charged] = [pathCase(3, rules, 40), pathCase(3, rules, 40, { funding: true })];
    expect(charged.signals).toEqual(one.signals);
    for (const direction of [1, -1]) {
      const differing = one.signals.filter((signal) => {
        const [stop, target] = [one.stops[0]!, one.targets[0]!];
        const [constant, own] = [one, charged].map((each) => plainTrade(each, signal, stop, target).return);
        return signal.direction === direction && constant !== own;
      });
      expect(differing.length).toBeGreaterThan(10);
    }
  });
});

describe("so do outcomes of every further rule", () => {
  const alone: readonly (readonly [rules: FurtherRules, met: readonly string[]])[] = [
    [{ percent: true }, []],
    [{ tables: true }, ["roi"]],
    [{ locks: true }, ["break_even"]],
    [{ partials: true }, ["partial, then stop_loss", "partial, then take_profit", "partial, then timeout"]],
    [{ exitSignals: true }, ["exit_signal"]],
  ];
  const partials = common.map((reason) => `partial, then ${reason}`);
  for (const [name, rules] of ruleCases) {
    for (const [further, expected] of alone)
      it(`alone: ${Object.keys(further).join()}, ${name}`, () => {
        const met = new Map<string, number>();
        for (let seed = 0; seed < 14; seed++) expectPlainWalks(pathCase(seed, rules, 12, further), met);
        for (const reason of [...common, ...expected]) expect(met.get(reason), reason).toBeGreaterThan(10);
      });

    it(`in random combinations, ${name}`, () => {
      const met = new Map<string, number>();
      for (let seed = 0; seed < 20; seed++) expectPlainWalks(pathCase(seed, rules, 16, everyRule), met);
      const expected = [...common, "roi", "break_even", "exit_signal", ...partials, "partial, then break_even"];
      for (const reason of [...expected, "partial in the bar of the exit"])
        expect(met.get(reason), reason).toBeGreaterThan(reason === "partial, then end_of_data" ? 0 : 10);
    });
  }
});

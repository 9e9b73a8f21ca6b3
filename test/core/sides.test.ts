import { describe, expect, it } from "vitest";
import { intrabarCode } from "../../src/core/exitReplayer.ts";
import type { TradeRules } from "../../src/search/trades.ts";
import { fixedStop, fixedTarget } from "../../src/space/exitParts.ts";
import { targetPoints } from "../support/parts.ts";
import { candlesFrom, everyRule, type FurtherRules, type PathCase, pathCase, plainTrade } from "../support/pathCase.ts";
import { randomFrom } from "../support/random.ts";
import { sidesOf } from "../support/records.ts";

/** Cases as a search meets them: every path fits the data. */
function wholePaths(seed: number, rules: Omit<TradeRules, "fee" | "slippage">, further: FurtherRules = {}): PathCase {
  const one = pathCase(seed, rules, 30, further);
  const longest = Math.max(...one.targets.map(({ holdingBars }) => holdingBars));
  return {
    ...one,
    stops: rules.summaryBars === null ? one.stops : one.stops.filter(({ stops }) => stops.length === 1),
    signals: one.signals.filter(({ bar }) => bar + longest < one.candles.count),
  };
}

/** Where the row is not after the lane it ends the trade: points to the bit, and bars held by its time, as the plain walk has them. */
function expectPlainWalks(one: PathCase, areStopsInLanes: boolean, rule: number, seed: number): void {
  const random = randomFrom(seed);
  const slotCount = one.signals.length + 9;
  // Some records fill two slots, and slots are filled in any order.
  const sources = [...one.signals.keys(), ...[...one.signals.keys()].slice(0, 5)];
  const slots = Array.from({ length: slotCount }, (_, slot) => ({ slot, at: random() }))
    .sort((a, b) => a.at - b.at)
    .slice(0, sources.length)
    .map(({ slot }) => slot);
  const sides = sidesOf(one, areStopsInLanes, rule, sources, slots, slotCount);
  expect(sides.isTouchedOutside).toBe(false);
  const found: number[][] = [];
  const expected: number[][] = [];
  for (const [k, slot] of slots.entries())
    for (const [s, stop] of one.stops.entries())
      for (const [t, target] of one.targets.entries()) {
        const row = sides.row(areStopsInLanes ? t : s, slot);
        const lane = sides.lane(areStopsInLanes ? s : t, slot);
        const isRow = row.time <= lane.time;
        const time = isRow ? row.time : lane.time + sides.shift;
        const ofLane = row.part ? targetPoints(lane.points, lane.target!, row.part) : lane.points;
        const points = isRow ? row.points : ofLane;
        found.push([points, (Math.trunc(time) + 1) >> 1]);
        const walked = plainTrade(one, one.signals[sources[k]!]!, stop, target);
        expected.push([100 * walked.return, walked.bars]);
      }
  if (sides.isPartial) {
    // Points of two parts are added in another order.
    const apart = found.map(([points], k) => Math.abs(points! - expected[k]![0]!));
    expect(Math.max(0, ...apart)).toBeLessThan(1e-12);
    expect(found.map(([, bars]) => bars)).toEqual(expected.map(([, bars]) => bars));
  } else expect(found).toEqual(expected);
  // Lanes past the last item repeat it.
  for (let item = sides.laneItems; item % 4 > 0; item++)
    for (const slot of slots) expect(sides.lane(item, slot)).toEqual(sides.lane(sides.laneItems - 1, slot));
}

describe("one comparison of two sides ends every trade as the plain walk does", () => {
  for (const areStopsInLanes of [false, true]) {
    const where = areStopsInLanes ? "stops in the lanes" : "stops in the rows";
    for (const intrabar of ["stop-first", "target-first", "nearest-open"] as const)
      it(`${intrabar}, ${where}`, () => {
        for (let seed = 0; seed < 12; seed++) {
          const one = wholePaths(seed, { fundingPer8h: 0, intrabar, summaryBars: null });
          expectPlainWalks(one, areStopsInLanes, intrabarCode[intrabar], seed);
        }
      });
    it(`the summary model, ${where}`, () => {
      for (let seed = 0; seed < 12; seed++) {
        const one = wholePaths(seed, { fundingPer8h: 0, intrabar: "stop-first", summaryBars: 6 });
        expectPlainWalks(one, areStopsInLanes, intrabarCode["nearest-open"], seed);
      }
    });
  }
});

describe("so it does with every further rule", () => {
  const { partials: _, ...whole } = everyRule;
  for (const intrabar of ["stop-first", "target-first", "nearest-open"] as const) {
    const rules = { fundingPer8h: 0.0003, intrabar, summaryBars: null };
    for (const areStopsInLanes of [false, true])
      it(`${intrabar}, ${areStopsInLanes ? "stops in the lanes" : "stops in the rows"}`, () => {
        for (let seed = 0; seed < 8; seed++)
          expectPlainWalks(wholePaths(seed, rules, whole), areStopsInLanes, intrabarCode[intrabar], seed);
      });
    it(`${intrabar}, with funding rates of the candles' own`, () => {
      for (let seed = 0; seed < 8; seed++)
        for (const areStopsInLanes of [false, true])
          expectPlainWalks(
            wholePaths(seed, rules, { ...whole, funding: true }),
            areStopsInLanes,
            intrabarCode[intrabar],
            seed,
          );
    });
    it(`${intrabar}, with partial exits, to 1e-12`, () => {
      for (let seed = 0; seed < 12; seed++)
        expectPlainWalks(wholePaths(seed, rules, everyRule), false, intrabarCode[intrabar], seed);
    });
  }
});

describe("a part that would leave at the next open", () => {
  it("has not left where the holding time ended the trade, even if it would have made less", () => {
    const candles = candlesFrom(
      [
        [100, 100, 100, 100],
        [100, 100.5, 100, 100.5],
        [101, 101, 100, 100],
      ],
      20,
    );
    const one: PathCase = {
      candles,
      signals: [{ bar: 0, direction: 1, entry: 100, atr: 1 }],
      stops: [
        {
          stops: [fixedStop({ value: 3, unit: "atr" }, "stop_loss")],
          partial: { share: 0.5, level: { value: 1, unit: "atr" } },
        },
      ],
      targets: [1, 3].map((holdingBars) => ({
        target: fixedTarget({ value: 5, unit: "atr" }, "take_profit"),
        holdingBars,
        usesExitSignal: false,
      })),
      // 3 % a bar: the half percent more is lost again.
      rules: { fee: 0, slippage: 0, fundingPer8h: 1, intrabar: "stop-first", summaryBars: null },
    };
    for (const rule of Object.values(intrabarCode)) expectPlainWalks(one, false, rule, 1);
  });
});

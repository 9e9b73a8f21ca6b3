import { describe, expect, it } from "vitest";
import { intrabarCode } from "../../src/core/exitReplayer.ts";
import type { TradeRules } from "../../src/search/trades.ts";
import { randomFrom } from "../support/random.ts";
import { type PathCase, pathCase, plainTrade, sidesOf } from "../support/records.ts";

/** Cases as a search meets them: every path fits the data. */
function wholePaths(seed: number, rules: Omit<TradeRules, "fee" | "slippage">): PathCase {
  const one = pathCase(seed, rules, 30);
  const longest = Math.max(...one.levels.holdingBars);
  return {
    ...one,
    levels: rules.summaryBars === null ? one.levels : { ...one.levels, trailing: [] },
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
    for (const [s, [stop, variant]] of sides.stopPairs.entries())
      for (const [t, [target, holding]] of sides.targetPairs.entries()) {
        const row = sides.row(areStopsInLanes ? t : s, slot);
        const lane = sides.lane(areStopsInLanes ? s : t, slot);
        const isRow = row.time <= lane.time;
        const time = isRow ? row.time : lane.time + sides.shift;
        found.push([isRow ? row.points : lane.points, (Math.trunc(time) + 1) >> 1]);
        const walked = plainTrade(one, one.signals[sources[k]!]!, [target, stop, variant, holding]);
        expected.push([100 * walked.return, walked.bars]);
      }
  expect(found).toEqual(expected);
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

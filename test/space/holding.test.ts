import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { coarseFactors, fineFactors, longestTriedBars, spaceAround } from "../../src/search/stages.ts";
import { exitOf, holdingBarsOf } from "../../src/space/exits.ts";
import { holding } from "../../src/space/held.ts";
import { heldHours, withWholeHolding, withWholeHoldings } from "../../src/space/holding.ts";

const hourMs = 3_600_000;

describe("holding times in a space", () => {
  it("of 1, 2, 4, 6 and 8 hours on 4h candles are 4 and 8: one bar and two, and 1 hour is none", () => {
    const { space, rounded } = withWholeHoldings({ max_holding_hours: [1, 2, 4, 6, 8] }, 4 * hourMs, "s");
    expect(space).toEqual({ max_holding_hours: [4, 8] });
    expect(rounded).toEqual([
      { hours: 1, held: null },
      { hours: 2, held: 4 },
      { hours: 6, held: 8 },
    ]);
  });

  it("stay in the order they are given, and as they are written where they are whole candles", () => {
    const given = { max_holding_hours: [24, 12, 0.25], min_luck: [0, 1] };
    expect(withWholeHoldings(given, 900_000, "s")).toEqual({ space: given, rounded: [] });
    const thirds = { max_holding_hours: [0.3333333333333333, 1 / 3 + 1 / 3, 1] };
    expect(withWholeHoldings(thirds, 1_200_000, "s")).toEqual({ space: thirds, rounded: [] });
  });

  it("are refused where none is half a candle", () => {
    expect(() => withWholeHoldings({ max_holding_hours: [0.5, 1] }, 4 * hourMs, "s")).toThrow(
      "every holding time is shorter than half a candle",
    );
  });

  it("rank as they are held: the same bars as before, each once", () => {
    const hours = fc.array(
      fc.integer({ min: 1, max: 400 }).map((tenths) => tenths / 10),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(hours, fc.constantFrom(900_000, hourMs, 4 * hourMs, 24 * hourMs), (given, timeframeMs) => {
        const meant = given.filter((time) => time * hourMs >= timeframeMs / 2);
        fc.pre(meant.length > 0);
        const held = withWholeHoldings({ max_holding_hours: given }, timeframeMs, "s").space[
          "max_holding_hours"
        ] as number[];
        expect(held.map((time) => holdingBarsOf(time, timeframeMs))).toEqual([
          ...new Set(meant.map((time) => holdingBarsOf(time, timeframeMs))),
        ]);
        for (const time of held) expect(heldHours(time, timeframeMs)).toBe(time);
      }),
    );
  });

  it("of one set are at least one candle", () => {
    expect(withWholeHolding({ max_holding_hours: 1 }, 4 * hourMs).params).toEqual({ max_holding_hours: 4 });
    expect(withWholeHolding({ max_holding_hours: 0.25 }, 900_000).rounded).toEqual([]);
    expect(withWholeHolding({ atr_tp_multiplier: 1 }, hourMs).params).toEqual({ atr_tp_multiplier: 1 });
  });
});

describe("the longest holding time that a run tries", () => {
  it("counts each stage's rounding: 5 bars become 8, 10 and 12, though 5 x 1.5 x 1.2 x 1.2 is 10.8", () => {
    expect(longestTriedBars([1.25], 900_000)).toBe(12);
  });

  it("is never passed by a stage after the other", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 400 }),
        fc.constantFrom(900_000, hourMs, 4 * hourMs),
        (bars, timeframeMs) => {
          const space = { max_holding_hours: [1] };
          let hours = (bars * timeframeMs) / hourMs;
          let longest = bars;
          for (const factors of [coarseFactors, fineFactors, fineFactors]) {
            const around = spaceAround(space, { max_holding_hours: hours }, factors, timeframeMs);
            hours = Math.max(...(around["max_holding_hours"] as number[]));
            longest = Math.max(longest, holdingBarsOf(hours, timeframeMs));
          }
          expect(longestTriedBars([(bars * timeframeMs) / hourMs], timeframeMs)).toBe(longest);
        },
      ),
    );
  });
});

describe("a space around a set that is judged", () => {
  const given = { min_luck: [0, 0.5], atr_tp_multiplier: [2, 4] };
  const params = { atr_tp_multiplier: 3, atr_stop_multiplier: 1, max_skill: 0.9, min_luck: 0.5 };

  it("holds what it does not name at the set's value, behind what it names", () => {
    const { space, held } = holding(given, params);
    expect(held).toEqual(["atr_stop_multiplier", "max_skill"]);
    expect(Object.entries(space)).toEqual([
      ...Object.entries(given),
      ["atr_stop_multiplier", [1]],
      ["max_skill", [0.9]],
    ]);
    expect(holding(space, params).held).toEqual([]);
  });

  it("varies the exits that it names and no held one", () => {
    const { space, held } = holding(given, params);
    expect(spaceAround(space, params, fineFactors, 900_000, held)).toEqual({
      ...space,
      atr_tp_multiplier: [2.4, 2.7, 3, 3.3, 3.6],
    });
    expect(exitOf(params).stops[0]!.core).toEqual({ kind: "fixed", level: { value: 1, unit: "atr" } });
  });
});

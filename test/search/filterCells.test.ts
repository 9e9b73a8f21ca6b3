import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { settingFigures } from "../../src/search/cellSums.ts";
import { filterCellsOf, pointUnit, wholePoints } from "../../src/search/filterCells.ts";
import { capturedRows } from "../../src/search/setReplayer.ts";
import { filtersOf } from "../../src/space/filters.ts";
import type { Parameters, ParameterValue, Space } from "../../src/space/parameters.ts";
import { randomCase, randomFrom } from "../support/random.ts";
import { inAnyOrder, some } from "../support/searchCases.ts";

const spaceArbitrary: fc.Arbitrary<Space> = fc
  .record(
    {
      min_score: some(0, 2, 5, 8),
      max_level: some(4, 3, 1),
      require_flag: some(false, true),
      allowed_group: some<number[] | "any">("any", [0, 1], [1, 2, 3], [3]),
      atr_tp_multiplier: some(0.5, 1, 2, 4),
    },
    { requiredKeys: [] },
  )
  .chain((space) => inAnyOrder(space as Space));

/** A market's rows, what each makes, and a set of the space. */
function caseOf(seed: number, space: Space) {
  const { table } = randomCase(seed, 120, 90);
  const random = randomFrom(seed);
  const rows = Uint32Array.from({ length: table.count }, (_, row) => row);
  const returns = Float64Array.from(rows, () => (random() < 0.1 ? 0 : 0.2 * (random() - 0.5)));
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  const params: Record<string, ParameterValue> = Object.fromEntries(
    Object.entries(space).map(([key, candidates]) => [key, pick(candidates)]),
  );
  return { table, trades: { rows, returns }, params, random };
}

/** Sums over the rows that pass a set's filters, in table order. */
function summed({ table, trades }: ReturnType<typeof caseOf>, params: Parameters) {
  const rows = capturedRows(table, filtersOf(params));
  let [wins, total, whole] = [0, 0, 0];
  for (const row of rows) {
    const net = trades.returns[row]!;
    wins += Number(net > 0);
    total += 100 * net;
    whole += wholePoints(net);
  }
  return { n: rows.length, wins, total, whole };
}

describe("sums by filter cell", () => {
  it("add up to the trades of any setting, however many filters are fixed", () => {
    fc.assert(
      fc.property(fc.integer(), spaceArbitrary, fc.constantFrom(8000, 20, 3, 1), (seed, space, most) => {
        const one = caseOf(seed, space);
        const { axes, fixed, codes, n, wins, points } = filterCellsOf(space, one.table, one.params, one.trades, most);
        expect(codes.length).toBeLessThanOrEqual(most);
        expect([...axes.map(({ parameter }) => parameter), ...fixed].sort()).toEqual(
          filtersOf(one.params)
            .map(({ parameter }) => parameter)
            .sort(),
        );
        const sums = { passes: axes.map(({ passes }) => passes), codes, n, wins, points, unit: pointUnit };
        for (let k = 0; k < 8; k++) {
          const places = axes.map(({ digits }) => Math.floor(one.random() * digits.length));
          const moved = Object.fromEntries(
            axes.map(({ parameter, digits }, axis) => [parameter, space[parameter]![digits[places[axis]!]!]!]),
          );
          const expected = summed(one, { ...one.params, ...moved });
          const found = settingFigures(sums, places);
          expect(found.n).toBe(expected.n);
          expect(found.winRate).toBe(expected.n === 0 ? 0 : expected.wins / expected.n);
          expect(found.total).toBe(expected.whole * pointUnit);
          expect(Math.abs(found.total - expected.total)).toBeLessThanOrEqual(1e-9 * (1 + expected.n));
        }
      }),
      { numRuns: 200, seed: 8 },
    );
  });

  it("keep a filter of the set that the space does not have, at the set's value", () => {
    const space: Space = { min_score: [0, 5] };
    const one = caseOf(4, space);
    const params = { min_score: 5, max_level: 2, require_flag: true };
    const { axes, fixed, ...cells } = filterCellsOf(space, one.table, params, one.trades);
    expect(fixed).toEqual(["max_level", "require_flag"]);
    const sums = { passes: axes.map(({ passes }) => passes), ...cells, unit: pointUnit };
    expect(axes[0]!.chosen).toBe(1);
    for (const [place, min_score] of [0, 5].entries())
      expect(settingFigures(sums, [place]).n).toBe(summed(one, { ...params, min_score }).n);
  });

  it("fixes the filter first that moves the total least", () => {
    const table = {
      count: 4,
      featureNames: ["score", "level"],
      features: [Float64Array.of(0, 0, 5, 5), Float64Array.of(1, 3, 1, 3)],
    };
    const trades = { rows: Uint32Array.of(0, 1, 2, 3), returns: Float64Array.of(0.5, 0.5, 0.01, 0.01) };
    const space: Space = { min_score: [0, 5], max_level: [3, 1] };
    const { axes, fixed, n } = filterCellsOf(space, table, { min_score: 5, max_level: 3 }, trades, 2);
    expect(axes.map(({ parameter }) => parameter)).toEqual(["min_score"]);
    expect(fixed).toEqual(["max_level"]);
    expect(n).toEqual([2, 2]);
  });
});

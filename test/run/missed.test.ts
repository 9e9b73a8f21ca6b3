import { describe, expect, it } from "vitest";
import { CoreFault } from "../../src/errors.ts";
import type { Labels, OpportunityTable } from "../../src/opportunities/table.ts";
import { missedOpportunities } from "../../src/run/missed.ts";
import type { Filter } from "../../src/space/parameters.ts";

/** Rows of a score, a level and an MFE in percent; objective from 8 % up. */
function rowsOf(rows: readonly (readonly [score: number, level: number, mfe: number])[]): {
  table: OpportunityTable;
  labels: Labels;
  rows: number[];
} {
  const count = rows.length;
  const column = (index: 0 | 1 | 2): Float64Array => Float64Array.from(rows, (row) => row[index]);
  const mfe = column(2).map((percent) => percent / 100);
  return {
    table: {
      count,
      symbols: ["BTCUSDT"],
      symbol: new Uint16Array(count),
      timestampMs: Float64Array.from(rows, (_, row) => 1000 * row),
      bar: new Int32Array(count),
      direction: Int8Array.from(rows, (_, row) => (row % 2 === 0 ? 1 : -1)),
      types: ["all"],
      type: new Uint8Array(count),
      entry: new Float64Array(count).fill(1),
      atr: new Float64Array(count).fill(1),
      featureNames: ["score", "level"],
      features: [column(0), column(1)],
    },
    labels: {
      mfe,
      mae: new Float64Array(count),
      hoursToMfe: new Float64Array(count),
      density: new Float64Array(count),
      objective: Uint8Array.from(mfe, (value) => (value >= 0.08 ? 1 : 0)),
    },
    rows: rows.map((_, row) => row),
  };
}

const filters: readonly Filter[] = [
  { parameter: "min_score", kind: "min", feature: "score", value: 50 },
  { parameter: "max_level", kind: "max", feature: "level", value: 3 },
];

describe("missed opportunities", () => {
  it("stand under the first filter that rejects them, in the order of the space", () => {
    const input = rowsOf([
      [60, 1, 10],
      [40, 9, 12],
      [60, 9, 9],
      [40, 1, 8],
      [40, 9, 5],
    ]);
    const missed = missedOpportunities({ ...input, filters });
    expect(missed).toMatchObject({ objective_opportunities: 4, missed: 3, by_filter: { min_score: 2, max_level: 1 } });
    expect(missed.largest.map((each) => [each.timestamp, each.direction, each.rejected_by, each.value])).toEqual([
      [1000, "short", "min_score", 40],
      [2000, "long", "max_level", 9],
      [3000, "short", "min_score", 40],
    ]);
    expect(missed.largest[0]!.mfe).toBeCloseTo(12, 12);
  });

  it("count an empty cell as rejected, and show no value for it", () => {
    const missed = missedOpportunities({ ...rowsOf([[Number.NaN, 1, 10]]), filters });
    expect(missed.by_filter).toEqual({ min_score: 1 });
    expect(missed.largest[0]!.value).toBeNull();
  });

  it("are none where nothing is objective, or no filter asks anything", () => {
    expect(missedOpportunities({ ...rowsOf([[1, 1, 7.9]]), filters })).toMatchObject({
      objective_opportunities: 0,
      missed: 0,
    });
    expect(missedOpportunities({ ...rowsOf([[1, 1, 9]]), filters: [] })).toMatchObject({
      objective_opportunities: 1,
      missed: 0,
    });
  });

  it("concern only the rows asked for, and name 30 unless said", () => {
    const input = rowsOf(Array.from({ length: 100 }, (_, row) => [0, 0, 8 + row / 10] as const));
    expect(missedOpportunities({ ...input, rows: [3, 5], filters })).toMatchObject({
      objective_opportunities: 2,
      missed: 2,
    });
    expect(missedOpportunities({ ...input, filters }).largest).toHaveLength(30);
    expect(missedOpportunities({ ...input, filters, limit: 1 }).largest[0]!.timestamp).toBe(99_000);
  });

  it("refuse a filter on a feature that the table does not have", () => {
    const filter: Filter = { parameter: "min_gone", kind: "min", feature: "gone", value: 1 };
    expect(() => missedOpportunities({ ...rowsOf([[1, 1, 9]]), filters: [filter] })).toThrow(CoreFault);
  });
});

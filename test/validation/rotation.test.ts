import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { OpportunityTable } from "../../src/opportunities/table.ts";
import { FeatureRotation } from "../../src/validation/rotation.ts";
import { randomCase } from "../support/random.ts";

const timeframeMs = 900_000;

/** The rule said slowly: how many rows of its kin does the lag pass over, row by row, by counting on a line of three rings? */
function slowSources(table: OpportunityTable, lag: number): number[] {
  const all = Array.from({ length: table.count }, (_, row) => row);
  const first = Math.min(...table.timestampMs);
  const place = (row: number): number => Math.floor((table.timestampMs[row]! - first) / timeframeMs);
  const bars = Math.max(...all.map(place)) + 1;
  const kinOf = (row: number): number[] =>
    all
      .filter((other) =>
        (["type", "symbol", "direction"] as const).every((key) => table[key][other] === table[key][row]),
      )
      .sort((a, b) => place(a) - place(b) || a - b);
  return all.map((row) => {
    const kin = kinOf(row);
    const line = [-bars, 0, bars].flatMap((turn) => kin.map((other) => place(other) + turn));
    // Places strictly between, and half of those at either end.
    const passed = (k: number): number => {
      const [own, wanted] = [place(kin[k]!), place(kin[k]!) - lag];
      const between = line.filter((at) => at > wanted && at < own).length;
      const before = kin.slice(0, k).filter((other) => place(other) === own).length;
      const there = line.filter((at) => at === wanted).length;
      return between + before + (there + 1) / 2;
    };
    const shift = Math.round(kin.reduce((sum, _, k) => sum + passed(k), 0) / kin.length);
    const from = (kin.indexOf(row) - shift) % kin.length;
    return kin[(from + kin.length) % kin.length]!;
  });
}

describe("features rotated against what came", () => {
  it("are each used once, by a row of their own kin, and all of a kin move on by the same number of rows", () => {
    fc.assert(
      fc.property(
        fc.nat(1000),
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0, max: 0.99, noNaN: true }),
        (seed, rows, drawn) => {
          const { table } = randomCase(seed, rows, 200);
          const typed = {
            ...table,
            types: ["a", "b"],
            type: Uint8Array.from(table.type, (_, row) => (row * 7 + seed) % 2),
          };
          const rotation = new FeatureRotation(typed, timeframeMs, 20);
          const lag = rotation.lagOf(drawn);
          const sources = slowSources(typed, lag);
          expect([...rotation.sources(lag)]).toEqual(sources);
          expect(new Set(sources).size).toBe(rows);
          const rotated = rotation.rotated(lag);
          for (const [k, column] of typed.features.entries())
            expect([...rotated.features[k]!]).toEqual(sources.map((row) => column[row]));
          expect(rotated.timestampMs).toBe(typed.timestampMs);
          expect(rotated.entry).toBe(typed.entry);
        },
      ),
    );
  });

  it("move along whole where rows come at even times, and keep what was known at one time together", () => {
    // Two symbols with a row each bar, ten bars; a lag of 3: row k takes what row k - 3 knew, in both.
    const bars = 10;
    const { table } = randomCase(1, 2 * bars, 50);
    const bar = (row: number): number => row >> 1;
    const even: OpportunityTable = {
      ...table,
      symbol: Uint16Array.from({ length: table.count }, (_, row) => row % 2),
      direction: new Int8Array(table.count).fill(1),
      timestampMs: Float64Array.from({ length: table.count }, (_, row) => bar(row) * timeframeMs),
      featureNames: ["bar"],
      features: [Float64Array.from({ length: table.count }, (_, row) => bar(row))],
    };
    const rotation = new FeatureRotation(even, timeframeMs, 2);
    const [known] = rotation.rotated(3).features;
    for (let row = 0; row < table.count; row++) expect(known![row]).toBe((bar(row) + bars - 3) % bars);
    expect(rotation.isPossible).toBe(true);
    expect(new FeatureRotation(even, timeframeMs, 5).isPossible).toBe(false);
  });

  it("take what their score is made of with them", () => {
    const { table } = randomCase(2, 30, 100);
    const part = Float64Array.from({ length: 30 }, (_, row) => row);
    const scored = { ...table, activations: { names: ["momentum"], columns: [part], penalty: part } };
    const rotation = new FeatureRotation(scored, timeframeMs, 5);
    const { activations } = rotation.rotated(20);
    expect([...activations!.columns[0]!]).toEqual([...rotation.sources(20)]);
    expect([...activations!.penalty]).toEqual([...rotation.sources(20)]);
  });
});

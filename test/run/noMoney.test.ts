import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { paintFor } from "../../src/report/paint.ts";
import { searchSummary } from "../../src/report/searchSummary.ts";
import { optimizeSummary } from "../../src/report/summary.ts";
import { optimize } from "../../src/run/optimize.ts";
import { search } from "../../src/run/search.ts";
import { isNoneGaining, type Objective, objectiveNames } from "../../src/search/objectives.ts";
import { type EdgeMarket, writeEdgeMarket } from "../support/edgeMarket.ts";

let folder: string;
let edge: EdgeMarket;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-no-money-"));
  edge = writeEdgeMarket(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

const plain = paintFor(false);
const code = "NO_SET_MAKES_MONEY";

const searched = (fee: number, objective?: Objective) => {
  const { signals, nowMs: _, lookaheadHours, ...market } = edge;
  const chosen = objective === undefined ? {} : { objective };
  return search({ ...market, lookaheadHours, opportunities: signals, type: "good", threads: 1, fee, ...chosen });
};

describe("a search of which no set makes money", () => {
  it.each([...objectiveNames])("says so first, by %s: 3 %% a side on moves of 2.4 %%", async (objective) => {
    const found = await searched(0.03, objective);
    const warning = found.warnings.find((one) => one.code === code)!;
    expect(found.top[0]!.metrics.avg_return).toBeLessThan(0);
    expect(warning.message).toMatch(
      /^no set makes money: the best by \w+ loses \d+\.\d+% per trade over [\d,]+ trades$/,
    );
    expect(warning.message).toContain(`by ${objective} `);
    const lines = searchSummary(found, plain).split("\n");
    expect(lines[0]).toMatch(/^Warning {2}no set makes money: the best by/);
    expect(lines.filter((line) => line.includes("no set makes money"))).toHaveLength(1);
  });

  it("says nothing where one does, at the usual costs", async () => {
    const found = await searched(0.0005);
    expect(found.objective).toBe("evidence");
    expect(found.top[0]!.score).toBeGreaterThan(0);
    expect(found.warnings.map((one) => one.code)).not.toContain(code);
    expect(searchSummary(found, plain)).toMatch(/^good {2}best by evidence/);
  });
});

describe("a run of which one type makes no money", () => {
  it("says of that type alone that none does, and before its verdict", async () => {
    const result = await optimize({
      ...edge,
      fee: 0.004,
      dryRun: true,
      threads: 1,
    });
    const told = result.warnings.filter((one) => one.code === code).map(({ message }) => message);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(/^bad: no set makes money: the best by evidence loses/);
    const { phase3 } = result.runs[0]!;
    expect(phase3["bad"]!.score).toBeLessThan(0);
    expect(phase3["good"]!.score).toBeGreaterThan(0);
    expect(optimizeSummary(result, plain)).toMatch(/^Warning {2}bad: no set makes money/);
  });
});

describe("whether no set makes money", () => {
  const best = (score: number, total_return: number) => ({ score, metrics: { total_return } });

  it("is told by the best set's total, whatever its score: a profit factor of 0.8 is above 0, and loses", () => {
    expect(isNoneGaining("profit_factor", best(0.8, -12))).toBe(true);
    expect(isNoneGaining("balanced", best(0.03, -12))).toBe(true);
    // A drawdown may take all points of a set that gains.
    expect(isNoneGaining("balanced", best(0, 12))).toBe(false);
    expect(isNoneGaining("evidence", best(0, 0))).toBe(true);
    expect(isNoneGaining("evidence", best(0.1, 0.1))).toBe(false);
  });

  it("is not known at a score of 0 that sets which gain may have as well", () => {
    for (const objective of ["capture", "sqn"] as const) {
      expect(isNoneGaining(objective, best(0, -3))).toBe(false);
      expect(isNoneGaining(objective, best(-0.1, -3))).toBe(true);
    }
  });
});

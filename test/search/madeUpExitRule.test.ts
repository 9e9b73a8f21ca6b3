import { describe, expect, it } from "vitest";
import { metricsOf } from "../../src/search/metrics.ts";
import { compareSets, scoreOf } from "../../src/search/objectives.ts";
import { walkTrade } from "../../src/search/plainWalk.ts";
import { searchTable } from "../../src/search/searchTable.ts";
import { spaceAround, statingVariants, withoutVariants } from "../../src/search/stages.ts";
import { checkParameters, checkSpace } from "../../src/space/check.ts";
import { fixedStop, fixedTarget, lockedStop } from "../../src/space/exitParts.ts";
import { exitReasons } from "../../src/space/exits.ts";
import { neighboursOf } from "../../src/space/neighbours.ts";
import { orderSpace } from "../../src/space/order.ts";
import type { Parameters, Space } from "../../src/space/parameters.ts";
import { isSameSet } from "../../src/space/same.ts";
import { ratchet } from "../support/madeUpExitRule.ts";
import { randomCase } from "../support/random.ts";
import { taskOf } from "../support/searchCases.ts";

const space: Space = {
  min_score: [0, 2, 5],
  ratchet_keeps_percent: [0.3, -0.4],
  atr_tp_multiplier: [1, 2, 4],
  atr_stop_multiplier: [1, 3],
  ratchet_from_percent: ["none", 0.5, 1],
};

/** Sets in the order of nested loops; what the stop keeps counts only with a ratchet. */
function setsOf(): Parameters[] {
  const sets: Parameters[] = [];
  for (const min_score of space["min_score"]!)
    for (const keeps of space["ratchet_keeps_percent"]!)
      for (const atr_tp_multiplier of space["atr_tp_multiplier"]!)
        for (const atr_stop_multiplier of space["atr_stop_multiplier"]!)
          for (const from of space["ratchet_from_percent"]!) {
            if (from === "none" && keeps !== 0.3) continue;
            sets.push({
              min_score,
              ...(from !== "none" && { ratchet_keeps_percent: keeps }),
              atr_tp_multiplier,
              atr_stop_multiplier,
              ratchet_from_percent: from,
            });
          }
  return sets;
}

describe("an exit rule that is one object more", () => {
  const featureNames = ["score"];

  it("is known by its parameters: spaces, sets, their order, neighbours and stages", () => {
    expect(checkSpace(space, featureNames, "here")).toEqual(space);
    expect(() => checkSpace({ ratchet_from_percent: [0] }, featureNames, "here")).toThrow(
      "invalid value for ratchet_from_percent",
    );
    expect(() => checkParameters({ ratchet_form_percent: 1 }, featureNames, "here")).toThrow("unknown parameter");
    const order = orderSpace(space);
    const sets = setsOf();
    expect(order.sets).toBe(sets.length);
    expect(sets.map((_, rank) => order.parametersOf(rank))).toEqual(sets);
    expect(isSameSet({ ratchet_from_percent: "none", ratchet_keeps_percent: 9 }, {})).toBe(true);
    expect(
      neighboursOf(
        { ratchet_from_percent: ["none", 0.5], ratchet_keeps_percent: [0.3] },
        { ratchet_from_percent: "none" },
      ),
    ).toEqual([{ ratchet_from_percent: 0.5, ratchet_keeps_percent: 0.3 }]);
    expect(Object.keys(withoutVariants(space))).toEqual(["min_score", "atr_tp_multiplier", "atr_stop_multiplier"]);
    expect(statingVariants({ min_score: 0 }, space)).toEqual({ min_score: 0, ratchet_from_percent: "none" });
    expect(spaceAround(space, { ratchet_from_percent: 1 }, [0.5, 2], 900_000)["ratchet_from_percent"]).toEqual(
      space["ratchet_from_percent"],
    );
    expect(exitReasons()).toContain(ratchet.reasons[0]);
  });

  it("is searched as walking every set does", () => {
    const task = taskOf(randomCase(4, 60, 90), space, "evidence", { minTrades: 3 }, "nearest-open", 2 ** 22);
    const { table, market, labels, rules } = task;
    const objectiveTotal = labels.objective.reduce((sum, flag) => sum + flag, 0);
    const ranked = setsOf().flatMap((set, index) => {
      const from = set["ratchet_from_percent"];
      const stop = fixedStop({ value: set["atr_stop_multiplier"] as number, unit: "atr" }, "stop_loss");
      const exit = {
        target: fixedTarget({ value: set["atr_tp_multiplier"] as number, unit: "atr" }, "take_profit"),
        stops:
          typeof from === "number"
            ? [stop, lockedStop({ value: from, unit: "percent" }, set["ratchet_keeps_percent"] as number, "ratchet")]
            : [stop],
        holdingBars: 48,
        usesExitSignal: false,
        partial: null,
      };
      const trades = [];
      for (let row = 0; row < table.count; row++) {
        const score = table.features[table.featureNames.indexOf("score")]![row]!;
        if (!(score >= (set["min_score"] as number))) continue;
        const signal = {
          bar: table.bar[row]!,
          direction: table.direction[row]! as 1 | -1,
          entry: table.entry[row]!,
          atr: table.atr[row]!,
        };
        const walked = walkTrade(market.bySymbol.get(table.symbols[table.symbol[row]!]!)!, signal, exit, rules);
        const entryTimeMs = table.timestampMs[row]!;
        const exitTimeMs = entryTimeMs + walked.bars * 900_000;
        trades.push({ ...walked, row, entryTimeMs, exitTimeMs, objective: labels.objective[row] === 1 });
      }
      const metrics = metricsOf(trades, objectiveTotal, 0.25);
      return metrics.n < 3 ? [] : [{ index, score: scoreOf("evidence", metrics, 20), metrics }];
    });
    const expected = ranked.sort((a, b) => compareSets("evidence", a, b)).slice(0, task.top);
    const found = searchTable(task).top.map(({ index, score, metrics }) => ({ index, score, metrics }));
    expect(found).toEqual(expected);
    expect(ranked.some(({ metrics }) => (metrics.exits["ratchet"] ?? 0) > 0)).toBe(true);
  });
});

import { describe, expect, it } from "vitest";
import { plateauAround } from "../../src/run/evidence.ts";
import { settingsOf } from "../../src/run/request.ts";
import type { Objective } from "../../src/search/objectives.ts";
import { searchTable } from "../../src/search/searchTable.ts";
import { SetReplayer } from "../../src/search/setReplayer.ts";
import type { Space } from "../../src/space/parameters.ts";
import { barsTask } from "../support/bars.ts";

/** Thirty signals of scores 5 to 9 that gain 2 %, 3 % or lose 1 % within a bar, of an ATR of 1 %. */
const ends = [1.02, 1.03, 0.99];
const signals = Array.from({ length: 30 }, (_, k) => {
  const end = ends[k % 3]!;
  return {
    price: 100,
    atr: 1,
    bars: [[Math.max(1, end), Math.min(1, end), end] as const, [end, end, end] as const],
    features: { score: 5 + (k % 5) },
  };
});

/** The plateau around the best set of a search of this space. */
function plateauIn(space: Space, objective: Objective = "balanced", minTrades = 5, given = signals) {
  const task = barsTask(given, { space, objective, constraints: { minTrades }, top: 1 });
  const { table, labels, market, rules } = task;
  const replayer = new SetReplayer({ table, labels, market, rules, longestBars: 1, memoryBytes: task.memoryBytes });
  const settings = settingsOf({ timeframeMs: 900_000, minTrades, objective });
  const best = searchTable(task).top[0]!;
  const plateau = plateauAround(settings, replayer, best.params, { space, best, objective });
  replayer.release();
  return { best, plateau };
}

describe("the neighbours on a plateau", () => {
  const exits: Space = { atr_tp_multiplier: [8, 9, 10], atr_stop_multiplier: [8, 9], max_holding_hours: [0.25] };

  it("are none where no level is reached and no filter rejects anything", () => {
    expect(plateauIn(exits).plateau.neighbours).toEqual([]);
    expect(plateauIn({ ...exits, min_score: [0, 1, 2], max_score: [9, 10] }).plateau.neighbours).toEqual([]);
  });

  it("are those that make other trades, each of them once", () => {
    // A target of 2.5 takes 2.5 % where 3 % was to be had: one neighbour, whatever the stop. Of the scores only 6 rejects some.
    const { best, plateau } = plateauIn({ ...exits, atr_tp_multiplier: [8, 2.5], min_score: [5, 6] });
    expect(best.params).toMatchObject({ atr_tp_multiplier: 8 });
    expect(plateau.neighbours).toHaveLength(2);
    // Both scores stand for the same trades: the step to another is a step to none.
    expect(plateauIn({ ...exits, atr_tp_multiplier: [8, 2.5], min_score: [4, 5] }).plateau.neighbours).toHaveLength(1);
    for (const score of plateau.neighbours) expect(score).toBeGreaterThan(0);
  });

  it("have the scores of the search's own objective, by evidence too: of 30 trades that make 40 % the total over the root of 30", () => {
    const { best, plateau } = plateauIn({ ...exits, atr_tp_multiplier: [8, 2.5], min_score: [5, 6] }, "evidence");
    expect(best.score).toBeCloseTo(40 / Math.sqrt(30), 9);
    // At a target of 2.5 the ten trades of 3 % make 2.5 %: 35. Of the 24 with a score of 6 or more, eight lose: 16 + 24 - 8.
    const scores = [35 / Math.sqrt(30), 32 / Math.sqrt(24)].sort();
    expect([...plateau.neighbours].sort()).toEqual(scores.map((score) => expect.closeTo(score, 9)));
  });

  it("may score below 0, and one that is not ranked scores 0, below which the plateau does not look", () => {
    // Scores of 9 gain, the others lose: at 9 there are six trades, at 8 twelve, and at 10 none.
    const uneven = signals.map((signal, k) => {
      const end = k % 5 === 4 ? 1.02 : 0.97;
      return { ...signal, bars: [[Math.max(1, end), Math.min(1, end), end] as const, [end, end, end] as const] };
    });
    const { best, plateau } = plateauIn({ ...exits, min_score: [8, 9, 10] }, "evidence", 5, uneven);
    expect(best.params).toMatchObject({ min_score: 9 });
    expect(best.score).toBeCloseTo(12 / Math.sqrt(6), 9);
    expect(plateau.neighbours).toHaveLength(2);
    expect(Math.min(...plateau.neighbours)).toBeCloseTo(-6 / Math.sqrt(12), 9);
    expect(Math.max(...plateau.neighbours)).toBe(0);
  });
});

import { describe, expect, it } from "vitest";
import { plateauAround } from "../../src/run/evidence.ts";
import { settingsOf } from "../../src/run/request.ts";
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
function plateauIn(space: Space) {
  const task = barsTask(signals, { space, objective: "balanced", constraints: { minTrades: 5 }, top: 1 });
  const { table, labels, market, rules } = task;
  const replayer = new SetReplayer(table, labels, market, rules, 900_000, 1, task.memoryBytes);
  const settings = settingsOf({ timeframeMs: 900_000, minTrades: 5 });
  const best = searchTable(task).top[0]!;
  const plateau = plateauAround(settings, replayer, best.params, { space, best, objective: "balanced" });
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
});

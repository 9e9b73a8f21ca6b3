import { describe, expect, it } from "vitest";
import * as abi from "../../src/core/abi.ts";
import { Sweep } from "../../src/core/sweep.ts";
import type { SweepEntry, SweepJob } from "../../src/core/sweepJob.ts";
import { CapacityError } from "../../src/errors.ts";
import { candlesOf } from "../../src/search/market.ts";
import { objectiveNames } from "../../src/search/objectives.ts";
import type { Space } from "../../src/space/parameters.ts";
import { jobOf } from "../support/jobs.ts";
import { expectSets, metricsOf, plainSets, taskOf } from "../support/sweepTasks.ts";

const exits = {
  atr_tp_multiplier: [0.5, 1, 2, 4],
  atr_stop_multiplier: [0.5, 1.5],
  max_holding_hours: [1, 3],
};
const trailing = {
  trailing_stop_enabled: [false, true],
  trailing_stop_activation: [0, 1],
  trailing_stop_distance: [0.5, 1],
};
/** Spaces by what is peculiar to them: which side of an exit stands in the lanes, how many lanes of the last group are no exits, which filters. */
const spaces: Readonly<Record<string, Space>> = {
  "eight targets in the lanes": { min_score: [0, 3, 6], max_level: [4, 3, 1], ...exits },
  "stops in the lanes": {
    min_score: [2, 5],
    allowed_group: ["any", [0, 1], [3]],
    ...exits,
    atr_tp_multiplier: [1, 3],
    atr_stop_multiplier: [0.5, 1, 2],
    max_holding_hours: [2],
    ...trailing,
  },
  "one exit, every filter": { min_score: [0, 4], max_level: [3, 2], require_flag: [false, true], max_group: [3, 2] },
  "no filter": { ...exits, ...trailing },
  "partial exits": {
    min_score: [0, 4],
    allowed_group: ["any", [1, 2]],
    ...exits,
    partial_exit: ["none", { share: 0.5, atr: 0.5 }, { share: 0.25, percent: 1.5 }],
  },
};

/** Enough for all sets of any space here. */
const allSets = 400;

describe("a sweep", () => {
  for (const [k, objective] of objectiveNames.entries())
    for (const [s, [name, space]] of Object.entries(spaces).entries())
      it(`gives every set its key by ${objective}: ${name}`, () => {
        const intrabar = (["stop-first", "target-first", "nearest-open"] as const)[(k + s) % 3]!;
        // Without a limit on the drawdown that could bite, the bound of `balanced` is its score.
        const task = taskOf(space, objective, intrabar, { drawdownLimit: 1e9 });
        const expected = plainSets(task, false);
        const sweep = new Sweep(jobOf(task, allSets, false));
        const all = sweep.leaderboard();
        expect(sweep.ranked).toBe(expected.length);
        expect(all.length).toBeLessThan(allSets);
        expectSets(all, expected);
        sweep.release();
        // Sets below a floor are of no use to whoever sets it.
        const floor = all[Math.min(4, all.length - 1)]!.key;
        const above = new Sweep({ ...jobOf(task, allSets, false), floor });
        expect(above.leaderboard()).toEqual(all.filter(({ key }) => key >= floor));
        above.release();
        for (const heapEntries of [1, 5, 30]) {
          const few = new Sweep(jobOf(task, heapEntries, false));
          const best = few.leaderboard();
          expect(best).toEqual(all.slice(0, heapEntries));
          few.release();
        }
      });

  it("gives no place to sets whose trades all made exactly nothing", () => {
    const rules = { fee: 0, slippage: 0, fundingPer8h: 0, intrabar: "stop-first", summaryBars: null } as const;
    const wide = { atr_tp_multiplier: [50, 60], atr_stop_multiplier: [50], max_holding_hours: [0.25] };
    const space = { min_score: [0, 2, 5], max_level: [4, 1], ...wide };
    for (const objective of ["sqn", "sortino", "profit_factor", "balanced"] as const) {
      const task = taskOf(space, objective, "stop-first", { rules, drawdownLimit: 1e9 });
      // What has a score of 5 or more enters where the next bar closes, and leaves there.
      const { table, market } = task;
      const [score] = table.features;
      const entry = table.entry.map((price, row) =>
        score![row]! >= 5 ? candlesOf(table, market)[table.symbol[row]!]!.close[table.bar[row]! + 1]! : price,
      );
      const changed = { ...task, table: { ...table, entry } };
      const nothing = metricsOf(changed).filter(({ n, avg_win, avg_loss }) => n > 1 && avg_win === 0 && avg_loss === 0);
      expect(nothing.length).toBeGreaterThan(1);
      const sweep = new Sweep(jobOf(changed, allSets, false));
      expectSets(sweep.leaderboard(), plainSets(changed, false));
      sweep.release();
    }
  });

  it("streams what it cannot hold, a few opportunities and tiles at a time, and gives the same", () => {
    for (const [objective, needsDrawdown] of [
      ["total", false],
      ["sqn", false],
      ["balanced", true],
      ["calmar", true],
    ] as const) {
      const wanted = taskOf(spaces["stops in the lanes"]!, objective, "nearest-open", {}, 1500);
      const best = (memoryBytes: number): { sets: SweepEntry[]; passes: number } => {
        const sweep = new Sweep(jobOf({ ...wanted, memoryBytes }, 40, needsDrawdown));
        const bounds = sweep.leaderboard();
        const sets = needsDrawdown ? sweep.settle(bounds, Number.NEGATIVE_INFINITY).slice(0, wanted.top) : bounds;
        sweep.release();
        return { sets, passes: sweep.passes };
      };
      const held = best(16 << 20);
      const streamed = best(leastBytes(jobOf({ ...wanted, memoryBytes: 0 }, 40, needsDrawdown)));
      expect(streamed.passes).toBeGreaterThan(held.passes);
      expectSets(streamed.sets, held.sets);
    }
  });
});

/** The least memory that a job fits. */
function leastBytes(job: SweepJob): number {
  try {
    new Sweep(job);
  } catch (error) {
    if (error instanceof CapacityError) return error.neededBytes;
  }
  throw new Error("a job fits no memory");
}

describe("settling", () => {
  for (const [objective, maxDrawdown] of [
    ["calmar", undefined],
    ["balanced", undefined],
    ["total", 9],
    ["sqn", 12],
  ] as const)
    for (const [name, space] of Object.entries(spaces))
      it(`finds the best sets by ${objective}${maxDrawdown ? ` that fall by at most ${maxDrawdown}` : ""}: ${name}`, () => {
        const constraints = { minTrades: 2, ...(maxDrawdown !== undefined && { maxDrawdown }) };
        const task = taskOf(space, objective, "nearest-open", { constraints });
        const expected = plainSets(task, true);
        for (const heapEntries of [allSets, 10]) {
          const sweep = new Sweep(jobOf(task, heapEntries, true));
          const settled = sweep.settle(sweep.leaderboard(), Number.NEGATIVE_INFINITY);
          expectSets(settled.slice(0, task.top), expected.slice(0, task.top));
          sweep.release();
        }
      });

  const many: Space = {
    min_score: [0, 1, 2, 3, 4, 5, 6],
    max_level: [4, 3, 2, 1],
    max_group: [3, 2, 1],
    // In no order: ranks do not rise with levels.
    atr_tp_multiplier: [2, 4, 0.5, 1],
    atr_stop_multiplier: [1.5, 0.5, 3],
    max_holding_hours: [3, 1],
  };
  /** The same the other way round: exits decide on the rank first, and the strictest filters come first. */
  const turned: Space = Object.fromEntries(
    Object.entries(many)
      .reverse()
      .map(([key, values]) => [key, [...values].reverse()]),
  );
  it("of many sets of which too few gain for all places, and those lose it again, finds the best", () => {
    for (const fee of [0.008, 0.01, 0.011]) {
      const rules = { fee, slippage: 0, fundingPer8h: 0, intrabar: "stop-first", summaryBars: null } as const;
      const task = taskOf(many, "balanced", "stop-first", { rules, drawdownLimit: -1000 }, 71);
      const expected = plainSets(task, true);
      const gaining = expected.filter(({ key }) => key >= abi.GAIN_KEY).length;
      expect(gaining).toBeGreaterThan(0);
      const top = gaining + 5;
      const sweep = new Sweep(jobOf({ ...task, top }, top + 1, true));
      const settled = sweep.settle(sweep.leaderboard(), Number.NEGATIVE_INFINITY);
      expectSets(settled.slice(0, top), expected.slice(0, top));
      sweep.release();
    }
  });

  // Where all scores are 0 the rank alone decides, and the best rank may stand anywhere in a tile.
  for (const [k, [count, top, heapEntries, space]] of (
    [
      [
        67,
        4,
        5,
        {
          atr_tp_multiplier: [4, 2, 0.5, 1],
          max_group: [2, 1, 3],
          max_level: [4, 1, 2, 3],
          max_holding_hours: [3, 1],
          atr_stop_multiplier: [1.5, 3, 0.5],
          min_score: [0, 6, 5, 2, 3, 1, 4],
        },
      ],
      [
        70,
        9,
        10,
        {
          max_group: [1, 2, 3],
          atr_tp_multiplier: [0.5, 2, 4, 1],
          min_score: [1, 2, 5, 6, 0, 4, 3],
          max_level: [2, 3, 1, 4],
          max_holding_hours: [1, 3],
          atr_stop_multiplier: [1.5, 3, 0.5],
        },
      ],
      [
        55,
        5,
        7,
        {
          atr_tp_multiplier: [0.5, 4, 2, 1],
          min_score: [3, 2, 0, 1, 5, 4, 6],
          max_level: [2, 3, 1, 4],
          max_group: [1, 2, 3],
          max_holding_hours: [3, 1],
          atr_stop_multiplier: [0.5, 3, 1.5],
        },
      ],
    ] as const satisfies readonly (readonly [number, number, number, Space])[]
  ).entries())
    it(`of sets that all score 0 finds those of the lowest ranks, whatever the order of the candidates (${k + 1})`, () => {
      const drawdownLimit = k === 2 ? -60 : -1000;
      const task = taskOf(space, "balanced", "stop-first", { drawdownLimit, top }, count);
      const sweep = new Sweep(jobOf(task, heapEntries, true));
      const settled = sweep.settle(sweep.leaderboard(), Number.NEGATIVE_INFINITY);
      expectSets(settled.slice(0, top), plainSets(task, true).slice(0, top));
      sweep.release();
    });

  // From hardly any loss forgiven, where most scores are 0 and the rank decides, to most of them kept.
  for (const [objective, drawdownLimit, maxDrawdown] of [
    // A limit below 0 takes from sets that never fall, too: so all scores are 0, or almost all.
    ["balanced", -1000, undefined],
    ["balanced", -60, undefined],
    ["balanced", -30, undefined],
    ["balanced", -1000, 25],
    ["balanced", -60, 25],
    ["balanced", 0, undefined],
    ["balanced", 4, undefined],
    ["balanced", 30, undefined],
    ["balanced", 0, 25],
    ["balanced", 4, 12],
    ["calmar", 0, undefined],
    ["calmar", 0, 12],
    ["expectancy", 0, 6],
  ] as const)
    it(`of many sets a tile finds the best by ${objective}, ${drawdownLimit} points forgiven, at most ${maxDrawdown ?? "any"} allowed`, () => {
      const constraints = { minTrades: 2, ...(maxDrawdown !== undefined && { maxDrawdown }) };
      for (const [k, intrabar] of (["stop-first", "nearest-open"] as const).entries()) {
        const task = taskOf(
          k === 0 ? many : turned,
          objective,
          intrabar,
          { constraints, drawdownLimit, top: 5 },
          70 + k,
        );
        const expected = plainSets(task, true).slice(0, task.top);
        for (const [heapEntries, threads] of [
          [6, 1],
          [40, 1],
          [6, 3],
        ] as const) {
          const sweep = new Sweep({ ...jobOf(task, heapEntries, true), threads });
          const settled = sweep.settle(sweep.leaderboard(), Number.NEGATIVE_INFINITY);
          expectSets(settled.slice(0, task.top), expected);
          // A set is walked once at most.
          expect(sweep.settled).toBeLessThanOrEqual(sweep.ranked + heapEntries * threads);
          sweep.release();
        }
      }
    });
});

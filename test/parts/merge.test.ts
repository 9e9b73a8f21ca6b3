import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bestOf, floorOf, mergedResult } from "../../src/parts/merge.ts";
import { partFromText, partText } from "../../src/parts/partFile.ts";
import type { PartResult } from "../../src/parts/result.ts";
import { jsonText } from "../../src/report/json.ts";
import { cutExits, exitsIn } from "../../src/search/cutExits.ts";
import { type ExitRange, exitSidesIn } from "../../src/search/exitGrid.ts";
import { type Constraints, objectiveNames } from "../../src/search/objectives.ts";
import { searchTable } from "../../src/search/searchTable.ts";
import type { SearchTask } from "../../src/search/searchTask.ts";
import type { Space } from "../../src/space/parameters.ts";
import { manifestOf } from "../support/manifests.ts";
import { holedCase, randomCase, withExitSignals } from "../support/random.ts";
import { exitRuleSpaces, intrabarRules, taskOf } from "../support/searchCases.ts";

/** Searches a part as `sluice part` does, and reads it back from its file's text. */
function partOf(task: SearchTask, number: number, exits: ExitRange, floor: number | null = null): PartResult {
  const named = { format: "sluice-part-1", version: "1", job: "j", part: number, exits } as const;
  const engine = { linear_memory_bytes: 0, passes: 0, threads: 0, replays: 0, milliseconds: 0 };
  if (exitsIn(exits) === 0) return { ...named, sets: 0, ranked: 0, proven: true, floor: null, top: [], engine };
  const found = searchTable({ ...task, exits, ...(floor !== null && { atLeast: floor }) });
  const { sets, ranked, proven, top } = found;
  return partFromText(partText({ ...named, sets, ranked, proven, floor, top, engine: found.engine }))!;
}

const bytesOf = ({ sets, ranked, top }: Pick<PartResult, "sets" | "ranked" | "top">): string =>
  jsonText({ sets, ranked, top });

/** What differs from part to part on other machines. */
const machines = fc.array(
  fc.record({ threads: fc.constantFrom(1, 1, 1, 2), memoryBytes: fc.constantFrom(2 ** 24, 2 ** 20) }),
  {
    minLength: 1,
    maxLength: 3,
  },
);

describe("a search in parts, merged", () => {
  for (const objective of objectiveNames)
    it(`has the bytes of one machine's, by ${objective}`, () => {
      fc.assert(
        fc.property(
          fc.integer(),
          exitRuleSpaces,
          fc.constantFrom<Constraints>(
            { minTrades: 3 },
            { minTrades: 5, maxDrawdown: 15 },
            { minTrades: 1, minCaptureRate: 0.2 },
          ),
          intrabarRules,
          fc.record({ caseOf: fc.constantFrom(randomCase, holedCase), top: fc.constantFrom(1, 7, 40) }),
          fc.record({ parts: fc.constantFrom(1, 2, 3, 7, 30), order: fc.integer(), floored: fc.boolean(), machines }),
          (seed, space, constraints, intrabar, { caseOf, top }, { parts, order, floored, machines }) => {
            const one = withExitSignals(caseOf(seed, 50, 90), seed);
            const task = { ...taskOf(one, space, objective, constraints, intrabar, 2 ** 24), top };
            const whole = searchTable(task);
            const { stops, targets } = exitSidesIn(space);
            const manifest = manifestOf(task, cutExits(stops, targets, parts));
            const made: PartResult[] = [];
            for (const [number, exits] of manifest.parts.entries()) {
              const machine = machines[number % machines.length]!;
              made.push(partOf({ ...task, ...machine }, number, exits, floored ? floorOf(manifest, made) : null));
            }
            expect(made.every(({ proven }) => proven)).toBe(true);
            const shuffled = [...made, made[Math.abs(order) % made.length]!].sort(
              (a, b) => ((a.part * 7919 + order) % 101) - ((b.part * 7919 + order) % 101),
            );
            expect(bytesOf(mergedResult(manifest, shuffled))).toBe(bytesOf(whole));
            // Merges of merges, the later ones of what the earlier ones had among them.
            const half = Math.ceil(shuffled.length / 2);
            const former = bestOf(
              objective,
              manifest.top,
              shuffled.slice(0, half).map((part) => part.top),
            );
            const latter = bestOf(
              objective,
              manifest.top,
              shuffled.slice(half).map((part) => part.top),
            );
            expect(bestOf(objective, manifest.top, [latter, former, latter])).toEqual(whole.top);
          },
        ),
        { numRuns: 40, seed: 29 },
      );
    });

  it("lets the rank decide where sets of several parts tie at the last place", () => {
    // Nothing reaches a target of 60 ATRs, so that the sets with 60, 70 and 80 make the same trades, as do filters that reject nothing.
    const space: Space = {
      min_score: [0, -1, -2],
      atr_tp_multiplier: [60, 70, 80, 1],
      atr_stop_multiplier: [1, 2],
      max_holding_hours: [1, 2],
    };
    for (const top of [2, 5, 8, 10]) {
      const task = { ...taskOf(randomCase(5, 60, 90), space, "total", { minTrades: 3 }, "stop-first", 2 ** 24), top };
      const whole = searchTable(task);
      const scores = searchTable({ ...task, top: 48 }).top.map(({ score }) => score);
      expect(scores[top]).toBe(scores[top - 1]);
      for (const parts of [2, 5, 16]) {
        const manifest = manifestOf(task, cutExits(2, 8, parts));
        const made = manifest.parts.map((exits, number) => partOf(task, number, exits));
        expect(bytesOf(mergedResult(manifest, made.reverse()))).toBe(bytesOf(whole));
      }
    }
  });
});

describe("a part in which thousands of sets tie at the last place", () => {
  // Every opportunity passes every filter: 4,900 sets of each exit make the same trades.
  const candidates = Array.from({ length: 70 }, (_, k) => k);
  const space: Space = {
    min_score: candidates.map((k) => -1 - k),
    max_level: candidates.map((k) => 10 + k),
    atr_tp_multiplier: [1, 2],
    atr_stop_multiplier: [1, 2],
  };
  const one = randomCase(5, 60, 90);
  for (const column of one.table.features)
    for (const [row, value] of column.entries()) if (Number.isNaN(value)) column[row] = 0;
  const task = taskOf(one, space, "total", { minTrades: 3 }, "stop-first", 2 ** 24);

  it("is proven by replaying more of them than one search does, and merges to its bytes", () => {
    const whole = searchTable(task);
    expect(whole.proven).toBe(false);
    expect(whole.top.map(({ score }) => score)).toEqual(whole.top.map(() => whole.top[0]!.score));
    const manifest = manifestOf(task, cutExits(2, 2, 3));
    const made = manifest.parts.map((exits, number) => partOf({ ...task, mostSpare: 2 ** 17 }, number, exits));
    expect(made.map(({ proven }) => proven)).toEqual([true, true, true]);
    expect(bytesOf(mergedResult(manifest, made))).toBe(bytesOf(whole));
  });

  it("is not proven where the memory does not hold them", () => {
    const exits = { firstStop: 0, endStop: 1, firstTarget: 0, endTarget: 1 };
    // 22,528 places of 16 bytes do not fit, the 2,816 before them do.
    const short = partOf({ ...task, mostSpare: 2 ** 17, memoryBytes: 300 * 1024 }, 0, exits);
    expect(short.proven).toBe(false);
    expect(short.top.map(({ index }) => index)).toEqual(partOf(task, 0, exits).top.map(({ index }) => index));
  });
});

describe("a cut of exits", () => {
  it("has every exit in exactly one part, and no part empty unless there are more parts than exits", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 90 }),
        (stops, targets, parts) => {
          const ranges = cutExits(stops, targets, parts);
          expect(ranges).toHaveLength(parts);
          const seen = ranges.flatMap(({ firstStop, endStop, firstTarget, endTarget }) => {
            const exits: number[] = [];
            for (let s = firstStop; s < endStop; s++)
              for (let t = firstTarget; t < endTarget; t++) exits.push(s * targets + t);
            return exits;
          });
          expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: stops * targets }, (_, exit) => exit));
          const largest = Math.max(...ranges.map(exitsIn));
          if (stops * targets >= 16 * parts) expect(largest).toBeLessThanOrEqual((3 * (stops * targets)) / parts);
        },
      ),
      { seed: 7 },
    );
  });
});

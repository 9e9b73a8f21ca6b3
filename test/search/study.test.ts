import { describe, expect, it } from "vitest";
import type { SampledSets } from "../../src/core/study.ts";
import { CapacityError } from "../../src/errors.ts";
import { pickLabels, pickRows } from "../../src/opportunities/table.ts";
import { candlesOf, rowsThatFit } from "../../src/search/market.ts";
import { type Objective, scoreOf } from "../../src/search/objectives.ts";
import { planSearch } from "../../src/search/planSearch.ts";
import { searchTable } from "../../src/search/searchTable.ts";
import type { SearchTask } from "../../src/search/searchTask.ts";
import { allSets, walkAll } from "../oracle/bruteForce.ts";
import { randomCase } from "../support/random.ts";

/** Sixteen blocks and every set of a space that holds each kind of filter and exit. */
function taskOf(objective: Objective, bars: number, opportunities: number): SearchTask {
  const { market, table, labels } = randomCase(17, bars, opportunities);
  const rows = rowsThatFit(table, candlesOf(table, market), 17);
  const fitting = pickRows(table, rows);
  const blockOfRow = Uint8Array.from({ length: fitting.count }, (_, row) => (row * 7) % 16);
  return {
    table: fitting,
    labels: pickLabels(labels, rows),
    market,
    space: {
      min_score: [5, 0, 2],
      atr_tp_multiplier: [0.5, 2],
      allowed_group: ["any", [0, 1]],
      max_level: [4, 1],
      trailing_stop_enabled: [true, false],
      trailing_stop_activation: [0, 1],
      trailing_stop_distance: [0.5, 1],
      atr_stop_multiplier: [1, 3],
      max_holding_hours: [1, 4],
    },
    rules: { fee: 0.0005, slippage: 0.0002, fundingPer8h: 0, intrabar: "stop-first", summaryBars: null },
    objective,
    constraints: { minTrades: 4 },
    drawdownLimit: 20,
    top: 3,
    memoryBytes: 16 * 1024 * 1024,
    study: { blockOfRow, sets: 1e9 },
  };
}

describe.each<[Objective, number?]>([["balanced"], ["evidence"], ["evidence", 15], ["sqn"]])(
  "the study of all ranked sets by %s",
  (objective, maxDrawdown) => {
    const plain = taskOf(objective, 60, 120);
    const task: SearchTask =
      maxDrawdown === undefined ? plain : { ...plain, constraints: { minTrades: 4, maxDrawdown } };
    const { study, ranked } = searchTable(task);
    const sets = allSets(task.space);
    const metrics = walkAll(task);
    const scores = metrics.map((each) => scoreOf(objective, { ...each, max_drawdown: 0 }, 20));
    const isRanked = metrics.map(({ n }) => n >= 4);

    it("tallies by each value of each parameter what walking every set gives", () => {
      expect(study!.all.count).toBe(isRanked.filter(Boolean).length);
      for (const [key, candidates] of Object.entries(task.space))
        for (const [digit, value] of candidates.entries()) {
          const own = scores.filter((_, k) => isRanked[k] && JSON.stringify(sets[k]![key]) === JSON.stringify(value));
          const tally = study!.parameters[key]![digit]!;
          expect(tally.count).toBe(own.length);
          expect(tally.sum).toBeCloseTo(
            own.reduce((a, b) => a + b, 0),
            6,
          );
          if (own.length > 0) expect(tally.best).toBeCloseTo(Math.max(...own), 6);
        }
    });

    it("samples every ranked set where so many are wanted, with its trades in their blocks", () => {
      const { count, sums } = study!.samples;
      expect(count).toBe(ranked);
      const totals = Array.from({ length: count }, (_, set) => {
        let n = 0;
        let points = 0;
        for (let block = 0; block < 16; block++) {
          n += sums[(set * 16 + block) * 8]!;
          points += sums[(set * 16 + block) * 8 + 1]!;
        }
        return `${n} ${points.toFixed(6)}`;
      });
      const expected = metrics.flatMap(({ n, total_return }, k) =>
        isRanked[k] ? [`${n} ${total_return.toFixed(6)}`] : [],
      );
      expect(totals.sort()).toEqual(expected.sort());
    });

    it("samples few of many, each of them one of all", () => {
      const wanted = 96;
      const few = searchTable({ ...task, constraints: { minTrades: 0 }, study: { ...task.study!, sets: wanted } });
      const all = searchTable({ ...task, constraints: { minTrades: 0 } });
      expect(few.study!.samples.count).toBe(wanted);
      const keyOf = ({ sums }: SampledSets, set: number): string => sums.slice(set * 128, (set + 1) * 128).join();
      const known = new Set(
        Array.from({ length: all.study!.samples.count }, (_, set) => keyOf(all.study!.samples, set)),
      );
      const sampled = Array.from({ length: wanted }, (_, set) => keyOf(few.study!.samples, set));
      expect(sampled.filter((sums) => !known.has(sums))).toEqual([]);
      expect(new Set(sampled).size).toBeGreaterThan(wanted / 2);
    });
  },
);

describe("what is said of all ranked sets is the same", () => {
  const layoutOf = (given: SearchTask): "held" | "bands" | "streams" | "slabs" => {
    const { chunk, slabs, taking_part } = planSearch(given);
    if (slabs > 1) return "slabs";
    return chunk.opportunities < taking_part ? "streams" : chunk.passes > 1 ? "bands" : "held";
  };

  const sums = ["held", "slabs", "streams"];
  const all = ["bands", ...sums];
  // Objectives that sums alone can rank are held in bands only where few opportunities are swept by several threads.
  it.each<[Objective, number | undefined, opportunities: number, threads: number, layouts: readonly string[]]>([
    ["balanced", undefined, 2000, 1, all],
    ["balanced", undefined, 2000, 3, all],
    ["evidence", undefined, 2000, 1, sums],
    ["evidence", undefined, 2000, 3, sums],
    ["evidence", undefined, 30, 3, all],
    ["evidence", 40, 2000, 3, all],
  ])("however it stands in memory: by %s, drawdown at most %s, %d opportunities, %d threads: %s", (...row) => {
    const [objective, maxDrawdown, opportunities, threads, layouts] = row;
    const plain = taskOf(objective, 4000, opportunities);
    const constraints = { ...plain.constraints, ...(maxDrawdown !== undefined && { maxDrawdown }) };
    const studied = (memoryBytes: number, threads: number): SearchTask => ({
      ...plain,
      constraints,
      memoryBytes,
      threads,
    });
    const reference = searchTable(studied(4 * 2 ** 20, 1)).study!;
    expect(layoutOf(studied(4 * 2 ** 20, 1))).toBe("held");
    const seen = new Set<string>();
    let before = "";
    for (
      let bytes = 65536;
      seen.size < layouts.length && bytes < 4 * 2 ** 20;
      bytes += opportunities < 100 ? 1024 : 4096
    ) {
      const given = studied(bytes, threads);
      try {
        const layout = layoutOf(given);
        if (layout === before) continue;
        before = layout;
        const { study } = searchTable(given);
        expect(study!.samples, layout).toEqual(reference.samples);
        seen.add(layout);
        if (layout !== "slabs") expect(study, layout).toEqual(reference);
        for (const [key, tallies] of Object.entries(reference.parameters))
          for (const [k, { count, sum, best }] of tallies.entries()) {
            expect(study!.parameters[key]![k]).toMatchObject({ count, best });
            expect(study!.parameters[key]![k]!.sum).toBeCloseTo(sum, 6);
          }
      } catch (error) {
        if (!(error instanceof CapacityError)) throw error;
      }
    }
    expect([...seen].sort()).toEqual(layouts);
  });
});

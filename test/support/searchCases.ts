import fc from "fast-check";
import { expect } from "vitest";
import { pickLabels, pickRows } from "../../src/opportunities/table.ts";
import { candlesOf, rowsThatFit } from "../../src/search/market.ts";
import type { Constraints, Objective } from "../../src/search/objectives.ts";
import { searchTable } from "../../src/search/searchTable.ts";
import type { SearchTask } from "../../src/search/searchTask.ts";
import type { IntrabarRule, Metrics } from "../../src/search/trades.ts";
import { orderSpace } from "../../src/space/order.ts";
import type { ParameterValue, PartialExit, RoiTable, Space } from "../../src/space/parameters.ts";
import { allSets, bruteForce, walkAll } from "../oracle/bruteForce.ts";
import type { RandomCase } from "./random.ts";

/** Up to three of these values, in any order. */
export const some = <T>(...values: T[]): fc.Arbitrary<T[]> =>
  fc.shuffledSubarray(values, { minLength: 1, maxLength: Math.min(3, values.length) });

/** A space with its keys in any order. */
export function inAnyOrder(space: Space): fc.Arbitrary<Space> {
  return fc
    .shuffledSubarray(Object.entries(space), { minLength: Object.keys(space).length })
    .map((entries) => Object.fromEntries(entries) as Space);
}

export const intrabarRules = fc.constantFrom<IntrabarRule>("stop-first", "target-first", "nearest-open");

/** A search over those opportunities of a random case whose longest path, 17 bars, fits the data. */
export function taskOf(
  { market, table, labels }: RandomCase,
  space: Space,
  objective: Objective,
  constraints: Constraints,
  intrabar: IntrabarRule,
  memoryBytes: number,
): SearchTask {
  const rows = rowsThatFit(table, candlesOf(table, market), 17);
  return {
    table: pickRows(table, rows),
    labels: pickLabels(labels, rows),
    market,
    space,
    rules: { fee: 0.0005, slippage: 0.0002, fundingPer8h: 0.0001, intrabar, summaryBars: null },
    objective,
    constraints,
    drawdownLimit: 20,
    top: 7,
    memoryBytes,
  };
}

/** Expects of a search what walking every set gives, to the bit. */
export function expectBruteForce(task: SearchTask, metrics: readonly Metrics[] = walkAll(task)): void {
  const found = searchTable(task);
  const expected = bruteForce(task, metrics);
  expect(found.sets).toBe(expected.sets);
  expect(found.ranked).toBe(expected.ranked);
  expect(found.top.map(({ index, score, metrics }) => ({ index, score, metrics }))).toEqual(expected.top);
}

/** Expects of a space's order what nested loops give: every set at its rank, and the rank of every set. */
export function expectNestedLoops(space: Space): void {
  const order = orderSpace(space);
  const sets = allSets(space);
  expect(order.sets).toBe(sets.length);
  for (const [rank, set] of sets.entries()) {
    expect(order.parametersOf(rank)).toEqual(set);
    expect(order.rankOf(order.digitsOf(rank))).toBe(rank);
  }
}

/** Random spaces over the features of `randomCase`, keys and candidates in any order. */
export const spaceArbitrary: fc.Arbitrary<Space> = fc
  .record(
    {
      min_score: some(0, 2, 5, 8),
      max_level: some(4, 3, 1),
      require_flag: some(false, true),
      allowed_group: some<number[] | "any">("any", [0, 1], [1, 2, 3], [3]),
      atr_tp_multiplier: some(0.5, 1, 2, 4),
      atr_stop_multiplier: some(0.5, 1, 3),
      max_holding_hours: some(0.25, 1, 4, 4.1),
      trailing_stop_enabled: some(false, true),
      trailing_stop_activation: some(0, 1, 2),
      trailing_stop_distance: some(0.5, 1),
    },
    { requiredKeys: ["trailing_stop_activation", "trailing_stop_distance"] },
  )
  .chain((space) => inAnyOrder(space as Space));

type Lists = Readonly<Record<string, readonly ParameterValue[]>>;
const lists = (record: Record<string, fc.Arbitrary<ParameterValue[]>>): fc.Arbitrary<Lists> => fc.record(record);

const roi = some<RoiTable>({ 0: 2, 60: 0.5 }, { 0: 1.2, 30: 0, 90: -1 }, { 15: 3 }, { 0: 4, 45: 2, 120: -0.5 });
const partial = some<PartialExit>(
  "none",
  { share: 0.5, atr: 1 },
  { share: 0.25, percent: 0.8, then: "break_even" },
  { share: 1 / 3, atr: 0.5, then: "hold" },
);
const none = fc.constant<Lists>({});

/** Spaces that have every rule now and then, each in either unit, keys and candidates in any order. */
export const exitRuleSpaces: fc.Arbitrary<Space> = fc
  .tuple(
    lists({ min_score: some<ParameterValue>(0, 2, 5, 8), max_holding_hours: some<ParameterValue>(0.25, 1, 4, 4.1) }),
    fc.oneof(
      lists({ atr_tp_multiplier: some<ParameterValue>(0.5, 1, 2, 4) }),
      lists({ take_profit_percent: some<ParameterValue>(0.5, 1, 2, 4) }),
      lists({ roi: roi as fc.Arbitrary<ParameterValue[]> }),
    ),
    fc.oneof(
      lists({ atr_stop_multiplier: some<ParameterValue>(0.5, 1, 3) }),
      lists({ stop_loss_percent: some<ParameterValue>(0.5, 1, 3) }),
    ),
    fc.oneof(
      none,
      lists({
        trailing_stop_enabled: some<ParameterValue>(false, true),
        trailing_stop_activation: some<ParameterValue>(0, 1),
        trailing_stop_distance: some<ParameterValue>(0.5, 1),
      }),
      lists({
        trailing_stop_enabled: some<ParameterValue>(false, true),
        trailing_activation_percent: some<ParameterValue>(0, 1),
        trailing_distance_percent: some<ParameterValue>(0.5, 1),
      }),
    ),
    fc.oneof(
      none,
      lists({ break_even_activation: some<ParameterValue>("none", 0.5, 1) }),
      lists({ break_even_activation_percent: some<ParameterValue>("none", 0, 1) }),
    ),
    fc.oneof(none, lists({ break_even_offset_percent: some<ParameterValue>(-0.2, 0, 0.6) })),
    fc.oneof(none, lists({ partial_exit: partial as fc.Arbitrary<ParameterValue[]> })),
    fc.oneof(none, lists({ use_exit_signal: some<ParameterValue>(false, true) })),
  )
  .map((parts) => Object.assign({}, ...parts) as Space)
  .filter((space) => orderSpace(space).sets < 3000)
  .chain(inAnyOrder);

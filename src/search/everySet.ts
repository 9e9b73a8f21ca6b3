import { EVERYTHING } from "../core/abi.ts";
import { countCells, entryCells } from "../core/cellCounts.ts";
import { arrangeGrid, candidateOf, cellsOf } from "../core/grid.ts";
import { type SlabSums, setNumbers } from "../core/slabSums.ts";
import type { SweepJob } from "../core/sweepJob.ts";
import { CoreFault } from "../errors.ts";
import { isCounted } from "../space/exits.ts";
import { filterNameOf } from "../space/filters.ts";
import { orderSpace } from "../space/order.ts";
import type { Space } from "../space/parameters.ts";
import { combinationsOf } from "./filterGrid.ts";
import { GridSweeps } from "./gridSweeps.ts";
import type { SearchTask } from "./searchTask.ts";
import { type SetGrid, setGridOf } from "./setGrid.ts";
import { type SumMetrics, sumMetricsOf } from "./sumMetrics.ts";

/** One set of the space, as `everySet` gives it. */
export interface SummedSet {
  /** Position in the space's own order, from 0. */
  readonly index: number;
  /** Candidate of each key of the space, in its order; null where it does not count, as the activation of a trailing stop that is off. */
  readonly digits: readonly (number | null)[];
  readonly gains: number;
  readonly losses: number;
  readonly wins: number;
  readonly objective: number;
  readonly metrics: SumMetrics;
}

/** Sets of a part that is summed at once, and filter combinations: what the memory for them is made for. Other numbers would add in other orders. */
const mostSets = 2 ** 18;
const mostCombinations = 2 ** 15;

/** Bytes that `everySet` holds at once, beyond the engine's memory. */
export function everySetBytes(sets: number): number {
  return Math.min(sets, mostSets) * (setNumbers * 8 + 8);
}

/** A part of a space whose sets follow one another: candidates `from` on of each key. */
export interface SpacePart {
  readonly space: Space;
  readonly from: readonly number[];
}

/** Parts of a space one after the other, each with at most so many sets, and so many filter combinations. */
export function* partsOf(space: Space, sets = mostSets, combinations = mostCombinations): Generator<SpacePart> {
  const keys = Object.keys(space);
  const isFilter = keys.map((key) => filterNameOf(key) !== null);
  let whole = keys.length;
  let [setsLeft, combinationsLeft] = [sets, combinations];
  const fits = (place: number): number =>
    Math.max(1, Math.floor(isFilter[place] ? Math.min(setsLeft, combinationsLeft) : setsLeft));
  while (whole > 0 && space[keys[whole - 1]!]!.length <= fits(whole - 1)) {
    whole--;
    const { length } = space[keys[whole]!]!;
    setsLeft /= length;
    if (isFilter[whole]) combinationsLeft /= length;
  }
  const steps = keys.map((key, place) => {
    if (place >= whole) return space[key]!.length;
    return place === whole - 1 ? fits(place) : 1;
  });
  const from = keys.map(() => 0);
  for (;;) {
    yield {
      from: [...from],
      space: Object.fromEntries(
        keys.map((key, place) => [key, space[key]!.slice(from[place]!, from[place]! + steps[place]!)]),
      ),
    };
    let place = keys.length - 1;
    for (; place >= 0; place--) {
      from[place]! += steps[place]!;
      if (from[place]! < space[keys[place]!]!.length) break;
      from[place] = 0;
    }
    if (place < 0) return;
  }
}

/**
 * Every set of a task's space with its sums, in the space's order, part by part in the engine's memory. Counts are exact; sums are those of the
 * core, added in another order than a replay's.
 */
export function* everySet(task: SearchTask, parts: Iterable<SpacePart> = partsOf(task.space)): Generator<SummedSet> {
  const objectiveTotal = task.labels.objective.reduce((sum, isObjective) => sum + isObjective, 0);
  const expected = orderSpace(task.space).sets;
  let index = 0;
  for (const part of parts)
    for (const { sums, trades, digits } of new SummedPart(task, part).sets()) {
      const metrics = sumMetricsOf(sums, trades, objectiveTotal);
      const { gains, losses, wins } = sums;
      yield { index, digits, gains, losses, wins, objective: trades.objective, metrics };
      index++;
    }
  if (index !== expected)
    throw new CoreFault("SETS_MISCOUNTED", "not every set of the space was summed", {
      found: `${index} sets`,
      expected: `${expected}`,
      remedy: "this is a bug in Sluice; please report it with the space",
    });
}

/** The sums of one part's sets, all in memory. */
class SummedPart {
  private readonly grid: SetGrid;
  private readonly sums: Float64Array;
  /** By set of the part: its exit, as [stop item][target item], and its filter combination. */
  private readonly exits: Uint32Array;
  private readonly combinations: Uint32Array;
  /** By filter combination. */
  private readonly captured: Uint32Array;
  private readonly objective: Uint32Array;
  private readonly exitDigits = new Map<number, readonly (number | null)[] | null>();
  private readonly cells = new Map<SweepJob, CellPlaces>();

  constructor(
    private readonly task: SearchTask,
    private readonly part: SpacePart,
  ) {
    const own = { ...task, space: part.space };
    const order = orderSpace(part.space);
    this.grid = setGridOf(own, order);
    this.sums = new Float64Array(order.sets * setNumbers);
    this.exits = new Uint32Array(order.sets);
    this.combinations = new Uint32Array(order.sets);
    this.captured = new Uint32Array(combinationsOf(this.grid.axes));
    this.objective = new Uint32Array(this.captured.length);
    new GridSweeps(this.grid, 1).everySum(EVERYTHING, (sums, held, job) => this.take(sums, held, job));
  }

  private take(slab: SlabSums, held: readonly number[], job: SweepJob): void {
    const { stopItem, targetItem, firstCell, cells, sums } = slab;
    const places = this.placesOf(job, held);
    const exit = stopItem * this.grid.exits.targetDigits.length + targetItem;
    const ranks = places.ranks[job.stopKinds[stopItem]!]!;
    const first = job.exitRanks[exit]!;
    for (let k = 0; k < cells; k++) {
      const set = first + ranks[firstCell + k]!;
      this.exits[set] = exit;
      this.combinations[set] = places.combinations[firstCell + k]!;
      for (let n = 0; n < setNumbers; n++) this.sums[set * setNumbers + n] = sums[k * setNumbers + n]!;
    }
  }

  private placesOf(job: SweepJob, held: readonly number[]): CellPlaces {
    const known = this.cells.get(job);
    if (known) return known;
    const places = cellPlaces(job, held, this.grid.axes);
    const { captured, objective, combinations } = places;
    for (const [cell, combination] of combinations.entries()) {
      this.captured[combination] = captured[cell]!;
      this.objective[combination] = objective[cell]!;
    }
    this.cells.clear();
    this.cells.set(job, places);
    return places;
  }

  /** In the part's order, without those that the space does not number. */
  *sets() {
    const { sums } = this;
    const keys = Object.keys(this.task.space);
    const filters = this.filterDigits(keys);
    for (let set = 0; set < this.exits.length; set++) {
      const exit = this.digitsOfExit(keys, this.exits[set]!);
      if (exit === null) continue;
      const combination = this.combinations[set]!;
      const at = set * setNumbers;
      yield {
        digits: exit.map((digit, place) => filters[place]?.[combination] ?? digit),
        sums: {
          gains: sums[at]!,
          losses: sums[at + 1]!,
          squares: sums[at + 2]!,
          losingSquares: sums[at + 3]!,
          wins: sums[at + 4]!,
        },
        trades: { captured: this.captured[combination]!, objective: this.objective[combination]! },
      };
    }
  }

  /** By key, then filter combination: the candidate; null for the keys of exits. */
  private filterDigits(keys: readonly string[]): (Uint16Array | null)[] {
    const { axes } = this.grid;
    let stride = this.captured.length;
    const byAxis = axes.map(({ parameter, digits, length }) => {
      stride /= length;
      const from = this.part.from[keys.indexOf(parameter)]!;
      return Uint16Array.from(
        this.captured,
        (_, combination) => from + digits[Math.floor(combination / stride) % length]!,
      );
    });
    return keys.map((key) => byAxis[axes.findIndex(({ parameter }) => parameter === key)] ?? null);
  }

  /** Candidates of an exit's keys; null if the space does not number sets of it: a parameter that does not count stands at its first candidate. */
  private digitsOfExit(keys: readonly string[], exit: number): readonly (number | null)[] | null {
    const known = this.exitDigits.get(exit);
    if (known !== undefined) return known;
    const { stopDigits, targetDigits } = this.grid.exits;
    const own = {
      ...stopDigits[Math.floor(exit / targetDigits.length)]!,
      ...targetDigits[exit % targetDigits.length]!,
    };
    const params = Object.fromEntries(Object.entries(own).map(([key, digit]) => [key, this.part.space[key]![digit]!]));
    let isNumbered = true;
    const digits = keys.map((key, place) => {
      if (!(key in own)) return null;
      const digit = this.part.from[place]! + own[key]!;
      if (isCounted(key, params)) return digit;
      if (digit > 0) isNumbered = false;
      return null;
    });
    this.exitDigits.set(exit, isNumbered ? digits : null);
    return isNumbered ? digits : null;
  }
}

/** What the cells of a job's grid mean. */
export interface CellPlaces {
  /** By kind of stop item, then cell: what its candidates add to a rank. */
  readonly ranks: readonly Float64Array[];
  /** Filter combination of each cell, over all axes in their order, the last fastest. */
  readonly combinations: Uint32Array;
  readonly captured: Uint32Array;
  readonly objective: Uint32Array;
}

/** What the cells of a job's grid mean, its leading filters held at some candidates. */
export function cellPlaces(
  job: SweepJob,
  held: readonly number[],
  axes: readonly { readonly length: number }[],
): CellPlaces {
  const grid = arrangeGrid(job.axes);
  const cells = cellsOf(grid);
  const steps = job.axes.reduce((sum, { length }) => sum + length, 0);
  const kinds = Math.max(...job.stopKinds) + 1;
  const ranks = Array.from({ length: kinds }, () => new Float64Array(cells));
  const combinations = new Uint32Array(cells);
  const leading = held.reduce((sum, candidate, axis) => sum * axes[axis]!.length + candidate, 0);
  for (let cell = 0; cell < cells; cell++) {
    let combination = leading;
    let step = 0;
    for (const [axis, { length }] of job.axes.entries()) {
      const candidate = candidateOf(grid, axis, cell);
      combination = combination * length + candidate;
      for (let kind = 0; kind < kinds; kind++) ranks[kind]![cell]! += job.steps[kind * steps + step + candidate]!;
      step += length;
    }
    combinations[cell] = combination;
  }
  return { ranks, combinations, ...countCells(grid, job.entries, entryCells(grid, job.entries), job.isObjective) };
}

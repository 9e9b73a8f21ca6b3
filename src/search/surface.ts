import { arrangeGrid, candidateOf, cellsOf } from "../core/grid.ts";
import type { SlabSums } from "../core/slabSums.ts";
import { type SlabTallies, tallyLanes, tallyNumbers } from "../core/slabTallies.ts";
import type { ScoreTally, SweepJob } from "../core/sweepJob.ts";
import { CapacityError } from "../errors.ts";
import { isCounted } from "../space/exits.ts";
import { orderSpace } from "../space/order.ts";
import { GridSweeps } from "./gridSweeps.ts";
import type { SearchTask } from "./searchTask.ts";
import { type SetGrid, setGridOf } from "./setGrid.ts";
import { isScoredByTotal, readSumsOf, SlabScores, scoreDivisorsOf } from "./slabScores.ts";
import { Tallies } from "./tallies.ts";

/** Scores of all ranked sets by one and by two parameters, without their drawdown term. */
export interface SurfaceSums {
  /** Keys of the space, in its order. */
  readonly parameters: readonly string[];
  readonly all: {
    readonly count: number;
    readonly sum: number;
    readonly squares: number;
    readonly best: number;
    readonly gaining: number;
  };
  /** By parameter, then candidate in the user's order. Sets in which it does not count are left out. */
  readonly single: readonly Tallies[];
  /** Of parameters `first` < `second`: [candidate of the first][candidate of the second]. */
  readonly pairs: readonly { readonly first: number; readonly second: number; readonly tallies: Tallies }[];
}

/** A map of more cells than this is no longer looked at: pairs of so many candidates are left out. */
const mostPairCells = 2 ** 16;

/**
 * One pass over all sets of a space, by one thread in the engine's memory. What is kept besides are the cells of one sweep and the sums over pairs of
 * candidates.
 */
export function surfaceOf(task: SearchTask): SurfaceSums {
  const grid = setGridOf(task, orderSpace(task.space));
  if (isScoredByTotal(task.objective))
    try {
      return talliedInCore(task, grid);
    } catch (error) {
      // Its tables take more room than the sums alone.
      if (!(error instanceof CapacityError)) throw error;
    }
  const pass = new SurfacePass(task, grid);
  new GridSweeps(grid, 1).everySum(readSumsOf(task.objective), (slab, held, job) => pass.add(slab, held, job));
  return pass.finish();
}

/** Scores that are totals over a number of their cell: a kernel tallies them four exits at a time. */
function talliedInCore(task: SearchTask, grid: SetGrid): SurfaceSums {
  const pass = new SurfacePass(task, grid);
  new GridSweeps(grid, 1).everyTally(
    (job, held) => pass.tallyOf(job, held),
    (tallies) => pass.addTallies(tallies),
    (cells) => pass.addCells(cells),
  );
  return pass.finish();
}

/** Candidates of the filters by cell, and the tallies of the cells over all exits. */
interface SweptCells {
  readonly job: SweepJob;
  /** Null where the core tallies them. */
  readonly scores: SlabScores | null;
  /** By filter, then cell: the candidate in the user's order. */
  readonly digits: readonly Uint16Array[];
  /** By group of filters, then cell: the place of its candidates. */
  readonly places: readonly Uint16Array[];
  readonly tallies: Tallies;
}

/**
 * Filters whose candidates are tallied together, because a set is added to one tally then and not to one of each filter. The candidates of `filters[k]`
 * (axes of the grid) are `strides[k]` places apart.
 */
interface FilterGroup {
  readonly filters: readonly number[];
  readonly strides: readonly number[];
  readonly tallies: Tallies;
}

/** Groups of more places would no longer stay in the fastest cache. */
const mostGroupPlaces = 128;

/** At least one group, of one place if there is no filter. */
function groupsOf(lengths: readonly number[]): FilterGroup[] {
  const groups: { filters: number[]; strides: number[]; places: number }[] = [{ filters: [], strides: [], places: 1 }];
  for (const [filter, length] of lengths.entries()) {
    const last = groups.at(-1)!;
    if (last.places * length <= mostGroupPlaces) {
      last.filters.push(filter);
      last.strides.push(last.places);
      last.places *= length;
    } else groups.push({ filters: [filter], strides: [1], places: length });
  }
  return groups.map(({ filters, strides, places }) => ({ filters, strides, tallies: new Tallies(places) }));
}

class SurfacePass {
  private readonly keys: readonly string[];
  private readonly lengths: readonly number[];
  /** Places of the filters among the keys, by axis. */
  private readonly filters: readonly number[];
  private readonly all = { count: 0, sum: 0, squares: 0, best: Number.NEGATIVE_INFINITY, gaining: 0 };
  private readonly single: Tallies[];
  private readonly pairs: SurfaceSums["pairs"];
  /** By first key, then second. */
  private readonly pairOf: (Tallies | undefined)[][];
  private readonly groups: readonly FilterGroup[];
  /** Of one exit and one slab: by filter, then candidate. */
  private readonly slabFilters: readonly Tallies[];
  private readonly slabAll = new Tallies(1);
  private readonly exits = new Map<number, readonly (readonly [key: number, digit: number])[]>();
  private cells: SweptCells | null = null;

  constructor(
    private readonly task: SearchTask,
    private readonly grid: SetGrid,
  ) {
    this.keys = Object.keys(task.space);
    this.lengths = this.keys.map((key) => task.space[key]!.length);
    this.filters = grid.axes.map(({ parameter }) => this.keys.indexOf(parameter));
    this.single = this.lengths.map((length) => new Tallies(length));
    this.pairs = this.keys.flatMap((_, first) =>
      this.keys.flatMap((__, second) => {
        const cells = this.lengths[first]! * this.lengths[second]!;
        return first < second && cells <= mostPairCells ? [{ first, second, tallies: new Tallies(cells) }] : [];
      }),
    );
    this.pairOf = this.keys.map(() => []);
    for (const { first, second, tallies } of this.pairs) this.pairOf[first]![second] = tallies;
    this.groups = groupsOf(grid.axes.map(({ length }) => length));
    this.slabFilters = grid.axes.map(({ length }) => new Tallies(length));
  }

  /** What is to be tallied of the sets that hold the leading filters so. */
  tallyOf(job: SweepJob, held: readonly number[]): ScoreTally {
    const grid = arrangeGrid(job.axes);
    this.cells = this.cellsOf(job, held, null);
    return {
      divisors: scoreDivisorsOf(this.task, grid, job)!,
      places: this.cells.places,
      placeCounts: this.groups.map(({ tallies }) => tallies.length),
    };
  }

  /** Takes over what the core has tallied of one exit and one slab. */
  addTallies({ stopItem, targetItem, squares, groups, lane }: SlabTallies): void {
    this.all.squares += squares;
    for (const [k, { tallies }] of this.groups.entries())
      for (let place = 0; place < tallies.length; place++)
        tallies.take(place, groups[k]!, place * tallyNumbers * tallyLanes + lane, tallyLanes);
    this.foldSlab({ stopItem, targetItem });
  }

  /** Takes over what the core has tallied of the cells. */
  addCells(table: Float64Array): void {
    const { tallies } = this.cells!;
    for (let cell = 0; cell < tallies.length; cell++) tallies.take(cell, table, cell * tallyNumbers, 1);
    this.foldFilters();
  }

  add(slab: SlabSums, held: readonly number[], job: SweepJob): void {
    if (this.cells?.job !== job) {
      this.foldFilters();
      this.cells = this.cellsOf(job, held, new SlabScores(this.task, arrangeGrid(job.axes), job));
    }
    const { places, tallies } = this.cells!;
    const scores = this.cells!.scores!;
    this.all.squares += scores.score(slab);
    tallies.addAll(scores, null);
    for (const [k, group] of this.groups.entries()) {
      group.tallies.clear();
      group.tallies.addAll(scores, places[k]!);
    }
    this.foldSlab(slab);
  }

  /** Takes over what the groups have got of one exit and one slab. */
  private foldSlab(exit: Pick<SlabSums, "stopItem" | "targetItem">): void {
    for (const group of this.groups) this.foldGroup(group);
    const [{ tallies }] = this.groups as [FilterGroup];
    this.slabAll.clear();
    for (let place = 0; place < tallies.length; place++) this.slabAll.join(0, tallies, place);
    this.foldAll();
    this.foldExit(this.exitDigits(exit));
  }

  /** Takes over what a group's places have got: by the candidates of each of its filters. */
  private foldGroup({ filters, strides, tallies }: FilterGroup): void {
    for (const [k, filter] of filters.entries()) {
      const of = this.slabFilters[filter]!;
      of.clear();
      for (let place = 0; place < tallies.length; place++)
        of.join(Math.floor(place / strides[k]!) % of.length, tallies, place);
    }
  }

  private foldAll(): void {
    const { all, slabAll } = this;
    all.count += slabAll.count[0]!;
    all.sum += slabAll.sum[0]!;
    all.best = Math.max(all.best, slabAll.best[0]!);
    all.gaining += slabAll.gaining[0]!;
  }

  /** Takes over what one exit has made in one slab: by its own parameters, and by each of them with each filter. */
  private foldExit(digits: readonly (readonly [key: number, digit: number])[]): void {
    for (const [k, [key, digit]] of digits.entries()) {
      this.single[key]!.join(digit, this.slabAll, 0);
      for (const [otherKey, otherDigit] of digits.slice(k + 1))
        this.pairOf[key]![otherKey]?.join(digit * this.lengths[otherKey]! + otherDigit, this.slabAll, 0);
    }
    for (const [axis, tallies] of this.slabFilters.entries()) {
      const filter = this.filters[axis]!;
      for (let candidate = 0; candidate < tallies.length; candidate++) {
        this.single[filter]!.join(candidate, tallies, candidate);
        for (const [key, digit] of digits)
          if (key < filter)
            this.pairOf[key]![filter]?.join(digit * this.lengths[filter]! + candidate, tallies, candidate);
          else this.pairOf[filter]![key]?.join(candidate * this.lengths[key]! + digit, tallies, candidate);
      }
    }
  }

  /** Takes over what the cells of a sweep have made: by two filters. */
  private foldFilters(): void {
    if (!this.cells) return;
    const { digits, tallies } = this.cells;
    for (let a = 0; a < this.filters.length; a++)
      for (let b = 0; b < this.filters.length; b++) {
        const [first, second] = [this.filters[a]!, this.filters[b]!];
        const pair = first < second ? this.pairOf[first]![second] : undefined;
        if (!pair) continue;
        for (let cell = 0; cell < tallies.length; cell++)
          pair.join(digits[a]![cell]! * this.lengths[second]! + digits[b]![cell]!, tallies, cell);
      }
    this.cells = null;
  }

  finish(): SurfaceSums {
    this.foldFilters();
    return { parameters: this.keys, all: this.all, single: this.single, pairs: this.pairs };
  }

  private cellsOf(job: SweepJob, held: readonly number[], scores: SlabScores | null): SweptCells {
    const grid = arrangeGrid(job.axes);
    const { axes } = this.grid;
    const count = cellsOf(grid);
    const digits = axes.map(({ digits: own }, axis) => {
      const isHeld = axis < held.length;
      return Uint16Array.from(
        { length: count },
        (_, cell) => own[isHeld ? held[axis]! : candidateOf(grid, axis - held.length, cell)]!,
      );
    });
    const places = this.groups.map(({ filters, strides }) =>
      Uint16Array.from({ length: count }, (_, cell) =>
        filters.reduce((place, filter, k) => place + strides[k]! * digits[filter]![cell]!, 0),
      ),
    );
    return { job, digits, places, scores, tallies: new Tallies(count) };
  }

  /** Keys of an exit that count in it, and their candidates, in the order of the keys. */
  private exitDigits({
    stopItem,
    targetItem,
  }: Pick<SlabSums, "stopItem" | "targetItem">): readonly (readonly [key: number, digit: number])[] {
    const { stopDigits, targetDigits } = this.grid.exits;
    const exit = stopItem * targetDigits.length + targetItem;
    const known = this.exits.get(exit);
    if (known) return known;
    const own = { ...stopDigits[stopItem]!, ...targetDigits[targetItem]! };
    const params = Object.fromEntries(Object.entries(own).map(([key, digit]) => [key, this.task.space[key]![digit]!]));
    const digits = this.keys.flatMap((key, place) =>
      key in own && isCounted(key, params) ? [[place, own[key]!] as const] : [],
    );
    this.exits.set(exit, digits);
    return digits;
  }
}

import * as abi from "../../src/core/abi.ts";
import { arrangeGrid, candidateOf, cellsOf, type Grid, type GridAxis } from "../../src/core/grid.ts";
import { type SumsKind, statisticsOf, sumsOf, weightOf } from "../../src/core/sums.ts";
import { orderingKeyOf } from "../../src/search/keys.ts";
import { metricsOf } from "../../src/search/metrics.ts";
import { type Objective, objectives, scoreOf } from "../../src/search/objectives.ts";
import { CoreMemory } from "./coreMemory.ts";

/** One opportunity of a cell: its points under each of four exits, and whether it is an objective one. */
export interface OwnTrade {
  readonly points: readonly number[];
  readonly objective: boolean;
}

export interface SweepCase {
  readonly axes: readonly GridAxis[];
  readonly objective: Objective;
  /** Opportunities that stand in each cell. */
  readonly own: readonly (readonly OwnTrade[])[];
  readonly minTrades: number;
  readonly capacity: number;
  /** Objective opportunities of the type that stand in no cell. */
  readonly missed?: number;
  /** Whether sums tell sets that made nothing, whatever the objective. */
  readonly tellsNothing?: boolean;
  /** Exits that there are; only those of one lane group hold trades. */
  readonly exits: number;
}

/** A set as the leaderboard lists it. */
export interface Entry {
  readonly key: number;
  readonly rank: number;
  readonly exit: number;
  readonly cell: number;
}

/** Sums of one lane group laid out for the kernels as a sweep does it, and the same sets by the definition. */
export class SweepMemory {
  readonly memory = new CoreMemory();
  readonly grid: Grid;
  readonly rowBytes: number;
  readonly sweep: number;
  readonly own: number;
  readonly scratch: number;
  readonly flagged: number;
  readonly heap: number;
  readonly size: number;
  /** Trades of each cell, stricter ones and all. */
  readonly captured: readonly (readonly OwnTrade[])[];
  readonly objectiveTotal: number;
  /** Candidate on each axis, by cell. */
  private readonly places: readonly (readonly number[])[];
  private readonly kind: SumsKind;
  private readonly stepCount: number;

  constructor(readonly one: SweepCase) {
    const { memory } = this;
    const { axes, capacity, exits } = one;
    const { core } = objectives[one.objective];
    this.grid = arrangeGrid(axes);
    const { grid } = this;
    this.kind = sumsOf(core, one.tellsNothing);
    this.rowBytes = statisticsOf(this.kind) * abi.STATISTIC_BYTES;
    const cells = cellsOf(grid);
    this.places = Array.from({ length: cells }, (_, cell) => axes.map((_, axis) => candidateOf(grid, axis, cell)));
    this.captured = Array.from({ length: cells }, (_, cell) =>
      one.own.filter((_, other) => this.isWithin(cell, other)).flat(),
    );
    this.objectiveTotal = one.own.flat().filter(({ objective }) => objective).length + (one.missed ?? 0);
    const rates = this.captured.map((trades) => this.captureRateOf(trades));
    const weights = this.captured.map((trades, cell) =>
      this.isRankable(cell) ? weightOf(core.weight, trades.length, rates[cell]!) : Number.NaN,
    );
    this.stepCount = axes.reduce((sum, { length }) => sum + length, 0);
    let step = 0;
    const axisWords = axes.flatMap(({ isOrdered, length }, axis) => {
      step += length;
      return [Math.max(1, grid.strides[axis]!), length, step - length, isOrdered ? 1 : 0];
    });
    this.sweep = memory.room(abi.SWEEP_GROUPS + grid.groups.length * abi.GROUP_BYTES);
    this.own = memory.room(grid.slabCells * this.rowBytes);
    this.scratch = memory.room(grid.slabCells * this.rowBytes);
    this.flagged = memory.room((grid.slabCells + 1) * 4);
    this.heap = memory.room((capacity + 1) * abi.ENTRY_BYTES);
    this.size = memory.placeWords([0]);
    const rankable = [...this.captured.keys()].filter((cell) => this.isRankable(cell));
    const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), 0);
    const fields: readonly (readonly [field: number, value: number])[] = [
      [abi.SWEEP_SLAB_CELLS, grid.slabCells],
      [abi.SWEEP_ROW_BYTES, this.rowBytes],
      [abi.SWEEP_BLOCKS, grid.blocks],
      [abi.SWEEP_LENGTH, grid.lastLength],
      [abi.SWEEP_POSITIONS, grid.positions],
      [abi.SWEEP_SCRATCH, this.scratch],
      [abi.SWEEP_FLAGGED, this.flagged],
      [abi.SWEEP_GROUP_COUNT, grid.groups.length],
      [abi.SWEEP_SUMS, this.kind],
      [abi.SWEEP_OBJECTIVE, core.code],
      [abi.SWEEP_SLABS, grid.slabs],
      [abi.SWEEP_OWN, this.own],
      [abi.SWEEP_WEIGHTS, memory.placeFloats(weights)],
      [abi.SWEEP_COUNTS, memory.placeWords(this.captured.map(({ length }) => length))],
      [abi.SWEEP_CAPTURE_RATES, core.needsCapture ? memory.placeFloats(rates) : 0],
      [abi.SWEEP_EXIT_RANKS, memory.placeFloats(Array.from({ length: exits }, (_, exit) => this.exitRank(exit)))],
      [abi.SWEEP_EXIT_KINDS, memory.place(Uint8Array.from({ length: exits }, (_, exit) => this.kindOf(exit)))],
      [abi.SWEEP_AXES, memory.placeWords(axisWords)],
      [abi.SWEEP_AXIS_COUNT, axes.length],
      [abi.SWEEP_STEPS, memory.placeFloats([0, 1].flatMap((kind) => this.stepsOf(kind)))],
      [abi.SWEEP_STEP_COUNT, this.stepCount],
      [abi.SWEEP_HEAP, this.heap],
      [abi.SWEEP_SIZE, this.size],
      [abi.SWEEP_CAPACITY, capacity],
      [abi.SWEEP_PARTIAL, 0],
      [abi.SWEEP_LANE_ITEMS, exits],
      [abi.SWEEP_FILTER, abi.FLAG_ALL],
      [abi.SWEEP_SETTLE, 0],
    ];
    for (const [field, value] of fields) memory.view.setUint32(this.sweep + field, value, true);
    this.write(abi.SWEEP_AIM, Number.NEGATIVE_INFINITY);
    this.write(abi.SWEEP_FLOOR, Number.NEGATIVE_INFINITY);
    this.write(abi.SWEEP_MOST_CAPTURE, most(rankable.map((cell) => rates[cell]!)));
    for (const [k, { kernel, blocks, length, span }] of grid.groups.entries())
      for (const [field, value] of [kernel, blocks, length, span * this.rowBytes].entries())
        memory.view.setUint32(this.sweep + abi.SWEEP_GROUPS + k * abi.GROUP_BYTES + field * 4, value, true);
  }

  /** Lays the sums of one slab: trades of its own cells and of the stricter slabs'. */
  fillSlab(slab: number): void {
    const { grid, memory, one, rowBytes } = this;
    const numbers = rowBytes / 8;
    memory.floats.fill(0, this.own / 8, this.own / 8 + grid.slabCells * numbers);
    for (let from = slab; from < grid.slabs; from++)
      for (let inSlab = 0; inSlab < grid.slabCells; inSlab++)
        for (const { points } of one.own[from * grid.slabCells + inSlab]!)
          for (const [lane, p] of points.entries())
            for (const [k, value] of statisticsOfTrade(this.kind, p).entries())
              memory.floats[this.own / 8 + inSlab * numbers + k * 4 + lane]! += value;
  }

  /** Whether a set of this cell may be ranked. */
  isRankable(cell: number): boolean {
    const { length } = this.captured[cell]!;
    return length > 0 && length >= this.one.minTrades;
  }

  /** Whether the sums show that a set's trades all made nothing, so that it has no place. */
  private isKnownNothing(cell: number, lane: number): boolean {
    return this.kind !== abi.SUMS && this.captured[cell]!.every(({ points }) => points[lane] === 0);
  }

  /** Every set of one slab that may be ranked, in the lanes of exit `exit` .. + `lanes` - 1: key by the replayed metrics, rank by the rule. */
  setsOf(slab: number, exit: number, lanes: number): Entry[] {
    const { grid } = this;
    const sets: Entry[] = [];
    for (let cell = slab * grid.slabCells; cell < (slab + 1) * grid.slabCells; cell++)
      if (this.isRankable(cell))
        for (let lane = 0; lane < lanes; lane++)
          if (!this.isKnownNothing(cell, lane))
            sets.push({ key: this.keyOf(cell, lane), rank: this.rankOf(exit + lane, cell), exit: exit + lane, cell });
    return sets;
  }

  /**
   * The ordering key of a set, from metrics over its trades, without its drawdown. Where a sum in another order could come to another key, it
   * is the bound: a set that neither gains nor loses may gain.
   */
  keyOf(cell: number, lane: number): number {
    const { objective } = this.one;
    const trades = this.captured[cell]!.map(({ points, objective: isObjective }, row) => ({
      row,
      entryTimeMs: 0,
      exitTimeMs: 0,
      return: points[lane]! / 100,
      bars: 1,
      reason: "timeout" as const,
      objective: isObjective,
    }));
    const metrics = { ...metricsOf(trades, this.objectiveTotal, 1), max_drawdown: 0 };
    if (objective === "balanced" && Math.abs(metrics.avg_return) < 1e-9) metrics.avg_return = Number.MIN_VALUE;
    return orderingKeyOf(objective, scoreOf(objective, metrics, 20), metrics);
  }

  rankOf(exit: number, cell: number): number {
    const steps = this.stepsOf(this.kindOf(exit));
    let rank = this.exitRank(exit);
    let first = 0;
    for (const [axis, { length }] of this.one.axes.entries()) {
      rank += steps[first + this.places[cell]![axis]!]!;
      first += length;
    }
    return rank;
  }

  /** Entries of a heap or list. */
  entries(at: number, count: number): Entry[] {
    const { view } = this.memory;
    return Array.from({ length: count }, (_, k) => {
      const entry = at + k * abi.ENTRY_BYTES;
      return {
        key: view.getFloat64(entry, true),
        rank: view.getFloat64(entry + 8, true),
        exit: view.getUint32(entry + 16, true),
        cell: view.getUint32(entry + 20, true),
      };
    });
  }

  write(field: number, value: number): void {
    this.memory.view.setFloat64(this.sweep + field, value, true);
  }

  writeWord(field: number, value: number): void {
    this.memory.view.setUint32(this.sweep + field, value, true);
  }

  /** Whether what stands in cell `other` passes the candidates of `cell`. */
  private isWithin(cell: number, other: number): boolean {
    const wanted = this.places[cell]!;
    const has = this.places[other]!;
    return this.one.axes.every(({ isOrdered }, axis) =>
      isOrdered ? has[axis]! >= wanted[axis]! : has[axis] === wanted[axis],
    );
  }

  private captureRateOf(trades: readonly OwnTrade[]): number {
    const captured = trades.filter(({ objective }) => objective).length;
    return this.objectiveTotal === 0 ? 0 : captured / this.objectiveTotal;
  }

  /** Ranks may stand in any order; every set has its own. */
  private exitRank(exit: number): number {
    return ((exit * 7) % this.one.exits) * 100_000;
  }

  private kindOf(exit: number): number {
    return exit % 2;
  }

  /** What each candidate adds: unordered, and otherwise under each kind. */
  private stepsOf(kind: number): number[] {
    let scale = 1;
    return this.one.axes.flatMap(({ length }) => {
      const steps = Array.from({ length }, (_, c) => (kind === 0 ? c : length - 1 - c) * scale);
      scale *= length;
      return steps;
    });
  }
}

function statisticsOfTrade(kind: number, p: number): number[] {
  switch (kind) {
    case abi.SQUARES:
      return [p, p * p];
    case abi.LOSS_SQUARES:
      return [p, p < 0 ? p * p : 0];
    case abi.GAINS_LOSSES:
      return [Math.max(0, p), Math.min(0, p)];
    case abi.WINS:
      return [p, Math.max(0, p), p > 0 ? 1 : 0];
    default:
      return [p];
  }
}

/** Best first. */
export function inOrder(entries: readonly Entry[]): Entry[] {
  return [...entries].sort((a, b) => b.key - a.key || a.rank - b.rank);
}

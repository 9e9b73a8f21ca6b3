import * as abi from "./abi.ts";
import { countCells, entryCells } from "./cellCounts.ts";
import { ExitColumns } from "./exitColumns.ts";
import { arrangeGrid, cellsOf, type Grid } from "./grid.ts";
import { type Core, createMemory, instantiateCore } from "./instance.ts";
import { PassageRunner } from "./passageRunner.ts";
import { type Prefilter, prefilterOf, sumsOf, weightOf } from "./prefilter.ts";
import { laneColumn, rowColumn, SidePacker } from "./sides.ts";
import type { SweepEntry, SweepJob } from "./sweepJob.ts";
import { listEntries, planSweep, type SweepPlan, type TileRange } from "./sweepPlan.ts";

/** One sweep's memory and kernels; nothing in it grows. */
export class Sweep {
  readonly plan: SweepPlan;
  /** Times the opportunities streamed through. */
  passes = 0;
  /** Sets that no constraint on trades or capture keeps from being ranked. */
  readonly ranked: number;
  private readonly grid: Grid;
  private readonly memory: WebAssembly.Memory;
  private readonly core: Core;
  private readonly packer: SidePacker;
  private readonly view: DataView;
  private readonly sums: number;
  /** Own cell of each entry; entries by slab, strictest first, then cell or row. */
  private readonly cells: Uint32Array;
  private readonly order: Uint32Array;
  /** Where each slab begins in `order`, strictest first. */
  private readonly slabStarts: readonly number[];
  private readonly mostTrades: number;
  private readonly mostCapture: number;
  private isResident = false;
  private columns: ExitColumns | null = null;

  /** Throws CapacityError where the job does not fit. `onTile` is called between tiles and may throw to stop. */
  constructor(
    private readonly job: SweepJob,
    private readonly onTile: () => void = () => {},
  ) {
    const { entries } = job;
    this.grid = arrangeGrid(job.axes);
    this.sums = sumsOf(job.objective);
    this.plan = planSweep(
      {
        entries: entries.count,
        grid: this.grid,
        levels: job.levels,
        rules: job.rules,
        stopItems: job.stopItems.length / 2,
        targetItems: job.targetItems.length / 2,
        stepsBytes: job.steps.byteLength,
        objective: job.objective,
        needsDrawdown: job.entryTicks !== null,
        heapEntries: job.heapEntries,
      },
      job.memoryBytes,
    );
    this.memory = createMemory(this.plan.layout.totalBytes);
    this.core = instantiateCore(this.memory);
    this.view = new DataView(this.memory.buffer);
    const runner = new PassageRunner(
      this.core,
      this.memory,
      this.at,
      this.plan.candleBars,
      job.levels,
      job.rules,
      this.plan.details,
    );
    this.packer = new SidePacker(this.core, this.memory, this.plan, job, runner);
    this.cells = entryCells(this.grid, entries);
    const { order, slabStarts } = this.orderEntries();
    this.order = order;
    this.slabStarts = slabStarts;
    const figures = this.writeTables();
    this.ranked = figures.rankable * this.plan.rowItems * this.plan.laneItems;
    this.mostTrades = figures.mostTrades;
    this.mostCapture = figures.mostCapture;
  }

  get linearMemoryBytes(): number {
    return this.memory.buffer.byteLength;
  }

  private get at(): SweepPlan["layout"]["offsets"] {
    return this.plan.layout.offsets;
  }

  /** The best sets by ordering key, then lower rank: best first, at most `heapEntries`. */
  leaderboard(): SweepEntry[] {
    const { at, core, job } = this;
    const { heapEntries } = job;
    this.view.setUint32(at.size, 0, true);
    this.eachSlab(
      () =>
        this.view.getUint32(at.size, true) < heapEntries ? Number.NEGATIVE_INFINITY : this.view.getFloat64(at.heap, true),
      (tile, flagged) => {
        core.offerFlagged(
          at.flagged,
          flagged,
          ...this.sumsAndCells(tile),
          at.exitRanks,
          at.exitKinds,
          at.axes,
          this.grid.axes.length,
          at.steps,
          this.stepCount,
          job.objective,
          at.heap,
          at.size,
          heapEntries,
        );
      },
    );
    return this.readEntries(at.heap).sort((a, b) => b.key - a.key || a.rank - b.rank);
  }

  /** Gives every set whose key is at least `threshold()` to `use`, in groups of one tile. The threshold is asked again for each, so it may rise on the way. */
  eachCandidate(threshold: () => number, use: (entries: SweepEntry[]) => void): void {
    const { at, core, job } = this;
    this.eachSlab(threshold, (tile, flagged) => {
      for (let from = 0; from < flagged; ) {
        from = core.listFlagged(
          at.flagged,
          from,
          flagged,
          ...this.sumsAndCells(tile),
          job.objective,
          threshold(),
          at.list,
          at.size,
          listEntries,
        );
        use(this.readEntries(at.list).map((entry) => ({ ...entry, rank: this.rankOf(entry.exit, entry.cell) })));
      }
    });
  }

  /** Exact drawdown (points) of one set, or one above `enough` as soon as that is certain. Sets of one exit are best asked for in a row. */
  drawdown({ exit, cell }: SweepEntry, enough: number): number {
    this.columns ??= new ExitColumns(this.core, this.memory, this.plan, this.job, this.grid, this.isResident ? this.slotOf() : null);
    return this.columns.drawdown(exit, cell, enough);
  }

  private rankOf(exit: number, cell: number): number {
    const { at } = this;
    return this.core.rankOfSet(exit, cell, at.exitRanks, at.exitKinds, at.axes, this.grid.axes.length, at.steps, this.stepCount);
  }

  private get stepCount(): number {
    return this.job.axes.reduce((sum, { length }) => sum + length, 0);
  }

  /** Slot of each entry where all are held. */
  private slotOf(): Uint32Array {
    const slots = new Uint32Array(this.order.length);
    for (let slot = 0; slot < slots.length; slot++) slots[this.order[slot]!] = slot;
    return slots;
  }

  private readEntries(at: number): SweepEntry[] {
    const { view } = this;
    const entries: SweepEntry[] = [];
    for (let k = 0; k < view.getUint32(this.at.size, true); k++) {
      const entry = at + k * abi.ENTRY_BYTES;
      entries.push({
        key: view.getFloat64(entry, true),
        rank: view.getFloat64(entry + 8, true),
        exit: view.getUint32(entry + 16, true),
        cell: view.getUint32(entry + 20, true),
      });
    }
    return entries;
  }

  /** Sums every tile, slab by slab, and gives what may reach `threshold()` to `use`: the number of cells that stand flagged. */
  private eachSlab(threshold: () => number, use: (tile: FinishedSlab, flagged: number) => void): void {
    for (const range of this.plan.passes) {
      if (this.plan.chunkSlots === null) this.sweepResident(range, threshold, use);
      else this.sweepStreamed(range, threshold, use);
      this.passes++;
    }
  }

  private sweepResident(range: TileRange, threshold: () => number, use: (tile: FinishedSlab, flagged: number) => void) {
    if (!this.isResident) {
      const slots = this.slotOf();
      const entries = Uint32Array.from(slots, (_, entry) => entry);
      this.packer.pack(entries, slots, range);
      this.writeOffsets(0, this.order.length);
      this.isResident = true;
    }
    const { own } = this.at;
    for (let group = range.firstGroup; group < range.endGroup; group++)
      for (let row = range.firstRow; row < range.endRow; row++) {
        this.onTile();
        this.clear(own, 1);
        for (let slab = this.grid.slabs - 1; slab >= 0; slab--) {
          const from = this.slabStarts[this.grid.slabs - 1 - slab]!;
          this.accumulate(row, group, from, this.slabStarts[this.grid.slabs - slab]! - from, own);
          this.finish({ slab, exit: this.firstExit(row, group), lanes: this.lanesOf(group), own }, threshold, use);
        }
      }
  }

  private sweepStreamed(range: TileRange, threshold: () => number, use: (tile: FinishedSlab, flagged: number) => void) {
    const { grid, plan } = this;
    const tiles: { readonly row: number; readonly group: number; readonly own: number }[] = [];
    for (let group = range.firstGroup; group < range.endGroup; group++)
      for (let row = range.firstRow; row < range.endRow; row++)
        tiles.push({ row, group, own: this.at.own + tiles.length * plan.ownBytes });
    this.clear(this.at.own, tiles.length);
    for (let slab = grid.slabs - 1; slab >= 0; slab--) {
      const end = this.slabStarts[grid.slabs - slab]!;
      for (let from = this.slabStarts[grid.slabs - 1 - slab]!; from < end; from += plan.chunkSlots!) {
        const to = Math.min(end, from + plan.chunkSlots!);
        this.loadChunk(from, to, range);
        for (const { row, group, own } of tiles) {
          this.onTile();
          this.accumulate(row - range.firstRow, group - range.firstGroup, 0, to - from, own);
        }
      }
      for (const { row, group, own } of tiles)
        this.finish({ slab, exit: this.firstExit(row, group), lanes: this.lanesOf(group), own }, threshold, use);
    }
  }

  /** Sides of the entries order[from .. to) in slots by cell: entries of one cell one behind the other, in table order. */
  private loadChunk(from: number, to: number, range: TileRange): void {
    const entries = this.order.subarray(from, to);
    const byCell = sortedBy(entries, (entry) => this.cells[entry]! % this.grid.slabCells);
    const slotOf = new Uint32Array(entries.length);
    const offsets = new Uint32Array(this.memory.buffer, this.at.offsets, entries.length);
    for (let slot = 0; slot < byCell.length; slot++) {
      slotOf[byCell[slot]!] = slot;
      offsets[slot] = (this.cells[entries[byCell[slot]!]!]! % this.grid.slabCells) * this.plan.rowBytes;
    }
    this.packer.pack(entries, slotOf, range);
  }

  private writeOffsets(from: number, to: number): void {
    const offsets = new Uint32Array(this.memory.buffer, this.at.offsets, to - from);
    for (let k = from; k < to; k++)
      offsets[k - from] = (this.cells[this.order[k]!]! % this.grid.slabCells) * this.plan.rowBytes;
  }

  private firstExit(row: number, group: number): number {
    return row * this.plan.laneItems + group * 4;
  }

  private lanesOf(group: number): number {
    return Math.min(4, this.plan.laneItems - group * 4);
  }

  private clear(own: number, tiles: number): void {
    new Uint8Array(this.memory.buffer, own, tiles * this.plan.ownBytes).fill(0);
  }

  /** Adds `count` slots from `slot` on; row item and lane group by their place among those held. */
  private accumulate(row: number, group: number, slot: number, count: number, own: number): void {
    if (count === 0) return;
    const { at, core, plan } = this;
    const offsets = at.offsets + slot * 4;
    core.accumulate(rowColumn(plan, row, slot), laneColumn(plan, group, slot), offsets, count, this.sums, own);
  }

  /** Sums one slab of one tile over all but the last axis, flags what may reach the threshold and hands it on. */
  private finish(tile: FinishedSlab, threshold: () => number, use: (tile: FinishedSlab, flagged: number) => void): void {
    const { at, core, grid, plan } = this;
    let from = tile.own;
    for (const group of grid.groups) {
      core[group.kernel](from, at.scratch, group.blocks, group.length, group.span * plan.rowBytes);
      from = at.scratch;
    }
    const weights = at.weights + tile.slab * grid.slabCells * 8;
    const prefilter = this.prefilterAt(threshold());
    const flagged = prefilter
      ? core[prefilter.kernel](
          from,
          plan.rowBytes,
          grid.blocks,
          grid.lastLength,
          grid.positions,
          weights,
          prefilter.constant,
          prefilter.factor,
          at.flagged,
        )
      : core.flagAll(grid.slabCells, weights, at.flagged);
    if (flagged > 0) use(tile, flagged);
  }

  private lastThreshold = Number.NaN;
  private lastPrefilter: Prefilter | null = null;

  private prefilterAt(threshold: number): Prefilter | null {
    if (threshold !== this.lastThreshold) {
      this.lastThreshold = threshold;
      this.lastPrefilter = prefilterOf(this.job.objective, threshold, this.mostTrades, this.mostCapture);
    }
    return this.lastPrefilter;
  }

  /** What the scoring kernels need to find a flagged cell's sums, its counts and its exit. */
  private sumsAndCells({ slab, exit, lanes, own }: FinishedSlab): number[] {
    const { at, grid, plan } = this;
    const firstCell = slab * grid.slabCells;
    return [
      grid.groups.length > 0 ? at.scratch : own,
      plan.rowBytes,
      grid.lastLength,
      grid.positions,
      firstCell,
      exit,
      lanes,
      at.counts + firstCell * 4,
      this.needsCapture ? at.captureRates + firstCell * 8 : 0,
    ];
  }

  private get needsCapture(): boolean {
    return this.job.objective === abi.CAPTURE || this.job.objective === abi.BALANCED;
  }

  private orderEntries(): { order: Uint32Array; slabStarts: number[] } {
    const { grid, cells, plan } = this;
    const { slabs, slabCells } = grid;
    const slabOf = (entry: number): number => slabs - 1 - Math.floor(cells[entry]! / slabCells);
    const entries = Uint32Array.from(cells, (_, entry) => entry);
    const order =
      plan.chunkSlots === null
        ? sortedBy(entries, (entry) => slabOf(entry) * slabCells + (cells[entry]! % slabCells))
        : sortedBy(entries, slabOf);
    const sizes = new Array<number>(slabs + 1).fill(0);
    for (let entry = 0; entry < cells.length; entry++) sizes[slabOf(entry) + 1]!++;
    for (let slab = 0; slab < slabs; slab++) sizes[slab + 1]! += sizes[slab]!;
    return { order, slabStarts: sizes };
  }

  /** Copies in everything that stays the same throughout. */
  private writeTables(): { rankable: number; mostTrades: number; mostCapture: number } {
    const { at, grid, job, plan } = this;
    const floats = new Float64Array(this.memory.buffer);
    const words = new Uint32Array(this.memory.buffer);
    const halves = new Uint16Array(this.memory.buffer);
    const bytes = new Uint8Array(this.memory.buffer);
    halves.set(job.stopItems, at.stopItems / 2);
    halves.set(job.targetItems, at.targetItems / 2);
    const targets = job.targetItems.length / 2;
    for (let row = 0; row < plan.rowItems; row++)
      for (let lane = 0; lane < plan.laneItems; lane++) {
        const [stop, target] = plan.areStopsInLanes ? [lane, row] : [row, lane];
        const exit = row * plan.laneItems + lane;
        floats[at.exitRanks / 8 + exit] = job.exitRanks[stop * targets + target]!;
        bytes[at.exitKinds + exit] = job.stopKinds[stop]!;
      }
    let step = 0;
    for (const [axis, { length }] of grid.axes.entries()) {
      words.set([Math.max(1, grid.strides[axis]!), length, step], at.axes / 4 + axis * 3);
      step += length;
    }
    floats.set(job.steps, at.steps / 8);

    const { captured, objective } = countCells(grid, job.entries, this.cells, job.isObjective);
    words.set(captured, at.counts / 4);
    let rankable = 0;
    let mostTrades = 0;
    let mostCapture = 0;
    for (let cell = 0; cell < cellsOf(grid); cell++) {
      const n = captured[cell]!;
      const rate = job.objectiveTotal === 0 ? 0 : objective[cell]! / job.objectiveTotal;
      if (this.needsCapture) floats[at.captureRates / 8 + cell] = rate;
      const isRankable = n > 0 && n >= job.minTrades && rate >= job.minCaptureRate;
      floats[at.weights / 8 + cell] = isRankable ? weightOf(job.objective, n, rate) : Number.NaN;
      if (!isRankable) continue;
      rankable++;
      if (n > mostTrades) mostTrades = n;
      if (rate > mostCapture) mostCapture = rate;
    }
    return { rankable, mostTrades, mostCapture };
  }
}

/** One slab of one tile whose sums are complete: its first exit, how many of its four lanes are exits, and where its own sums stand. */
interface FinishedSlab {
  readonly slab: number;
  readonly exit: number;
  readonly lanes: number;
  readonly own: number;
}

/** Places (or values, where `values` are 0, 1, ...) by key, equal ones in the order given. */
function sortedBy(values: Uint32Array, key: (value: number) => number): Uint32Array {
  // A key and a place in one number: the engine's own sort of numbers is far faster than one with a comparison.
  const scale = 2 ** 24;
  const keys = Float64Array.from(values, (value, place) => key(value) * scale + place);
  keys.sort();
  return Uint32Array.from(keys, (value) => value % scale);
}


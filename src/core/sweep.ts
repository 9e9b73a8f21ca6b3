import * as abi from "./abi.ts";
import { countCells, entryCells } from "./cellCounts.ts";
import { arrangeGrid, cellsOf, type Grid } from "./grid.ts";
import { type BorrowedCore, borrowCore, type Core } from "./instance.ts";
import { byPath, PassageRunner } from "./passageRunner.ts";
import { Settling } from "./settling.ts";
import { laneColumn, rowColumn, SidePacker } from "./sides.ts";
import { sumsOf, weightOf } from "./sums.ts";
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
  private readonly borrowed: BorrowedCore;
  private readonly memory: WebAssembly.Memory;
  private readonly core: Core;
  private readonly packer: SidePacker;
  private readonly view: DataView;
  private readonly sums: number;
  /** Own cell of each entry; entries by slab, strictest first, then row. */
  private readonly cells: Uint32Array;
  private readonly order: Uint32Array;
  /** Where each slab begins in `order`, strictest first. */
  private readonly slabStarts: readonly number[];
  /** Slot of each entry where all are held. */
  private readonly slots: Uint32Array;
  private isResident = false;
  private settling: Settling | null = null;

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
        needsDrawdown: job.drawdown !== null,
        top: job.drawdown?.top ?? 0,
        heapEntries: job.heapEntries,
      },
      job.memoryBytes,
    );
    this.borrowed = borrowCore(this.plan.layout.totalBytes, job.memoryBytes);
    this.memory = this.borrowed.memory;
    this.core = this.borrowed.core;
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
    this.slots = new Uint32Array(this.plan.chunkSlots === null ? entries.count : 0);
    this.ranked = this.writeTables() * this.plan.rowItems * this.plan.laneItems;
  }

  get linearMemoryBytes(): number {
    return this.memory.buffer.byteLength;
  }

  /** Lets the memory go; the sweep is of no use from here on. */
  release(): void {
    this.borrowed.release();
  }

  private get at(): SweepPlan["layout"]["offsets"] {
    return this.plan.layout.offsets;
  }

  /** The best sets by ordering key, then lower rank: best first, at most `heapEntries`. */
  leaderboard(): SweepEntry[] {
    const { at, core, job, plan } = this;
    const wanted = (): number =>
      this.view.getUint32(at.size, true) < job.heapEntries
        ? Number.NEGATIVE_INFINITY
        : this.view.getFloat64(at.heap, true);
    const offer = ({ own, slab, exit, lanes }: FinishedSlab, flagged: number): void => {
      core.offerFlagged(at.sweep, own, slab, exit, lanes, flagged);
    };
    this.view.setUint32(at.size, 0, true);
    if (plan.chunkSlots === null) this.sweepHeld(false);
    else for (const range of plan.passes) this.sweepStreamed(range, wanted, offer);
    return this.readEntries(at.heap, at.size).sort((a, b) => b.key - a.key || a.rank - b.rank);
  }

  /**
   * The best sets by their exact ordering key, drawdown and all, then lower rank: every set that may have a key of `floor` or more and
   * is not certainly behind `top` others has been walked. Call it after `leaderboard`, with what that gave.
   */
  settle(bounds: readonly SweepEntry[], floor: number): SweepEntry[] {
    const { at, core, job, plan } = this;
    this.settling ??= new Settling(core, this.memory, plan, job, this.isResident ? this.slots : null);
    const { settling } = this;
    settling.floor = floor;
    settling.settle(plan.chunkSlots === null ? bounds : byExit(bounds));
    const worst = bounds.at(-1);
    // Where the bounds reach below the last place, no other set can come before it.
    if (worst && bounds.length === job.heapEntries && worst.key >= settling.wantedKey) {
      settling.seen = worst;
      if (plan.chunkSlots === null) this.sweepHeld(true);
      else this.settleStreamed(settling, worst);
    }
    return this.readEntries(at.pool + 16, at.pool).sort((a, b) => b.key - a.key || a.rank - b.rank);
  }

  /** Sets whose drawdown was walked. */
  get settled(): number {
    return this.settling?.settled ?? 0;
  }

  private settleStreamed(settling: Settling, seen: SweepEntry): void {
    const { at, core, plan } = this;
    const settle = ({ own, slab, exit, lanes }: FinishedSlab, flagged: number): void => {
      for (let from = 0; from < flagged; ) {
        const wanted = settling.wantedKey;
        from = core.listFlagged(
          at.sweep,
          own,
          slab,
          exit,
          lanes,
          flagged,
          from,
          wanted,
          at.list,
          at.listSize,
          listEntries,
        );
        const entries = this.readEntries(at.list, at.listSize);
        const unseen = entries.filter(({ key, rank }) => key < seen.key || (key === seen.key && rank > seen.rank));
        settling.settle(byExit(unseen));
      }
    };
    for (const range of plan.passes) this.sweepStreamed(range, () => settling.wantedKey, settle);
  }

  private readEntries(at: number, size: number): SweepEntry[] {
    const { view } = this;
    const entries: SweepEntry[] = [];
    for (let k = 0; k < view.getUint32(size, true); k++) {
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

  private sweepHeld(isSettling: boolean): void {
    const { at, core, plan } = this;
    this.holdAll();
    for (let group = 0; group < plan.laneGroups; group++)
      for (let row = 0; row < plan.rowItems; row += this.rowsAtOnce) {
        this.onTile();
        core.sweepTiles(at.sweep, group, row, Math.min(plan.rowItems, row + this.rowsAtOnce), isSettling ? 1 : 0);
      }
    this.passes++;
  }

  private holdAll(): void {
    if (this.isResident) return;
    const { order, slabStarts } = this;
    const entries = this.inPathOrder(order);
    const next = [...slabStarts];
    const slots = new Uint32Array(entries.length);
    for (let k = 0; k < slots.length; k++) slots[k] = next[this.slabOf(entries[k]!)]!++;
    this.packer.pack(entries, slots, this.plan.passes[0]!);
    for (let k = 0; k < slots.length; k++) this.slots[entries[k]!] = slots[k]!;
    this.writeOffsets(entries, slots);
    this.isResident = true;
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
    this.passes++;
  }

  /** Sides of the entries order[from .. to), in path order. */
  private loadChunk(from: number, to: number, range: TileRange): void {
    const entries = this.inPathOrder(this.order.subarray(from, to));
    const slots = new Uint32Array(entries.length);
    for (let k = 0; k < slots.length; k++) slots[k] = k;
    this.packer.pack(entries, slots, range);
    this.writeOffsets(entries, slots);
  }

  private inPathOrder(entries: Uint32Array): Uint32Array {
    const { rows } = this.job.entries;
    const paths = new Uint32Array(entries.length);
    for (let k = 0; k < paths.length; k++) paths[k] = rows[entries[k]!]!;
    const places = byPath(this.job.paths, paths);
    for (let k = 0; k < places.length; k++) places[k] = entries[places[k]!]!;
    return places;
  }

  /** Where in its slab each slot's cell stands. */
  private writeOffsets(entries: Uint32Array, slots: Uint32Array): void {
    const offsets = new Uint32Array(this.memory.buffer, this.at.offsets, this.plan.slots);
    for (let k = 0; k < slots.length; k++)
      offsets[slots[k]!] = (this.cells[entries[k]!]! % this.grid.slabCells) * this.plan.rowBytes;
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
  private finish(
    tile: FinishedSlab,
    threshold: () => number,
    use: (tile: FinishedSlab, flagged: number) => void,
  ): void {
    const { at, core } = this;
    core.aim(at.sweep, threshold());
    const flagged = core.finishSlab(at.sweep, tile.own, tile.slab);
    if (flagged > 0) use(tile, flagged);
  }

  /** Tiles that one call sweeps: enough to make it cheap, few enough to stop in time. */
  private get rowsAtOnce(): number {
    return Math.max(1, Math.floor(2 ** 20 / cellsOf(this.grid)));
  }

  private get needsCapture(): boolean {
    return this.job.objective === abi.CAPTURE || this.job.objective === abi.BALANCED;
  }

  /** Slab of an entry, the strictest first. */
  private slabOf(entry: number): number {
    return this.grid.slabs - 1 - Math.floor(this.cells[entry]! / this.grid.slabCells);
  }

  /** Entries by slab, in table order within one. */
  private orderEntries(): { order: Uint32Array; slabStarts: number[] } {
    const { cells, grid } = this;
    const slabStarts = new Array<number>(grid.slabs + 1).fill(0);
    for (let entry = 0; entry < cells.length; entry++) slabStarts[this.slabOf(entry) + 1]!++;
    for (let slab = 0; slab < grid.slabs; slab++) slabStarts[slab + 1]! += slabStarts[slab]!;
    const next = [...slabStarts];
    const order = new Uint32Array(cells.length);
    for (let entry = 0; entry < cells.length; entry++) order[next[this.slabOf(entry)]!++] = entry;
    return { order, slabStarts };
  }

  /** Copies in everything that stays the same throughout. */
  private writeTables(): number {
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
    this.writeSweep(mostTrades, mostCapture);
    return rankable;
  }

  /** Tells the kernels how everything stands; fields as abi.ts has them. */
  private writeSweep(mostTrades: number, mostCapture: number): void {
    const { at, grid, job, plan, view } = this;
    const stepCount = grid.axes.reduce((sum, { length }) => sum + length, 0);
    const fields: readonly (readonly [field: number, value: number])[] = [
      [abi.SWEEP_SLAB_CELLS, grid.slabCells],
      [abi.SWEEP_ROW_BYTES, plan.rowBytes],
      [abi.SWEEP_BLOCKS, grid.blocks],
      [abi.SWEEP_LENGTH, grid.lastLength],
      [abi.SWEEP_POSITIONS, grid.positions],
      [abi.SWEEP_SCRATCH, at.scratch],
      [abi.SWEEP_FLAGGED, at.flagged],
      [abi.SWEEP_GROUP_COUNT, grid.groups.length],
      [abi.SWEEP_SUMS, this.sums],
      [abi.SWEEP_OBJECTIVE, job.objective],
      [abi.SWEEP_SLABS, grid.slabs],
      [abi.SWEEP_SLAB_STARTS, at.slabStarts],
      [abi.SWEEP_OWN, at.own],
      [abi.SWEEP_WEIGHTS, at.weights],
      [abi.SWEEP_COUNTS, at.counts],
      [abi.SWEEP_CAPTURE_RATES, this.needsCapture ? at.captureRates : 0],
      [abi.SWEEP_EXIT_RANKS, at.exitRanks],
      [abi.SWEEP_EXIT_KINDS, at.exitKinds],
      [abi.SWEEP_AXES, at.axes],
      [abi.SWEEP_AXIS_COUNT, grid.axes.length],
      [abi.SWEEP_STEPS, at.steps],
      [abi.SWEEP_STEP_COUNT, stepCount],
      [abi.SWEEP_HEAP, at.heap],
      [abi.SWEEP_SIZE, at.size],
      [abi.SWEEP_CAPACITY, job.heapEntries],
      [abi.SWEEP_ROWS, at.rows],
      [abi.SWEEP_LANES, at.lanes],
      [abi.SWEEP_OFFSETS, at.offsets],
      [abi.SWEEP_SLOTS, plan.slots],
      [abi.SWEEP_LANE_ITEMS, plan.laneItems],
      [abi.SWEEP_FILTER, abi.FLAG_ALL],
      [abi.SWEEP_SETTLE, 0],
    ];
    for (const [field, value] of fields) view.setUint32(at.sweep + field, value, true);
    view.setFloat64(at.sweep + abi.SWEEP_AIM, Number.NEGATIVE_INFINITY, true);
    view.setFloat64(at.sweep + abi.SWEEP_MOST_TRADES, mostTrades, true);
    view.setFloat64(at.sweep + abi.SWEEP_MOST_CAPTURE, mostCapture, true);
    for (const [k, { kernel, blocks, length, span }] of grid.groups.entries())
      for (const [field, value] of [kernel, blocks, length, span * plan.rowBytes].entries())
        view.setUint32(at.sweep + abi.SWEEP_GROUPS + k * abi.GROUP_BYTES + field * 4, value, true);
    for (const [slab, start] of this.slabStarts.entries()) view.setUint32(at.slabStarts + slab * 4, start, true);
  }
}

/** One slab of one tile whose sums are complete: its first exit, how many of its four lanes are exits, and where its own sums stand. */
interface FinishedSlab {
  readonly slab: number;
  readonly exit: number;
  readonly lanes: number;
  readonly own: number;
}

/** Entries of one exit in a row, each exit where its best entry stands. */
function byExit(entries: readonly SweepEntry[]): SweepEntry[] {
  const groups = new Map<number, SweepEntry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.exit);
    if (group) group.push(entry);
    else groups.set(entry.exit, [entry]);
  }
  return [...groups.values()].flat();
}

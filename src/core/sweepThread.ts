// Long because its steps are one conversation: every thread takes them in the same order, and they share the slots, the settling and the meeting.

import * as abi from "./abi.ts";
import type { Crew } from "./crew.ts";
import { EntryOrder } from "./entryOrder.ts";
import { arrangeGrid, cellsOf, type Grid } from "./grid.ts";
import type { Core } from "./instance.ts";
import { Settling } from "./settling.ts";
import { laneColumn, rowColumn, SidePacker } from "./sides.ts";
import {
  type ChosenSets,
  chooseSamples,
  foldTallies,
  rankedCells,
  type Sampling,
  type SweepStudy,
  sumBlocks,
} from "./study.ts";
import { sumsOf } from "./sums.ts";
import type { SweepEntry, SweepJob } from "./sweepJob.ts";
import type { Region, SweepPlan, TileRange } from "./sweepLayout.ts";
import type { SweepPlace } from "./sweepPlace.ts";
import { listEntries } from "./sweepRegions.ts";
import { writeSweep } from "./sweepTables.ts";

/** Cells and exits that one call sweeps: enough to make it cheap, few enough to stop in time. */
const setsAtOnce = 2 ** 22;
/** Turns that each of several threads should have at least in a sweep. */
const turnsEach = 16;
/**
 * Trades that would be walked for drawdowns in one turn if every set were: few are. With shorter turns the core cannot learn from one tile
 * whether the next is better bounded than walked, and takes twice as long.
 */
const walksAtOnce = 2e9;
/** Opportunities that one thread walks before it takes more. */
const packedAtOnce = 1024;

/** What a thread is told before it starts. */
export interface ThreadStart {
  /** Largest capture rate of any rankable cell. */
  readonly mostCapture: number;
  /** Known to the thread that made the tables; others make it anew. */
  readonly order?: EntryOrder;
  /** Called between tiles, with the part of the sets that has been walked, 0-1; may throw to stop. */
  readonly onTile?: (walked: number) => void;
}

/** One thread's share of a sweep. Every thread of a crew takes the same steps in the same memory, each with regions of its own. */
export class SweepThread {
  readonly order: EntryOrder;
  private readonly place: SweepPlace;
  private readonly core: Core;
  private readonly memory: WebAssembly.Memory;
  private readonly job: SweepJob;
  private readonly plan: SweepPlan;
  private readonly onTile: (walked: number) => void;
  private walked = 0;
  private readonly grid: Grid;
  private readonly at: Readonly<Record<Region, number>>;
  private readonly packer: SidePacker;
  private readonly view: DataView;
  /** Slot of each entry, once all sides are held. */
  private slots: Uint32Array | null = null;
  private settler: Settling | null = null;

  constructor(
    place: Omit<SweepPlace, "at">,
    private readonly crew: Crew,
    { mostCapture, order, onTile = () => {} }: ThreadStart,
  ) {
    const { core, memory, job, plan } = place;
    this.place = { ...place, at: plan.offsets[crew.index]! };
    this.at = this.place.at;
    this.core = core;
    this.memory = memory;
    this.job = job;
    this.plan = plan;
    this.onTile = onTile;
    this.grid = arrangeGrid(job.axes);
    this.order = order ?? new EntryOrder(job, this.grid);
    this.view = new DataView(memory.buffer);
    this.packer = new SidePacker(this.place);
    writeSweep(this.place, this.grid, mostCapture);
  }

  /** Sweeps this thread's tiles into its own leaderboard of bounds. */
  sweepBounds(): void {
    const { at, core, job, view } = this;
    view.setUint32(at.size, 0, true);
    if (this.plan.chunkSlots === null) {
      for (const range of this.plan.passes) this.sweepHeld(range, false);
      return;
    }
    const wanted = (): number =>
      view.getUint32(at.size, true) < job.heapEntries ? job.floor : Math.max(job.floor, view.getFloat64(at.heap, true));
    for (const range of this.plan.passes)
      this.sweepStreamed(range, false, wanted, ({ own, slab, exit, lanes }, flagged) => {
        core.offerFlagged(at.sweep, own, slab, exit, lanes, flagged);
      });
    this.crew.meet();
  }

  /** Keys of this thread's best bounds so far, in no order. */
  keys(): number[] {
    return this.readEntries(this.at.heap, this.at.size).map(({ key }) => key);
  }

  /** Every thread's best bounds, best first. */
  bounds(): SweepEntry[] {
    return bestFirst(this.plan.offsets.flatMap((at) => this.readEntries(at.heap, at.size)));
  }

  /** What settles sets by their drawdown. */
  get settling(): Settling {
    this.settler ??= new Settling(this.place, this.slots, this.crew.index === 0);
    return this.settler;
  }

  /** Settles bounds, best first; the leading thread alone. Sets whose sides are held at the same time go together. */
  settleBounds(bounds: readonly SweepEntry[]): void {
    const { plan, settling } = this;
    if (plan.chunkSlots !== null) {
      settling.settle(byExit(bounds), (done) => this.settledBounds(done));
      return;
    }
    const ranges = new Map<TileRange, SweepEntry[]>(plan.passes.map((range) => [range, []]));
    for (const entry of bounds) ranges.get(rangeOf(plan, entry.exit))!.push(entry);
    const inTurn = [...ranges].filter(([, entries]) => entries.length > 0);
    for (const [range, entries] of inTurn.sort(([, a], [, b]) => b[0]!.key - a[0]!.key)) {
      this.hold(range, true);
      settling.settle(entries, (done) => this.settledBounds(done));
    }
  }

  /** Sweeps this thread's tiles again and settles every set that may reach what is wanted and was not among the bounds. */
  settleRest(): void {
    const { at, core, crew, plan, settling } = this;
    // The leading thread has written what all read.
    crew.meet();
    this.hasSettledRest = true;
    if (crew.index > 0) settling.follow(plan.offsets[0]!.settle);
    if (plan.chunkSlots === null) {
      for (const range of this.plan.passes) this.sweepHeld(range, true);
      return;
    }
    for (const range of plan.passes)
      this.sweepStreamed(
        range,
        false,
        () => settling.wantedKey,
        ({ own, slab, exit, lanes }, flagged) => {
          for (let from = 0; from < flagged; ) {
            from = core.listFlagged({
              sweep: at.sweep,
              own,
              slab,
              exit,
              lanes,
              count: flagged,
              from,
              threshold: settling.wantedKey,
              list: at.list,
              size: at.listSize,
              capacity: listEntries,
            });
            const unseen = this.readEntries(at.list, at.listSize).filter((entry) => !settling.isSeen(entry));
            settling.settle(byExit(unseen), () => this.tile());
          }
        },
      );
    crew.meet();
  }

  /** Every thread's settled sets under their exact keys, best first. */
  pool(): SweepEntry[] {
    return bestFirst(this.threads().flatMap((at) => this.readEntries(at.pool + 16, at.pool)));
  }

  /** Sets that every thread has walked. */
  settled(): number {
    return this.threads().reduce((sum, at) => sum + this.view.getUint32(at.settle + abi.SETTLE_SETTLED, true), 0);
  }

  /** Sums of a sample of the ranked sets by blocks of time, and the scores of all of them by cell and by exit; the leading thread alone. */
  study(blockOfRow: Uint8Array, isObjective: Uint8Array, sampling: Sampling): SweepStudy {
    const { at, grid, memory, plan } = this;
    const isHeld = plan.chunkSlots === null;
    if (isHeld && !this.slots) this.hold(plan.passes[0]!, true);
    this.settling.mark((row) => blockOfRow[row]! | (isObjective[row]! << 7));
    const isRanked = rankedCells(memory, grid, at);
    const samples = chooseSamples(plan, grid, isRanked, sampling);
    const floats = new Float64Array(memory.buffer);
    for (const tally of ["cellTally", "exitTally"] as const) {
      const elements = tally === "cellTally" ? cellsOf(grid) : plan.rowItems * plan.laneItems;
      for (let k = 0; k < elements; k++) floats.set([0, 0, Number.NEGATIVE_INFINITY], at[tally] / 8 + k * 3);
    }
    if (!isHeld) this.sampleStreamed(samples);
    const tally = (slab: FinishedSlab, flagged: number): void => this.tallyFlagged(slab, flagged);
    for (const range of plan.passes)
      if (isHeld) {
        this.hold(range, true);
        sumBlocks(this.place, samples, (exit) => rangeOf(plan, exit) === range, 0, plan.bitWords);
        for (let group = range.firstGroup; group < range.endGroup; group++)
          for (let row = range.firstRow; row < range.endRow; row++) this.finishTile(range, group, row, tally);
      } else this.sweepStreamed(range, true, () => Number.NEGATIVE_INFINITY, tally);
    return { samples, ...foldTallies(memory, plan, grid, at, isRanked) };
  }

  /** The samples' sums where opportunities stream through: in order of entry, a chunk at a time. */
  private sampleStreamed(samples: ChosenSets): void {
    const { job, order, plan, settling } = this;
    const { count } = job.entries;
    const chunk = plan.slots < count ? Math.floor(plan.slots / 64) * 64 : count;
    const slotOf = new Uint32Array(count);
    for (let from = 0; from < count; from += chunk) {
      const to = Math.min(count, from + chunk);
      const chosen = settling.entries(from, to);
      for (let k = 0; k < chosen.length; k++) slotOf[chosen[k]!] = k;
      const entries = order.byPath(chosen);
      const slots = entries.map((entry) => slotOf[entry]!);
      settling.readChunk(from);
      for (const range of plan.passes) {
        this.tile();
        this.packPart(entries, slots, 0, entries.length, range);
        this.pointAt(range);
        sumBlocks(this.place, samples, (exit) => rangeOf(plan, exit) === range, from / 64, Math.ceil(to / 64));
      }
    }
  }

  /** Every slab of every tile; its sums are complete, of ranked cells or not, while `use` is called. The leading thread alone. */
  everySlab(use: (slab: FinishedSlab) => void): void {
    for (const range of this.plan.passes) {
      if (this.plan.chunkSlots !== null) {
        this.sweepStreamed(range, true, () => Number.NEGATIVE_INFINITY, use);
        continue;
      }
      this.hold(range, true);
      for (let group = range.firstGroup; group < range.endGroup; group++)
        for (let row = range.firstRow; row < range.endRow; row++) this.finishTile(range, group, row, use);
    }
  }

  /** Sums one tile whose sides are held, slab by slab. */
  private finishTile(
    range: TileRange,
    group: number,
    row: number,
    use: (slab: FinishedSlab, flagged: number) => void,
  ): void {
    const { at, core, grid, job, plan } = this;
    this.tile();
    new Uint8Array(this.memory.buffer, at.own, plan.ownBytes).fill(0);
    for (let slab = grid.slabs - 1; slab >= 0; slab--) {
      const from = this.order.slabStarts[grid.slabs - 1 - slab]!;
      const count = this.order.slabStarts[grid.slabs - slab]! - from;
      const rows = rowColumn(plan, range, row, from);
      const lanes = laneColumn(plan, range, group, from);
      const sums = sumsOf(job.objective, job.tellsNothing);
      core.accumulate(rows, lanes, at.offsets + from * 4, count, sums, job.shares !== null, at.own);
      core.aim(at.sweep, Number.NEGATIVE_INFINITY);
      const flagged = core.finishSlab(at.sweep, at.own, slab);
      const exit = row * plan.laneItems + group * 4;
      const exits = Math.min(4, plan.laneItems - group * 4);
      use({ own: at.own, slab, exit, lanes: exits }, flagged);
    }
  }

  private tallyFlagged({ own, slab, exit, lanes }: FinishedSlab, count: number): void {
    const { sweep, cellTally: cells, exitTally: exits } = this.at;
    this.core.tallyFlagged({ sweep, own, slab, exit, lanes, count, cells, exits });
  }

  /** Regions of the threads that have settled anything. */
  private threads(): SweepPlan["offsets"] {
    return this.settler ? (this.hasSettledRest ? this.plan.offsets : [this.at]) : [];
  }

  private hasSettledRest = false;

  private sweepHeld(range: TileRange, isSettling: boolean): void {
    const { at, core, crew } = this;
    this.hold(range, false);
    const groups = range.endGroup - range.firstGroup;
    const heldRows = range.endRow - range.firstRow;
    // A set whose drawdown is walked takes as long as it has trades.
    const most = isSettling ? Math.min(setsAtOnce, walksAtOnce / this.job.entries.count) : setsAtOnce;
    const atOnce = Math.max(1, Math.floor(most / 4 / cellsOf(this.grid)));
    // Many turns for each thread: they end at about the same time.
    const shared = crew.count === 1 ? heldRows : Math.ceil((heldRows * groups) / (crew.count * turnsEach));
    const rows = Math.min(atOnce, shared);
    const parts = Math.ceil(heldRows / rows);
    for (const turn of crew.share(isSettling ? "settle" : "bounds", groups * parts)) {
      this.tile(range, turn / (groups * parts));
      const first = range.firstRow + (turn % parts) * rows;
      const group = range.firstGroup + Math.floor(turn / parts);
      core.sweepTiles(at.sweep, group, first, Math.min(range.endRow, first + rows), isSettling);
    }
    crew.meet();
  }

  /** Between two tiles: the part of a range's sets that has been walked. Where drawdowns decide, all sets may be walked a second time. */
  private tile(range?: TileRange, part = 0): void {
    if (range) {
      const { passes } = this.plan;
      const once = (passes.indexOf(range) + part) / passes.length;
      this.walked = this.job.drawdown === null ? once : this.hasSettledRest ? 0.75 + once / 4 : once / 2;
    }
    this.onTile(this.walked);
  }

  /** Between two of the bounds whose drawdowns are walked after the first sweep. */
  private settledBounds(done: number): void {
    this.walked = Math.max(this.walked, 0.5 + done / 4);
    this.onTile(this.walked);
  }

  /** Lays all sides of a rectangle of tiles out, unless they are: together with the other threads, or alone while those wait. */
  private hold(range: TileRange, isAlone: boolean): void {
    const { crew, plan } = this;
    const isOnly = plan.passes.length === 1;
    if (isOnly && this.slots) return;
    const entries = this.order.allInPathOrder();
    const slots = this.order.slotsOf(entries);
    const parts = isAlone || crew.count === 1 ? 1 : Math.ceil(entries.length / packedAtOnce);
    for (const part of isAlone ? [0] : crew.share("pack", parts)) {
      const from = Math.floor((entries.length * part) / parts);
      const to = Math.floor((entries.length * (part + 1)) / parts);
      this.tile();
      this.packPart(entries, slots, from, to, range);
    }
    if (!this.slots) {
      this.slots = new Uint32Array(slots.length);
      for (let k = 0; k < slots.length; k++) this.slots[entries[k]!] = slots[k]!;
    }
    this.pointAt(range);
    if (!isAlone) crew.meet();
  }

  /** Tells the kernels where the sides of a rectangle of tiles stand: they count rows and groups from the first of all. */
  private pointAt(range: TileRange): void {
    const { at, plan, view } = this;
    view.setUint32(at.sweep + abi.SWEEP_ROWS, rowColumn(plan, range, 0, 0) >>> 0, true);
    view.setUint32(at.sweep + abi.SWEEP_LANES, laneColumn(plan, range, 0, 0) >>> 0, true);
  }

  /** Streams all opportunities by the tiles of a range, together with the other threads, or alone while those wait. */
  private sweepStreamed(
    range: TileRange,
    isAlone: boolean,
    threshold: () => number,
    use: (tile: FinishedSlab, flagged: number) => void,
  ): void {
    const { at, core, crew, grid, plan } = this;
    const tiles: { readonly row: number; readonly group: number; readonly own: number }[] = [];
    let tile = 0;
    for (let group = range.firstGroup; group < range.endGroup; group++)
      for (let row = range.firstRow; row < range.endRow; row++, tile++) {
        const thread = tile % crew.count;
        if (!isAlone && thread !== crew.index) continue;
        const own = plan.offsets[thread]!.own + Math.floor(tile / crew.count) * plan.ownBytes;
        new Uint8Array(this.memory.buffer, own, plan.ownBytes).fill(0);
        tiles.push({ row, group, own });
      }
    const starts = this.order.slabStarts;
    const sums = sumsOf(this.job.objective, this.job.tellsNothing);
    for (let slab = grid.slabs - 1; slab >= 0; slab--) {
      const end = starts[grid.slabs - slab]!;
      for (let from = starts[grid.slabs - 1 - slab]!; from < end; from += plan.chunkSlots!) {
        const count = Math.min(end - from, plan.chunkSlots!);
        // Nobody reads the last chunk any more.
        if (!isAlone) crew.meet();
        const entries = this.order.inPathOrder(from, from + count);
        const slots = new Uint32Array(count);
        for (let k = 0; k < count; k++) slots[k] = k;
        const [firstOwn, endOwn] = isAlone ? [0, count] : crew.partOf(count);
        this.packPart(entries, slots, firstOwn, endOwn, range);
        if (!isAlone) crew.meet();
        for (const { row, group, own } of tiles) {
          this.tile(range, from / this.job.entries.count);
          const rows = rowColumn(plan, range, row, 0);
          const lanes = laneColumn(plan, range, group, 0);
          // Sums of many tiles do not stay near; of few cells it is cheaper to wait.
          if (count >= grid.slabCells / 4) core.readAhead(own, plan.ownBytes);
          core.accumulate(rows, lanes, at.offsets, count, sums, this.job.shares !== null, own);
        }
      }
      for (const { row, group, own } of tiles) {
        core.aim(at.sweep, threshold());
        const flagged = core.finishSlab(at.sweep, own, slab);
        const exit = row * plan.laneItems + group * 4;
        if (flagged > 0) use({ slab, exit, lanes: Math.min(4, plan.laneItems - group * 4), own }, flagged);
      }
    }
  }

  /** Walks and packs entries `from` .. `to` - 1 of those in path order, and notes where in its slab each one's cell stands. */
  private packPart(entries: Uint32Array, slots: Uint32Array, from: number, to: number, range: TileRange): void {
    this.packer.pack(entries.subarray(from, to), slots.subarray(from, to), range);
    const offsets = new Uint32Array(this.memory.buffer, this.at.offsets, this.plan.slots);
    for (let k = from; k < to; k++) offsets[slots[k]!] = this.order.cellInSlab(entries[k]!) * this.plan.rowBytes;
  }

  private readEntries(at: number, size: number): SweepEntry[] {
    const { view } = this;
    const entries: SweepEntry[] = [];
    const count = view.getUint32(size, true);
    for (let k = 0; k < count; k++) {
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
}

/** One slab of one tile whose sums are complete: its first exit, how many of its four lanes are exits, and where its own sums stand. */
export interface FinishedSlab {
  readonly slab: number;
  readonly exit: number;
  readonly lanes: number;
  readonly own: number;
}

/** The pass that an exit's tile is swept in. */
function rangeOf({ laneItems, passes }: SweepPlan, exit: number): TileRange {
  const row = Math.floor(exit / laneItems);
  const group = Math.floor((exit % laneItems) / 4);
  return passes.find(
    ({ firstRow, endRow, firstGroup, endGroup }) =>
      row >= firstRow && row < endRow && group >= firstGroup && group < endGroup,
  )!;
}

function bestFirst(entries: SweepEntry[]): SweepEntry[] {
  return entries.sort((a, b) => b.key - a.key || a.rank - b.rank);
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

import * as abi from "./abi.ts";
import { byTick } from "./byTick.ts";
import { intrabarCode } from "./exitReplayer.ts";
import type { Core } from "./instance.ts";
import { type ExitItems, levelCountOf, levelsAlone } from "./levels.ts";
import { batchRows, byPath, PassageRunner } from "./passageRunner.ts";
import { intrabarOf } from "./paths.ts";
import { shiftOf } from "./sides.ts";
import type { SweepEntry, SweepJob } from "./sweepJob.ts";
import type { Region, SweepPlan } from "./sweepLayout.ts";
import type { SweepPlace } from "./sweepPlace.ts";
import { packedSlots } from "./sweepRegions.ts";

/** Trades in order of entry, and sets settled by walking them: what the kernels of assembly/drawdowns.ts need, and one exit's trades where sides are not held. */
export class Settling {
  private readonly core: Core;
  private readonly memory: WebAssembly.Memory;
  private readonly plan: SweepPlan;
  private readonly at: Readonly<Record<Region, number>>;
  private readonly job: SweepJob;
  private readonly view: DataView;
  /** Entries by time of entry, then table order. */
  private readonly byEntry: Uint32Array;
  private exit = -1;

  /** `slotOf` are the slots of all entries where their sides are held; else their paths are walked again for each exit. */
  constructor(place: SweepPlace, slotOf: Uint32Array | null, isLeading: boolean) {
    const { core, memory, plan, at, job } = place;
    this.core = core;
    this.memory = memory;
    this.plan = plan;
    this.at = at;
    this.job = job;
    const { clock, drawdown, entries } = job;
    if (!clock) throw new Error("the sweep was planned without the order of its entries");
    this.view = new DataView(memory.buffer);
    const words = new Uint32Array(memory.buffer);
    const ticks = new Uint32Array(entries.count);
    for (let k = 0; k < ticks.length; k++) ticks[k] = clock.ticks[entries.rows[k]!]!;
    this.byEntry = byTick(ticks);
    // What all threads read is written by one.
    if (isLeading) {
      for (let k = 0; k < ticks.length; k++) {
        const entry = this.byEntry[k]!;
        words[at.entryTicks / 4 + k] = ticks[entry]!;
        if (!slotOf) continue;
        words[at.entrySlots / 4 + k] = slotOf[entry]!;
        if (drawdown) words[at.slotTicks / 4 + slotOf[entry]!] = ticks[entry]!;
      }
      this.writeBits();
    }
    const fields: readonly (readonly [field: number, value: number])[] = [
      [abi.SETTLE_BITS, at.bits],
      [abi.SETTLE_WORDS, plan.bitWords],
      [abi.SETTLE_ENTRY_TICKS, at.entryTicks],
      [abi.SETTLE_ENTRY_SLOTS, at.entrySlots],
      [abi.SETTLE_POINTS, slotOf ? 0 : at.points],
      [abi.SETTLE_TICKS, at.ticks],
      [abi.SETTLE_OPEN, at.open],
      [abi.SETTLE_POOL, at.pool],
      [abi.SETTLE_LEADERS, at.leaders],
      [abi.SETTLE_TOP, drawdown?.top ?? 0],
      [abi.SETTLE_SETTLED, 0],
      [abi.SETTLE_CAPTURED, at.captured],
      [abi.SETTLE_CELL, 0xffffffff],
      [abi.SETTLE_FALLS, slotOf ? at.falls : 0],
      [abi.SETTLE_FALL_SCRATCH, at.fallScratch],
      [abi.SETTLE_SLOT_TICKS, at.slotTicks],
    ];
    for (const [field, value] of fields) this.view.setUint32(at.settle + field, value, true);
    this.write(abi.SETTLE_SHIFT, plan.areStopsInLanes ? shiftOf(plan.laneItems) : 0);
    this.write(abi.SETTLE_BAR_TICKS, clock.barTicks);
    this.view.setUint32(at.sweep + abi.SWEEP_SETTLE, at.settle, true);
    // A study reads trades in their order; there is no room to settle anything.
    if (!drawdown) return;
    this.view.setUint32(at.pool, 0, true);
    this.view.setUint32(at.leaders, 0, true);
    this.write(abi.SETTLE_DRAWDOWN_LIMIT, drawdown.limit);
    this.write(abi.SETTLE_MOST_DRAWDOWN, drawdown.most);
    this.write(abi.SETTLE_FLOOR, Number.NEGATIVE_INFINITY);
    this.write(abi.SETTLE_BEST_KEY, Number.POSITIVE_INFINITY);
  }

  /** Key that a set must reach to matter. */
  get wantedKey(): number {
    return this.core.settledKey(this.at.sweep);
  }

  /** What is known of the last place before anything is settled. */
  set floor(key: number) {
    this.write(abi.SETTLE_FLOOR, key);
  }

  /** Before others join: bounds from `best` down to `seen` have been settled, and the result is everyone's floor. */
  lead(best: SweepEntry, seen: SweepEntry): void {
    this.write(abi.SETTLE_BEST_KEY, best.key);
    this.write(abi.SETTLE_SEEN_KEY, seen.key);
    this.write(abi.SETTLE_SEEN_RANK, seen.rank);
    const { leaders, settle } = this.at;
    if (this.view.getUint32(leaders, true) < this.job.drawdown!.top) return;
    this.floor = Math.max(this.read(settle, abi.SETTLE_FLOOR), this.view.getFloat64(leaders + 16, true));
  }

  /** Takes over what the leading thread knows, from its fields. */
  follow(leading: number): void {
    for (const field of [abi.SETTLE_FLOOR, abi.SETTLE_BEST_KEY, abi.SETTLE_SEEN_KEY, abi.SETTLE_SEEN_RANK])
      this.write(field, this.read(leading, field));
  }

  /** Whether a bound was among those settled first. */
  isSeen({ key, rank }: SweepEntry): boolean {
    const seen = this.read(this.at.settle, abi.SETTLE_SEEN_KEY);
    return key > seen || (key === seen && rank <= this.read(this.at.settle, abi.SETTLE_SEEN_RANK));
  }

  /** Settles sets one by one, with the done part of them told before each; where sides are not held, sets of one exit are best given in a row. */
  settle(entries: readonly SweepEntry[], between: (done: number) => void): void {
    const { sweep } = this.at;
    for (const [k, { key, rank, exit, cell }] of entries.entries()) {
      if (key < this.wantedKey) continue;
      between(k / entries.length);
      if (this.plan.chunkSlots !== null && exit !== this.exit) this.walk(exit);
      this.core.settleSet(sweep, key, rank, exit, cell);
    }
  }

  /** Entries `from` .. `to` - 1 in order of entry. */
  entries(from: number, to: number): Uint32Array {
    return this.byEntry.subarray(from, to);
  }

  /** From here on `blockSums` reads sides that are held of some entries only: the one at place k, in order of entry, in slot k - `from`. */
  readChunk(from: number): void {
    const { at, plan, view } = this;
    const slots = new Uint32Array(this.memory.buffer, at.entrySlots, plan.slots);
    for (let slot = 0; slot < slots.length; slot++) slots[slot] = slot;
    // The kernel counts from the first entry of all, wherever that would stand.
    view.setUint32(at.settle + abi.SETTLE_ENTRY_SLOTS, (at.entrySlots - from * 4) >>> 0, true);
    view.setUint32(at.settle + abi.SETTLE_POINTS, 0, true);
  }

  /** Writes a byte per entry for `blockSums`, in order of entry. */
  mark(markOf: (row: number) => number): void {
    const marks = new Uint8Array(this.memory.buffer, this.at.marks, this.job.entries.count);
    for (let k = 0; k < marks.length; k++) marks[k] = markOf(this.job.entries.rows[this.byEntry[k]!]!);
  }

  /** Points and exit ticks of one exit from the candles again. */
  private walk(exit: number): void {
    const { at, job, plan } = this;
    this.exit = exit;
    const { levels, items } = this.levelsOf(exit);
    const runner = new PassageRunner(
      this.core,
      this.memory,
      { ...at, levels: at.exitLevels },
      { ...job, levels, ...plan },
    );
    this.writeItems(items);
    const { rows, count } = job.entries;
    const paths = new Uint32Array(count);
    for (let k = 0; k < count; k++) paths[k] = rows[this.byEntry[k]!]!;
    const places = byPath(job.paths, paths);
    const ordered = new Uint32Array(count);
    for (let k = 0; k < count; k++) ordered[k] = paths[places[k]!]!;
    runner.run(job.paths, job.candles, ordered, (from, walked) => {
      this.packAlone(walked, runner.recordBytes, levelCountOf(levels));
      this.readSides(walked, places.subarray(from, from + walked));
    });
  }

  /** The levels of one exit alone. */
  private levelsOf(exit: number): ReturnType<typeof levelsAlone> {
    const { job, plan } = this;
    const [row, lane] = [Math.floor(exit / plan.laneItems), exit % plan.laneItems];
    const [stopItem, targetItem] = plan.areStopsInLanes ? [lane, row] : [row, lane];
    const stopShorts = abi.STOP_ITEM_BYTES / 2;
    const targetShorts = abi.TARGET_ITEM_BYTES / 2;
    return levelsAlone(job.levels, {
      stopItem: job.stopItems.subarray(stopItem * stopShorts, (stopItem + 1) * stopShorts),
      targetItem: job.targetItems.subarray(targetItem * targetShorts, (targetItem + 1) * targetShorts),
      share: job.shares?.[stopItem] ?? 0,
    });
  }

  /** Where the share of one exit alone stands, behind its items. */
  private get shareAt(): number {
    return this.at.exitItems + abi.STOP_ITEM_BYTES + abi.TARGET_ITEM_BYTES;
  }

  private writeItems({ stopItem, targetItem, share }: ExitItems): void {
    const { at } = this;
    const shorts = new Uint16Array(this.memory.buffer);
    const words = new Uint32Array(this.memory.buffer);
    shorts.set(stopItem, at.exitItems / 2);
    shorts.set(targetItem, (at.exitItems + abi.STOP_ITEM_BYTES) / 2);
    new Float64Array(this.memory.buffer)[this.shareAt / 8] = share;
    for (let k = 0; k < packedSlots; k++) {
      words[at.sources / 4 + k] = k;
      words[at.slots / 4 + k] = k;
    }
  }

  /** Lays the sides of one exit alone out, record k in slot k. */
  private packAlone(count: number, recordBytes: number, levelCount: number): void {
    const { at, job } = this;
    this.core.packSides({
      records: at.records,
      recordBytes,
      count,
      sources: at.sources,
      slots: at.slots,
      levelCount,
      stopItems: at.exitItems,
      stopCount: 1,
      targetItems: at.exitItems + abi.STOP_ITEM_BYTES,
      targetCount: 1,
      areStopsInLanes: false,
      shift: 0,
      shares: job.shares ? this.shareAt : 0,
      rule: intrabarCode[intrabarOf(job.rules)],
      rows: at.exitRows,
      lanes: at.exitLanes,
      slotCount: batchRows,
    });
  }

  /** Takes over what the sides of one exit say: slot k is of the entry at place `places[k]` in order of entry. */
  private readSides(count: number, places: Uint32Array): void {
    const { at, plan } = this;
    const barTicks = this.job.clock!.barTicks;
    const floats = new Float64Array(this.memory.buffer);
    const words = new Uint32Array(this.memory.buffer);
    for (let k = 0; k < count; k++) {
      const row = at.exitRows / 8 + (k * plan.sideRowBytes) / 8;
      const lane = at.exitLanes / 8 + (k * plan.sideLaneBytes) / 8;
      const isStop = floats[row]! <= floats[lane]!;
      const held = (Math.floor(isStop ? floats[row]! : floats[lane]!) + 1) >> 1;
      const entry = places[k]!;
      floats[at.points / 8 + entry] = isStop ? floats[row + 1]! : this.targetPoints(floats, row, lane);
      words[at.ticks / 4 + entry] = words[at.entryTicks / 4 + entry]! + held * barTicks;
    }
  }

  /** Points of a trade that the target side ends; see assembly/tradeSides.ts. */
  private targetPoints(floats: Float64Array, row: number, lane: number): number {
    const points = floats[lane + 4]!;
    if (!this.job.shares) return points;
    const blended = floats[row + 3]! + floats[row + 4]! * points;
    const [part, target] = [floats[row + 2]!, floats[lane + 8]!];
    return part < target || (part === target && blended < points) ? blended : points;
  }

  /** A bitset of all, then one a candidate: of an ordered axis of those that pass it, of another of those that stand in it. */
  private writeBits(): void {
    const { job, plan } = this;
    const bytes = new Uint8Array(this.memory.buffer);
    const bitsetBytes = plan.bitWords * 8;
    let at = this.at.bits;
    bytes.fill(0, at, at + (1 + job.axes.reduce((sum, { length }) => sum + length, 0)) * bitsetBytes);
    for (let k = 0; k < job.entries.count; k++) bytes[at + (k >> 3)]! |= 1 << (k & 7);
    at += bitsetBytes;
    for (const [axis, { isOrdered, length }] of job.axes.entries()) {
      const candidates = job.entries.candidates[axis]!;
      for (let k = 0; k < job.entries.count; k++) {
        const own = candidates[this.byEntry[k]!]!;
        for (let c = isOrdered ? 0 : own; c <= own; c++) bytes[at + c * bitsetBytes + (k >> 3)]! |= 1 << (k & 7);
      }
      at += length * bitsetBytes;
    }
  }

  private read(settle: number, field: number): number {
    return this.view.getFloat64(settle + field, true);
  }

  private write(field: number, value: number): void {
    this.view.setFloat64(this.at.settle + field, value, true);
  }
}

import * as abi from "./abi.ts";
import { intrabarCode } from "./exitReplayer.ts";
import { candidateOf, type Grid } from "./grid.ts";
import type { Core } from "./instance.ts";
import { PassageRunner } from "./passageRunner.ts";
import { intrabarOf, type Levels } from "./paths.ts";
import { laneColumn, rowColumn, shiftOf } from "./sides.ts";
import type { SweepJob } from "./sweepJob.ts";
import { packedSlots, type SweepPlan } from "./sweepPlan.ts";

/** Trades in the stretch that is tried first when a drawdown may be hopeless. */
const windowRows = 128;

/** Every entry's trade under one exit, in order of exit: what exact drawdowns are walked over. */
export class ExitColumns {
  private readonly words: Uint32Array;
  private readonly byEntry: Uint32Array;
  private exit = -1;
  private window = { first: 0, rows: 0 };

  /** `slotOf` are the slots of all entries where their sides are held; else their paths are walked again for each exit. */
  constructor(
    private readonly core: Core,
    private readonly memory: WebAssembly.Memory,
    private readonly plan: SweepPlan,
    private readonly job: SweepJob,
    private readonly grid: Grid,
    private readonly slotOf: Uint32Array | null,
  ) {
    const { entries, entryTicks } = job;
    if (!entryTicks) throw new Error("the sweep was planned without drawdowns");
    const at = plan.layout.offsets;
    this.words = new Uint32Array(memory.buffer);
    if (slotOf) this.words.set(slotOf, at.entrySlots / 4);
    const ticks = this.words.subarray(at.entryTicks / 4, at.entryTicks / 4 + entries.count);
    for (let k = 0; k < entries.count; k++) ticks[k] = entryTicks[entries.rows[k]!]!;
    this.writeMasks();
    this.byEntry = byTick(ticks);
  }

  /** Largest fall (points) from a running peak of the set of one exit and cell; gives up above `enough`. */
  drawdown(exit: number, cell: number, enough: number): number {
    if (exit !== this.exit) this.fill(exit);
    this.writeWanted(cell);
    // A fall within a stretch of trades is no larger than the whole drawdown: where the worst stretch suffices, the rest need not be walked.
    const fall = this.fallOver(this.window.first, this.window.rows, enough);
    return fall > enough ? fall : this.fallOver(0, this.job.entries.count, enough);
  }

  private fallOver(first: number, rows: number, enough: number): number {
    const at = this.plan.layout.offsets;
    return this.core.drawdown(at.order + first * 4, rows, at.points, at.masks, at.wanted, this.plan.maskWords, enough);
  }

  private fill(exit: number): void {
    const { job, plan, words } = this;
    const at = plan.layout.offsets;
    this.exit = exit;
    const row = Math.floor(exit / plan.laneItems);
    const lane = exit % plan.laneItems;
    if (this.slotOf)
      this.core.exitColumn(
        rowColumn(plan, row, 0),
        laneColumn(plan, lane >> 2, 0) + (lane & 3) * 8,
        at.entrySlots,
        job.entries.count,
        plan.areStopsInLanes ? 1 : 0,
        shiftOf(job.stopItems.length / 2),
        at.entryTicks,
        at.points,
        at.ticks,
      );
    else this.walk(row, lane);
    words.set(this.byEntry, at.order / 4);
    const ticks = words.subarray(at.ticks / 4, at.ticks / 4 + job.entries.count);
    const last = ticks.reduce((most, tick) => Math.max(most, tick), 0);
    this.core.sortByExit(at.order, at.scratchOrder, job.entries.count, at.ticks, last, at.buckets);
    this.window = this.steepestWindow();
  }

  /** Points and exit ticks from the candles again, for this exit alone. */
  private walk(row: number, lane: number): void {
    const { core, job, plan, words } = this;
    const at = plan.layout.offsets;
    const [stopItem, targetItem] = plan.areStopsInLanes ? [lane, row] : [row, lane];
    const { levels, alone } = levelsOf(job, stopItem, targetItem);
    const runner = new PassageRunner(core, this.memory, { ...at, levels: at.exitLevels }, plan.candleBars, levels, job.rules, plan.details);
    new Uint16Array(this.memory.buffer).set(alone, at.exitItems / 2);
    const floats = new Float64Array(this.memory.buffer);
    const { rows, count } = job.entries;
    const distinct: number[] = [];
    const firsts: number[] = [];
    for (let k = 0; k < count; k++)
      if (k === 0 || rows[k] !== rows[k - 1]) {
        distinct.push(rows[k]!);
        firsts.push(k);
      }
    firsts.push(count);
    for (let k = 0; k < packedSlots; k++) {
      words[at.sources / 4 + k] = k;
      words[at.slots / 4 + k] = k;
    }
    runner.run(job.paths, job.candles, Uint32Array.from(distinct), (places, atrs) => {
      core.packSides(
        at.records,
        runner.recordBytes,
        places.length,
        at.sources,
        at.slots,
        at.exitLevels,
        3 + levels.trailing.length,
        atrs,
        at.exitItems,
        1,
        at.exitItems + 4,
        1,
        0,
        0,
        intrabarCode[intrabarOf(job.rules)],
        at.rows,
        at.lanes,
        plan.slots,
      );
      for (let k = 0; k < places.length; k++) {
        const row = at.rows / 8 + k * 2;
        const lane = at.lanes / 8 + k * 8;
        const isStop = floats[row]! <= floats[lane]!;
        const points = isStop ? floats[row + 1]! : floats[lane + 4]!;
        const held = (Math.floor(isStop ? floats[row]! : floats[lane]!) + 1) >> 1;
        for (let entry = firsts[places[k]!]!; entry < firsts[places[k]! + 1]!; entry++) {
          floats[at.points / 8 + entry] = points;
          words[at.ticks / 4 + entry] = words[at.entryTicks / 4 + entry]! + held;
        }
      }
    });
  }

  /** The stretch of trades in exit order that loses most, all filters aside. */
  private steepestWindow(): { first: number; rows: number } {
    const at = this.plan.layout.offsets;
    const order = new Uint32Array(this.memory.buffer, at.order, this.job.entries.count);
    const points = new Float64Array(this.memory.buffer, at.points, this.job.entries.count);
    const rows = Math.min(windowRows, order.length);
    let sum = 0;
    let least = Number.POSITIVE_INFINITY;
    let first = 0;
    for (let k = 0; k < order.length; k++) {
      sum += points[order[k]!]!;
      if (k >= rows) sum -= points[order[k - rows]!]!;
      if (k >= rows - 1 && sum < least) {
        least = sum;
        first = k - rows + 1;
      }
    }
    return { first, rows };
  }

  /** A bit a candidate: of an ordered axis all that an entry passes, of another its own alone. Bit 0 is every entry's. */
  private writeMasks(): void {
    const { grid, job, plan } = this;
    const bytes = new Uint8Array(this.memory.buffer);
    const maskBytes = plan.maskWords * abi.MASK_WORD_BYTES;
    const at = plan.layout.offsets.masks;
    bytes.fill(0, at, at + job.entries.count * maskBytes);
    let first = 1;
    for (const [axis, { isOrdered, length }] of grid.axes.entries()) {
      const candidates = job.entries.candidates[axis]!;
      for (let k = 0; k < job.entries.count; k++)
        for (let c = isOrdered ? 0 : candidates[k]!; c <= candidates[k]!; c++)
          bytes[at + k * maskBytes + ((first + c) >> 3)]! |= 1 << ((first + c) & 7);
      first += length;
    }
    for (let k = 0; k < job.entries.count; k++) bytes[at + k * maskBytes]! |= 1;
  }

  private writeWanted(cell: number): void {
    const { grid, plan } = this;
    const bytes = new Uint8Array(this.memory.buffer);
    const at = plan.layout.offsets.wanted;
    bytes.fill(0, at, at + plan.maskWords * abi.MASK_WORD_BYTES);
    bytes[at] = 1;
    let first = 1;
    for (const [axis, { length }] of grid.axes.entries()) {
      const bit = first + candidateOf(grid, axis, cell);
      bytes[at + (bit >> 3)]! |= 1 << (bit & 7);
      first += length;
    }
  }
}

/** The levels of one exit alone, and its two items among them. */
function levelsOf(job: SweepJob, stopItem: number, targetItem: number): { levels: Levels; alone: Uint16Array } {
  const { targets, stops, trailing, holdingBars } = job.levels;
  const stop = job.stopItems[stopItem * 2]! - targets.length;
  const variant = job.stopItems[stopItem * 2 + 1]!;
  const hasTrailing = variant !== abi.NO_TRAILING;
  const target = job.targetItems[targetItem * 2]!;
  const holding = job.targetItems[targetItem * 2 + 1]! - targets.length - stops.length - trailing.length;
  return {
    levels: {
      targets: [targets[target]!],
      stops: [stops[stop]!],
      trailing: hasTrailing ? [trailing[variant - targets.length - stops.length]!] : [],
      holdingBars: [holdingBars[holding]!],
    },
    alone: Uint16Array.from([1, hasTrailing ? 2 : abi.NO_TRAILING, 0, hasTrailing ? 3 : 2]),
  };
}

/** Entries by entry time, then table order. */
function byTick(ticks: Uint32Array): Uint32Array {
  const scale = 2 ** 24;
  const keys = new Float64Array(ticks.length);
  for (let entry = 0; entry < keys.length; entry++) keys[entry] = ticks[entry]! * scale + entry;
  keys.sort();
  const entries = new Uint32Array(keys.length);
  for (let k = 0; k < keys.length; k++) entries[k] = keys[k]! % scale;
  return entries;
}

import * as abi from "./abi.ts";
import { intrabarCode } from "./exitReplayer.ts";
import { levelCountOf } from "./levels.ts";
import { PassageRunner } from "./passageRunner.ts";
import { intrabarOf } from "./paths.ts";
import type { SweepPlan, TileRange } from "./sweepLayout.ts";
import type { SweepPlace } from "./sweepPlace.ts";
import { packedSlots } from "./sweepRegions.ts";

/** Stops of one half bar are told apart by half the share of their number; a shift of less than that, and of whole bits, separates them from targets. */
export function shiftOf(stopItems: number): number {
  return 2 ** -Math.max(4, 2 + bitsFor(stopItems));
}

/** Bits that tell so many things apart, at least one of them. */
function bitsFor(count: number): number {
  return 32 - Math.clz32(count - 1);
}

/** Walks opportunities and lays their sides into slots, for one rectangle of tiles. */
export class SidePacker {
  private readonly words: Uint32Array;
  private readonly runner: PassageRunner;

  constructor(private readonly place: SweepPlace) {
    const { core, memory, at, job, plan } = place;
    this.words = new Uint32Array(memory.buffer);
    this.runner = new PassageRunner(core, memory, at, { ...job, ...plan });
  }

  /** Entries in path order; entry entries[k] goes to slot `slotOf[k]`. */
  pack(entries: Uint32Array, slotOf: Uint32Array, range: TileRange): void {
    const { rows } = this.place.job.entries;
    // A row with several entries is walked once.
    const distinct = new Uint32Array(entries.length);
    const firsts = new Uint32Array(entries.length + 1);
    let count = 0;
    for (let k = 0; k < entries.length; k++) {
      const row = rows[entries[k]!]!;
      if (count > 0 && distinct[count - 1] === row) continue;
      distinct[count] = row;
      firsts[count++] = k;
    }
    firsts[count] = entries.length;
    const { words } = this;
    const { at, job } = this.place;
    const sources = at.sources / 4;
    const slots = at.slots / 4;
    this.runner.run(job.paths, job.candles, distinct.subarray(0, count), (from, walked) => {
      let filled = 0;
      for (let record = 0; record < walked; record++)
        for (let k = firsts[from + record]!; k < firsts[from + record + 1]!; k++) {
          words[sources + filled] = record;
          words[slots + filled++] = slotOf[k]!;
          if (filled === packedSlots) {
            this.packBatch(filled, range);
            filled = 0;
          }
        }
      if (filled > 0) this.packBatch(filled, range);
    });
  }

  private packBatch(count: number, range: TileRange): void {
    const { core, at, job, plan } = this.place;
    const rowItems = range.endRow - range.firstRow;
    const laneItems = Math.min(plan.laneItems, range.endGroup * 4) - range.firstGroup * 4;
    const [firstStop, firstTarget] = plan.areStopsInLanes
      ? [range.firstGroup * 4, range.firstRow]
      : [range.firstRow, range.firstGroup * 4];
    const [stopCount, targetCount] = plan.areStopsInLanes ? [laneItems, rowItems] : [rowItems, laneItems];
    core.packSides({
      records: at.records,
      recordBytes: this.runner.recordBytes,
      count,
      sources: at.sources,
      slots: at.slots,
      levelCount: levelCountOf(job.levels),
      stopItems: at.stopItems + firstStop * abi.STOP_ITEM_BYTES,
      stopCount,
      targetItems: at.targetItems + firstTarget * abi.TARGET_ITEM_BYTES,
      targetCount,
      areStopsInLanes: plan.areStopsInLanes,
      shift: plan.areStopsInLanes ? shiftOf(plan.laneItems) : 0,
      shares: job.shares ? at.shares + firstStop * 8 : 0,
      rule: intrabarCode[intrabarOf(job.rules)],
      rows: at.rows,
      lanes: at.lanes,
      slotCount: plan.slots,
    });
  }
}

/** Where a row item's slots begin, from one slot on, while the sides of a rectangle of tiles are held. All threads'. */
export function rowColumn(plan: SweepPlan, held: TileRange, row: number, slot: number): number {
  return plan.offsets[0]!.rows + ((row - held.firstRow) * plan.slots + slot) * plan.sideRowBytes;
}

/** Where a lane group's slots begin, likewise. */
export function laneColumn(plan: SweepPlan, held: TileRange, group: number, slot: number): number {
  return plan.offsets[0]!.lanes + ((group - held.firstGroup) * plan.slots + slot) * plan.sideLaneBytes;
}

import * as abi from "../../src/core/abi.ts";
import { arrangeGrid, candidateOf, cellsOf, type Grid, type GridAxis } from "../../src/core/grid.ts";
import { metricsOf } from "../../src/search/metrics.ts";
import { type Objective, objectives } from "../../src/search/objectives.ts";
import { CoreMemory } from "./coreMemory.ts";
import { partFrom, targetPoints } from "./parts.ts";
import { randomFrom } from "./random.ts";
import type { Entry } from "./sweepMemory.ts";

export interface SettleOptions {
  readonly axes: readonly GridAxis[];
  readonly objective: Objective;
  readonly entries: number;
  /** Entry times and holding times lie below this: the fewer, the more ties. */
  readonly ticks: number;
  readonly rowItems: number;
  readonly laneItems: number;
  /** Ticks of a bar; 1 by default. */
  readonly barTicks?: number;
  /** Taken off the times of lanes, as where stops stand there. */
  readonly shift: number;
  /** Whether the sides know partial exits; not by default. */
  readonly isPartial?: boolean;
  readonly capacity: number;
  readonly top: number;
  readonly limit: number;
  readonly most: number;
  /** Statistics that a cell's sums hold; 1 unless said. */
  readonly statistics?: number;
}

/** One opportunity in order of entry: what each exit makes of it, and which candidates it passes. */
interface Walked {
  readonly tick: number;
  readonly places: readonly number[];
  /** Points and bars held by exit. */
  readonly outcomes: readonly (readonly [points: number, bars: number])[];
}

/** Random trades laid out for the drawdown kernels, both ways that they are held, and the same trades for the plain drawdown. */
export class SettleMemory {
  readonly memory = new CoreMemory();
  readonly grid: Grid;
  readonly sweep: number;
  readonly settle: number;
  readonly pool: number;
  readonly leaders: number;
  readonly entries: readonly Walked[];
  readonly exits: number;
  /** Slot of each entry. */
  readonly slotOf: readonly number[];
  private readonly points: number;
  private readonly ticks: number;

  constructor(
    seed: number,
    readonly options: SettleOptions,
  ) {
    const { memory } = this;
    const { axes, rowItems, laneItems, shift, capacity, top } = options;
    const random = randomFrom(seed);
    const whole = (most: number): number => Math.floor(random() * most);
    this.grid = arrangeGrid(axes);
    this.exits = rowItems * laneItems;
    const count = options.entries;
    const rowBytes = (options.statistics ?? 1) * abi.STATISTIC_BYTES;
    const slots = count + 3;
    // Points whose return is exact, so that the plain drawdown of returns equals that of points to the bit.
    const points = (): number => ((whole(21) - 10) * 25) / 32;
    const groups = Math.ceil(laneItems / 4);
    const isPartial = options.isPartial === true;
    const rowNumbers = (isPartial ? abi.PARTIAL_ROW_BYTES : abi.ROW_BYTES) / 8;
    const laneNumbers = (isPartial ? abi.PARTIAL_LANE_GROUP_BYTES : abi.LANE_GROUP_BYTES) / 8;
    const rows = new Float64Array(rowItems * slots * rowNumbers);
    const lanes = new Float64Array(groups * slots * laneNumbers);
    const slotOf = Array.from({ length: count }, (_, entry) => (entry * 2) % slots);
    const free = new Set(Array.from({ length: slots }, (_, slot) => slot));
    for (const [entry, slot] of slotOf.entries()) {
      slotOf[entry] = free.has(slot) ? slot : [...free][0]!;
      free.delete(slotOf[entry]!);
    }
    const times = Array.from({ length: count }, () => whole(options.ticks)).sort((a, b) => a - b);
    this.entries = times.map((tick, entry): Walked => {
      const slot = slotOf[entry]!;
      const half = (): number => whole(2 * options.ticks + 1);
      const parts = Array.from({ length: isPartial ? rowItems : 0 }, () => partFrom(random, 2 * options.ticks, points));
      for (let row = 0; row < rowItems; row++) {
        rows.set([half(), points()], (row * slots + slot) * rowNumbers);
        const part = parts[row];
        if (part) rows.set([part.time, part.points, part.rest], (row * slots + slot) * rowNumbers + 2);
      }
      for (let lane = 0; lane < laneItems; lane++) {
        const at = ((lane >> 2) * slots + slot) * laneNumbers + (lane & 3);
        lanes[at] = half() - shift;
        lanes[at + 4] = points();
        // Often that of a part.
        if (isPartial) lanes[at + 8] = random() < 0.3 ? parts[0]!.time : half();
      }
      return {
        tick,
        places: axes.map(({ length }) => whole(length)),
        outcomes: Array.from({ length: this.exits }, (_, exit) => {
          const lane = exit % laneItems;
          const place = Math.floor(exit / laneItems);
          const row = (place * slots + slot) * rowNumbers;
          const at = ((lane >> 2) * slots + slot) * laneNumbers + (lane & 3);
          const isRow = rows[row]! <= lanes[at]!;
          const time = isRow ? rows[row]! : lanes[at]! + shift;
          const part = parts[place];
          const ofLane = part ? targetPoints(lanes[at + 4]!, lanes[at + 8]!, part) : lanes[at + 4]!;
          return [isRow ? rows[row + 1]! : ofLane, Math.ceil(time / 2) * (options.barTicks ?? 1)] as const;
        }),
      };
    });
    // A loose candidate of an ordered axis lets every entry pass, as in a sweep; so its bits are not looked at.
    const words = Math.ceil(count / 128) * 2;
    const bitsets = [this.entries.map(() => true)];
    for (const [axis, { isOrdered, length }] of axes.entries())
      for (let c = 0; c < length; c++)
        bitsets.push(this.entries.map(({ places }) => (isOrdered ? places[axis]! >= c : places[axis] === c)));
    const bits = new Uint8Array(bitsets.length * words * 8);
    for (const [k, bitset] of bitsets.entries())
      for (const [entry, bit] of bitset.entries()) if (bit) bits[k * words * 8 + (entry >> 3)]! |= 1 << (entry & 7);
    let step = 0;
    const axisWords = axes.flatMap(({ isOrdered, length }, axis) => {
      step += length;
      return [Math.max(1, this.grid.strides[axis]!), length, step - length, isOrdered ? 1 : 0];
    });
    this.sweep = memory.room(abi.SWEEP_GROUPS + this.grid.groups.length * abi.GROUP_BYTES);
    this.settle = memory.room(abi.SETTLE_BYTES);
    this.pool = memory.room(16 + (capacity + 1) * abi.ENTRY_BYTES);
    this.leaders = memory.room(16 + (top + 1) * abi.ENTRY_BYTES);
    const slotTicks = memory.room(slots * 4);
    for (const [entry, slot] of slotOf.entries()) memory.view.setUint32(slotTicks + slot * 4, times[entry]!, true);
    this.slotOf = slotOf;
    this.points = memory.room(count * 8);
    this.ticks = memory.room(count * 4);
    const sweepFields: readonly (readonly [field: number, value: number])[] = [
      [abi.SWEEP_AXES, memory.placeWords(axisWords)],
      [abi.SWEEP_AXIS_COUNT, axes.length],
      [abi.SWEEP_ROWS, memory.place(rows)],
      [abi.SWEEP_LANES, memory.place(lanes)],
      [abi.SWEEP_SLOTS, slots],
      [abi.SWEEP_PARTIAL, isPartial ? 1 : 0],
      [abi.SWEEP_LANE_ITEMS, laneItems],
      [abi.SWEEP_CAPACITY, capacity],
      [abi.SWEEP_OBJECTIVE, objectives[options.objective].core.code],
      [abi.SWEEP_SETTLE, this.settle],
      [abi.SWEEP_ROW_BYTES, rowBytes],
      [abi.SWEEP_BLOCKS, this.grid.blocks],
      [abi.SWEEP_LENGTH, this.grid.lastLength],
      [abi.SWEEP_POSITIONS, this.grid.positions],
      [abi.SWEEP_GROUP_COUNT, this.grid.groups.length],
    ];
    for (const [k, { kernel, blocks, length, span }] of this.grid.groups.entries())
      for (const [field, value] of [kernel, blocks, length, span * rowBytes].entries())
        memory.view.setUint32(this.sweep + abi.SWEEP_GROUPS + k * abi.GROUP_BYTES + field * 4, value, true);
    for (const [field, value] of sweepFields) memory.view.setUint32(this.sweep + field, value, true);
    const settleFields: readonly (readonly [field: number, value: number])[] = [
      [abi.SETTLE_BITS, memory.place(bits)],
      [abi.SETTLE_WORDS, words],
      [abi.SETTLE_ENTRY_TICKS, memory.placeWords(times)],
      [abi.SETTLE_ENTRY_SLOTS, memory.placeWords(slotOf)],
      [abi.SETTLE_POINTS, 0],
      [abi.SETTLE_TICKS, 0],
      [abi.SETTLE_OPEN, memory.room((count + 1) * 16)],
      [abi.SETTLE_POOL, this.pool],
      [abi.SETTLE_LEADERS, this.leaders],
      [abi.SETTLE_TOP, top],
      [abi.SETTLE_SETTLED, 0],
      [abi.SETTLE_CAPTURED, memory.room(words * 8)],
      [abi.SETTLE_CELL, 0xffffffff],
      [abi.SETTLE_FALLS, memory.room(this.grid.slabCells * abi.STATISTIC_BYTES)],
      [abi.SETTLE_FALL_SCRATCH, memory.room(this.grid.slabCells * abi.STATISTIC_BYTES)],
      [abi.SETTLE_SLOT_TICKS, slotTicks],
    ];
    for (const [field, value] of settleFields) memory.view.setUint32(this.settle + field, value, true);
    // Left over from whoever had the memory before: nothing must be read there that was not written.
    const open = memory.view.getUint32(this.settle + abi.SETTLE_OPEN, true);
    memory.bytes.fill(0, open, open + count * 16);
    memory.view.setUint32(this.pool, 0, true);
    memory.view.setUint32(this.leaders, 0, true);
    this.write(abi.SETTLE_SHIFT, shift);
    this.write(abi.SETTLE_BAR_TICKS, options.barTicks ?? 1);
    this.write(abi.SETTLE_DRAWDOWN_LIMIT, options.limit);
    this.write(abi.SETTLE_MOST_DRAWDOWN, options.most);
    this.write(abi.SETTLE_FLOOR, Number.NEGATIVE_INFINITY);
    this.write(abi.SETTLE_BEST_KEY, Number.POSITIVE_INFINITY);
  }

  get cells(): number {
    return cellsOf(this.grid);
  }

  /** Holds the sides of all exits. */
  holdTogether(): void {
    this.memory.view.setUint32(this.settle + abi.SETTLE_POINTS, 0, true);
  }

  /** Holds the trades of one exit alone, as where there is no room for all sides. */
  holdAlone(exit: number): void {
    const { memory } = this;
    for (const [entry, { tick, outcomes }] of this.entries.entries()) {
      const [points, bars] = outcomes[exit]!;
      memory.view.setFloat64(this.points + entry * 8, points, true);
      memory.view.setUint32(this.ticks + entry * 4, tick + bars, true);
    }
    memory.view.setUint32(this.settle + abi.SETTLE_POINTS, this.points, true);
    memory.view.setUint32(this.settle + abi.SETTLE_TICKS, this.ticks, true);
  }

  /** The cell that an entry stands in: of its own candidates. */
  cellOf(entry: number): number {
    const { places } = this.entries[entry]!;
    return places.reduce((cell, place, axis) => cell + place * this.grid.strides[axis]!, 0);
  }

  /** Entries that a cell captures, in order of entry. */
  capturedOf(cell: number): number[] {
    return [...this.entries.keys()].filter((entry) =>
      this.options.axes.every(({ isOrdered }, axis) => {
        const wanted = candidateOf(this.grid, axis, cell);
        const { places } = this.entries[entry]!;
        return isOrdered ? places[axis]! >= wanted : places[axis] === wanted;
      }),
    );
  }

  /** The drawdown by the definition. */
  drawdownOf(exit: number, cell: number): number {
    const captured = this.capturedOf(cell).map((entry) => this.entries[entry]!);
    return metricsOf(
      captured.map(({ tick, outcomes }, row) => ({
        row,
        entryTimeMs: tick,
        exitTimeMs: tick + outcomes[exit]![1],
        return: outcomes[exit]![0] / 100,
        bars: outcomes[exit]![1],
        reason: "timeout",
        objective: false,
      })),
      0,
      1,
    ).max_drawdown;
  }

  /** What stands in the pool or among the leaders. */
  heap(at: number): Entry[] {
    const { view } = this.memory;
    return Array.from({ length: view.getUint32(at, true) }, (_, k) => {
      const entry = at + 16 + k * abi.ENTRY_BYTES;
      return {
        key: view.getFloat64(entry, true),
        rank: view.getFloat64(entry + 8, true),
        exit: view.getUint32(entry + 16, true),
        cell: view.getUint32(entry + 20, true),
      };
    });
  }

  get settled(): number {
    return this.memory.view.getUint32(this.settle + abi.SETTLE_SETTLED, true);
  }

  read(field: number): number {
    return this.memory.view.getFloat64(this.settle + field, true);
  }

  write(field: number, value: number): void {
    this.memory.view.setFloat64(this.settle + field, value, true);
  }
}

/** A small case of both kinds of axes: some entries, many of them open at once. */
export const fewEntries: Omit<SettleOptions, "objective"> = {
  axes: [
    { length: 3, isOrdered: true },
    { length: 2, isOrdered: false },
    { length: 2, isOrdered: true },
  ],
  entries: 40,
  ticks: 25,
  rowItems: 2,
  laneItems: 6,
  shift: 0,
  capacity: 60,
  top: 5,
  limit: 20,
  most: Number.POSITIVE_INFINITY,
};

import { entryCells } from "./cellCounts.ts";
import type { Grid } from "./grid.ts";
import { byPath } from "./passageRunner.ts";
import type { SweepJob } from "./sweepJob.ts";

/** Which cell each entry stands in, and the order in which entries are summed: by slab, the strictest first. */
export class EntryOrder {
  /** Own cell of each entry. */
  readonly cells: Uint32Array;
  /** Where each slab begins, the strictest first. */
  readonly slabStarts: readonly number[];
  private readonly order: Uint32Array;

  constructor(
    private readonly job: SweepJob,
    private readonly grid: Grid,
  ) {
    this.cells = entryCells(grid, job.entries);
    const count = this.cells.length;
    const starts = new Array<number>(grid.slabs + 1).fill(0);
    for (let entry = 0; entry < count; entry++) starts[this.slabOf(entry) + 1]!++;
    for (let slab = 0; slab < grid.slabs; slab++) starts[slab + 1]! += starts[slab]!;
    this.slabStarts = starts;
    const next = [...starts];
    this.order = new Uint32Array(count);
    for (let entry = 0; entry < count; entry++) this.order[next[this.slabOf(entry)]!++] = entry;
  }

  /** All entries, by path. */
  allInPathOrder(): Uint32Array {
    // A table's own order is nearly that of its paths.
    const entries = new Uint32Array(this.order.length);
    for (let entry = 0; entry < entries.length; entry++) entries[entry] = entry;
    return this.byPath(entries);
  }

  /** Entries `from` .. `to` - 1 of the order, by path within. */
  inPathOrder(from: number, to: number): Uint32Array {
    return this.byPath(this.order.subarray(from, to));
  }

  /** The same entries, by path. */
  byPath(entries: Uint32Array): Uint32Array {
    const { rows } = this.job.entries;
    const paths = new Uint32Array(entries.length);
    for (let k = 0; k < paths.length; k++) paths[k] = rows[entries[k]!]!;
    const places = byPath(this.job.paths, paths);
    for (let k = 0; k < places.length; k++) places[k] = entries[places[k]!]!;
    return places;
  }

  /** A slot for each of all entries in path order: one slab behind the other, in path order within. */
  slotsOf(entries: Uint32Array): Uint32Array {
    const next = [...this.slabStarts];
    const slots = new Uint32Array(entries.length);
    for (let k = 0; k < slots.length; k++) slots[k] = next[this.slabOf(entries[k]!)]!++;
    return slots;
  }

  /** Where in its slab an entry's cell stands, in cells. */
  cellInSlab(entry: number): number {
    return this.cells[entry]! % this.grid.slabCells;
  }

  private slabOf(entry: number): number {
    return this.grid.slabs - 1 - Math.floor(this.cells[entry]! / this.grid.slabCells);
  }
}

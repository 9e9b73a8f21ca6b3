import { cellsOf, type Grid } from "./grid.ts";
import type { ScoreTally } from "./sweepJob.ts";
import type { SweepPlace } from "./sweepPlace.ts";
import { setTallyBytes, tallyPlacesBytes } from "./sweepRegions.ts";
import type { FinishedSlab } from "./sweepThread.ts";

/** Numbers of a tally: count, sum, best (-Infinity if there is none) and how many gain. */
export const tallyNumbers = setTallyBytes / 8;
/** Exits whose tallies stand next to each other: [place][number][lane]. */
export const tallyLanes = 4;

/** The tallies of one exit over the cells of one slab. They are overwritten by the next ones. */
export interface SlabTallies {
  readonly stopItem: number;
  readonly targetItem: number;
  /** Sum of the squared scores. */
  readonly squares: number;
  /** By group: [place][number][lane], of which `lane` is this exit's. */
  readonly groups: readonly Float64Array[];
  readonly lane: number;
}

/** Tallies the scores of finished slabs exit by exit, and of each cell over all of them. */
export class SlabTallier {
  private readonly groups: readonly Float64Array[];
  private readonly tables: Float64Array;
  private readonly squares: Float64Array;

  constructor(
    private readonly place: Omit<SweepPlace, "job">,
    private readonly grid: Grid,
    tally: ScoreTally,
  ) {
    const { at, memory } = place;
    const { buffer } = memory;
    const { divisors, places, placeCounts } = tally;
    new Float64Array(buffer, at.tallyDivisors, divisors.length).set(divisors);
    const addresses = new Uint32Array(buffer, at.tallyGroups, placeCounts.length);
    let address = at.tallyTables;
    this.groups = placeCounts.map((count, k) => {
      new Uint16Array(buffer, at.tallyPlaces + k * tallyPlacesBytes(divisors.length), divisors.length).set(places[k]!);
      addresses[k] = address;
      const numbers = count * tallyNumbers * tallyLanes;
      const table = new Float64Array(buffer, address, numbers);
      address += numbers * 8;
      return table;
    });
    this.tables = new Float64Array(buffer, at.tallyTables, (address - at.tallyTables) / 8);
    this.squares = new Float64Array(buffer, at.tallySquares, tallyLanes);
    empty(this.cellTable(), 1);
  }

  tally({ slab, exit, lanes, own }: FinishedSlab, use: (tallies: SlabTallies) => void): void {
    const { grid, groups, squares } = this;
    const { at, core, plan } = this.place;
    empty(this.tables, tallyLanes);
    squares.fill(0);
    const firstCell = slab * grid.slabCells;
    core.tallySlab({
      sums: grid.groups.length > 0 ? at.scratch : own,
      blocks: grid.blocks,
      length: grid.lastLength,
      positions: grid.positions,
      lanes,
      divisors: at.tallyDivisors + firstCell * 8,
      places: at.tallyPlaces + firstCell * 2,
      placesBytes: tallyPlacesBytes(cellsOf(grid)),
      groups: at.tallyGroups,
      groupCount: groups.length,
      cells: at.tallyCells + firstCell * setTallyBytes,
      squares: at.tallySquares,
    });
    for (let lane = 0; lane < lanes; lane++) {
      const [row, item] = [Math.floor((exit + lane) / plan.laneItems), (exit + lane) % plan.laneItems];
      const [stopItem, targetItem] = plan.areStopsInLanes ? [item, row] : [row, item];
      use({ stopItem, targetItem, squares: squares[lane]!, groups, lane });
    }
  }

  /** By cell of the grid: [number]. */
  cells(): Float64Array {
    return this.cellTable().slice();
  }

  private cellTable(): Float64Array {
    const { at, memory } = this.place;
    return new Float64Array(memory.buffer, at.tallyCells, cellsOf(this.grid) * tallyNumbers);
  }
}

/** Empties tallies of so many lanes. */
function empty(tallies: Float64Array, lanes: number): void {
  tallies.fill(0);
  const best = 2 * lanes;
  for (let at = best; at < tallies.length; at += tallyNumbers * lanes)
    tallies.fill(Number.NEGATIVE_INFINITY, at, at + lanes);
}

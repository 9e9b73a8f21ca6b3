import type { OpportunityTable } from "../opportunities/table.ts";
import { lagOf, lowerBound } from "./lag.ts";

/** Rows that may lend each other their features - those of one type, symbol and direction - in order of time. */
interface Kin {
  readonly rows: Uint32Array;
  /** Bars of each since the first row of the table. */
  readonly places: Float64Array;
}

/**
 * Opportunities whose feature rows move along by one lag, the same for all types, symbols and directions, while entries and what came of them
 * stay: what was known no longer goes with what came, but what was known at one time still does. What leaves the table at its end comes in at its
 * start. Rows come at uneven times, so that within one type, symbol and direction all move on by the same number of rows: that number of them which
 * comes nearest to the lag, on average over the rows. Each feature row is used once.
 */
export class FeatureRotation {
  /** Bars of time from the first row to the last. */
  readonly bars: number;
  private readonly kin: readonly Kin[];

  /** No lag is shorter than `leastLag` bars, either way round. */
  constructor(
    private readonly table: OpportunityTable,
    timeframeMs: number,
    private readonly leastLag: number,
  ) {
    const { timestampMs, type, symbol, direction, symbols } = table;
    const firstMs = timestampMs.reduce((first, time) => Math.min(first, time), Number.POSITIVE_INFINITY);
    const places = timestampMs.map((time) => Math.floor((time - firstMs) / timeframeMs));
    this.bars = places.reduce((most, place) => Math.max(most, place + 1), 0);
    const groups = new Map<number, number[]>();
    for (let row = 0; row < table.count; row++) {
      const key = 2 * (type[row]! * symbols.length + symbol[row]!) + (direction[row] === 1 ? 1 : 0);
      const group = groups.get(key);
      if (group) group.push(row);
      else groups.set(key, [row]);
    }
    this.kin = [...groups.values()].map((rows) => {
      rows.sort((a, b) => places[a]! - places[b]! || a - b);
      return { rows: Uint32Array.from(rows), places: Float64Array.from(rows, (row) => places[row]!) };
    });
  }

  /** Whether there is a lag that leaves no row among the paths that it had. */
  get isPossible(): boolean {
    return this.bars > 2 * this.leastLag;
  }

  /** A lag in bars from a number in [0,1). */
  lagOf(uniform: number): number {
    return lagOf({ bars: this.bars, leastLag: this.leastLag }, uniform);
  }

  /** The row whose features each row takes under a lag. */
  sources(lag: number): Uint32Array {
    const from = new Uint32Array(this.table.count);
    for (const { rows, places } of this.kin) {
      const count = rows.length;
      const shift = shiftOf(places, lag, this.bars);
      for (let k = 0; k < count; k++) from[rows[k]!] = rows[(((k - shift) % count) + count) % count]!;
    }
    return from;
  }

  /** The table with its features, and what its score is made of, moved along by a lag. */
  rotated(lag: number): OpportunityTable {
    const { features, activations } = this.table;
    const from = this.sources(lag);
    const moved = (column: Float64Array): Float64Array => column.map((_, row) => column[from[row]!]!);
    return {
      ...this.table,
      features: features.map(moved),
      ...(activations && {
        activations: {
          names: activations.names,
          columns: activations.columns.map(moved),
          penalty: moved(activations.penalty),
        },
      }),
    };
  }
}

/** By how many rows a lag moves rows at ascending places on a ring: the mean number of them that it passes over, rounded. */
function shiftOf(places: Float64Array, lag: number, bars: number): number {
  let passed = 0;
  for (let k = 0; k < places.length; k++) {
    const wanted = places[k]! - lag;
    passed += wanted < 0 ? k - placeOf(places, wanted + bars) + places.length : k - placeOf(places, wanted);
  }
  return Math.round(passed / places.length);
}

/** Where a number stands among ascending ones: halfway through those equal to it. */
function placeOf(ascending: Float64Array, wanted: number): number {
  const below = lowerBound(ascending, wanted);
  const equal = lowerBound(ascending, wanted + 1) - below;
  return below + (equal === 0 ? -0.5 : (equal - 1) / 2);
}

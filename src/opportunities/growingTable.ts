import { GrowingColumns } from "../candles/columns.ts";
import type { OpportunityTable } from "./table.ts";

/** One opportunity on its way into a table. Activations are separate because a user's signals have none. */
export interface Row {
  readonly symbol: number;
  readonly timestampMs: number;
  /** Index of the signal candle; the scanner, which looks at one stretch of candles at a time, moves it. */
  bar: number;
  readonly direction: 1 | -1;
  readonly type: string;
  readonly entry: number;
  readonly atr: number;
  /** As the table's; 0 unless given. */
  readonly exitBars?: number;
  readonly features: readonly number[];
  readonly activations: readonly number[];
  readonly penalty: number;
}

const fixedKinds = [Uint16Array, Float64Array, Int32Array, Int8Array, Uint8Array, Float64Array, Float64Array] as const;

/** A table that grows row by row in typed columns. */
export class GrowingTable {
  private readonly types: string[] = [];
  private readonly columns: GrowingColumns<[...typeof fixedKinds, ...Float64ArrayConstructor[]]>;
  private readonly values: number[] = [];
  private readonly exits: GrowingColumns<[Int32ArrayConstructor]> | null;

  /** `hasExits`: rows may have exits of their own. */
  constructor(
    private readonly featureNames: readonly string[],
    private readonly activationNames: readonly string[] | null,
    hasExits = false,
  ) {
    this.exits = hasExits ? new GrowingColumns([Int32Array]) : null;
    const numbers = featureNames.length + (activationNames ? activationNames.length + 1 : 0);
    this.columns = new GrowingColumns([
      ...fixedKinds,
      ...new Array<Float64ArrayConstructor>(numbers).fill(Float64Array),
    ]);
  }

  get count(): number {
    return this.columns.count;
  }

  /** `share` is the part of all rows that was read before this one, 0 if unknown. */
  push(row: Row, share = 0): void {
    let type = this.types.indexOf(row.type);
    if (type < 0) type = this.types.push(row.type) - 1;
    const { values } = this;
    values[0] = row.symbol;
    values[1] = row.timestampMs;
    values[2] = row.bar;
    values[3] = row.direction;
    values[4] = type;
    values[5] = row.entry;
    values[6] = row.atr;
    let at = fixedKinds.length;
    for (const feature of row.features) values[at++] = feature;
    if (this.activationNames) {
      values[at++] = row.penalty;
      for (const activation of row.activations) values[at++] = activation;
    }
    this.columns.push(values, share);
    this.exits?.push([row.exitBars ?? 0], share);
  }

  /** How many types there are so far. */
  get typeCount(): number {
    return this.types.length;
  }

  /** The table of all rows; nothing more can be added. */
  take(symbols: readonly string[]): OpportunityTable {
    const { count } = this;
    const [symbol, timestampMs, bar, direction, type, entry, atr, ...numbers] = this.columns.take();
    const { featureNames, activationNames: names } = this;
    const [penalty, ...columns] = numbers.slice(featureNames.length);
    return {
      count,
      symbols,
      symbol,
      timestampMs,
      bar,
      direction,
      types: this.types,
      type,
      entry,
      atr,
      ...(this.exits && { exitBars: this.exits.take()[0] }),
      featureNames,
      features: numbers.slice(0, featureNames.length),
      ...(names && penalty && { activations: { names, columns, penalty } }),
    };
  }
}

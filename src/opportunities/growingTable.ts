import { GrowingColumns } from "../candles/columns.ts";
import type { OpportunityTable } from "./table.ts";

/** One opportunity on its way into a table. Activations stand apart because a user's signals have none. */
export interface Row {
  readonly symbol: number;
  readonly timestampMs: number;
  readonly bar: number;
  readonly direction: 1 | -1;
  readonly type: string;
  readonly entry: number;
  readonly atr: number;
  readonly features: readonly number[];
  readonly activations: readonly number[];
  readonly penalty: number;
}

const fixedColumns = 8;

/** A table that grows row by row in typed columns. */
export class GrowingTable {
  private readonly types: string[] = [];
  private readonly columns: GrowingColumns;

  constructor(
    private readonly featureNames: readonly string[],
    private readonly activationNames: readonly string[] | null,
  ) {
    this.columns = new GrowingColumns(fixedColumns + featureNames.length + (activationNames?.length ?? 0));
  }

  get count(): number {
    return this.columns.count;
  }

  push(row: Row): void {
    let type = this.types.indexOf(row.type);
    if (type < 0) type = this.types.push(row.type) - 1;
    this.columns.push([
      row.symbol,
      row.timestampMs,
      row.bar,
      row.direction,
      type,
      row.entry,
      row.atr,
      row.penalty,
      ...row.features,
      ...(this.activationNames ? row.activations : []),
    ]);
  }

  /** How many types there are so far. */
  get typeCount(): number {
    return this.types.length;
  }

  take(symbols: readonly string[]): OpportunityTable {
    const columns = this.columns.take();
    const [symbol, timestampMs, bar, direction, type, entry, atr, penalty] = columns as [
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    const firstActivation = fixedColumns + this.featureNames.length;
    return {
      count: this.columns.count,
      symbols,
      symbol: Uint16Array.from(symbol),
      timestampMs,
      bar: Int32Array.from(bar),
      direction: Int8Array.from(direction),
      types: this.types,
      type: Uint8Array.from(type),
      entry,
      atr,
      featureNames: this.featureNames,
      features: columns.slice(fixedColumns, firstActivation),
      ...(this.activationNames && {
        activations: { names: this.activationNames, columns: columns.slice(firstActivation), penalty },
      }),
    };
  }
}

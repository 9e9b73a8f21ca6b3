import type { OpportunityTable } from "./table.ts";

/** Rows of several tables one after the other, as one table: all are parts of one, and so have its symbols, types and features. */
export function jointTable(tables: readonly OpportunityTable[]): OpportunityTable {
  const [first] = tables;
  if (tables.length === 1) return first!;
  const count = tables.reduce((sum, table) => sum + table.count, 0);
  const joined = <Column extends { set(column: Column, at: number): void }>(
    made: Column,
    of: (table: OpportunityTable) => Column,
  ): Column => {
    let at = 0;
    for (const table of tables) {
      made.set(of(table), at);
      at += table.count;
    }
    return made;
  };
  const hasExits = tables.every(({ exitBars }) => exitBars);
  return {
    count,
    symbols: first!.symbols,
    symbol: joined(new Uint16Array(count), ({ symbol }) => symbol),
    timestampMs: joined(new Float64Array(count), ({ timestampMs }) => timestampMs),
    bar: joined(new Int32Array(count), ({ bar }) => bar),
    direction: joined(new Int8Array(count), ({ direction }) => direction),
    types: first!.types,
    type: joined(new Uint8Array(count), ({ type }) => type),
    entry: joined(new Float64Array(count), ({ entry }) => entry),
    atr: joined(new Float64Array(count), ({ atr }) => atr),
    ...(hasExits && { exitBars: joined(new Int32Array(count), ({ exitBars }) => exitBars!) }),
    featureNames: first!.featureNames,
    features: first!.features.map((_, k) => joined(new Float64Array(count), ({ features }) => features[k]!)),
  };
}

import type { OpportunityTable } from "./table.ts";

/** Rows of several tables one after the other, as one table: all are parts of one, with its types and features, and some or all of its symbols. */
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
  const symbols = [...new Set(tables.flatMap((table) => table.symbols))];
  const code = new Map(symbols.map((symbol, k) => [symbol, k]));
  const hasExits = tables.every(({ exitBars }) => exitBars);
  return {
    count,
    symbols,
    symbol: joined(new Uint16Array(count), (table) => table.symbol.map((own) => code.get(table.symbols[own]!)!)),
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

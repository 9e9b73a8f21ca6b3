import { type OpportunityTable, pickRows } from "./table.ts";

/** Rows by time, then name; symbols and types by name: the order of the source has no effect. */
export function sortedTable(table: OpportunityTable): OpportunityTable {
  const symbols = [...table.symbols].sort();
  const types = [...table.types].sort();
  const symbolAt = table.symbols.map((name) => symbols.indexOf(name));
  const typeAt = table.types.map((name) => types.indexOf(name));
  const named: OpportunityTable = {
    ...table,
    symbols,
    symbol: table.symbol.map((symbol) => symbolAt[symbol]!),
    types,
    type: table.type.map((type) => typeAt[type]!),
  };
  const order = Uint32Array.from({ length: table.count }, (_, row) => row);
  order.sort((a, b) => named.timestampMs[a]! - named.timestampMs[b]! || named.symbol[a]! - named.symbol[b]!);
  return pickRows(named, order);
}

import type { Market } from "../../candles/candles.ts";
import { type OpportunityTable, pickLabels, pickRows } from "../../opportunities/table.ts";
import type { RunUniverse } from "../universe.ts";
import type { Group } from "./groupsGiven.ts";

/** The rows of a universe that belong to a group's symbols: the same split time, the same purge. Counts of what was left out stay the whole's. */
export function groupUniverse({ table, labels, split, ...counts }: RunUniverse, group: Group): RunUniverse {
  const isMember = table.symbols.map((symbol) => group.symbols.includes(symbol));
  const place = new Int32Array(table.count).fill(-1);
  const rows: number[] = [];
  for (let row = 0; row < table.count; row++)
    if (isMember[table.symbol[row]!]) {
      place[row] = rows.length;
      rows.push(row);
    }
  const within = (all: Uint32Array): Uint32Array => all.filter((row) => place[row]! >= 0).map((row) => place[row]!);
  const [training, holdout] = [within(split.training), within(split.holdout)];
  return {
    ...counts,
    table: withSymbols(pickRows(table, rows), isMember),
    labels: pickLabels(labels, rows),
    split: { timeMs: split.timeMs, training, holdout, purged: rows.length - training.length - holdout.length },
  };
}

/** A table whose rows have only some of its symbols, without the names of the others. */
function withSymbols(table: OpportunityTable, isKept: readonly boolean[]): OpportunityTable {
  if (isKept.every(Boolean)) return table;
  const kept = table.symbols.filter((_, k) => isKept[k]);
  const places = table.symbols.map((symbol) => kept.indexOf(symbol));
  return { ...table, symbols: kept, symbol: table.symbol.map((code) => places[code]!) };
}

/** The candles of a group's symbols. */
export function groupMarket(market: Market, { symbols }: Group): Market {
  return { ...market, bySymbol: new Map([...market.bySymbol].filter(([symbol]) => symbols.includes(symbol))) };
}

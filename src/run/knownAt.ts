import { type Candles, candleFromTime, openTimeMs } from "../candles/candles.ts";
import { sliced } from "../candles/span.ts";
import { labelOpportunities } from "../opportunities/labels.ts";
import { type OpportunityTable, pickRows } from "../opportunities/table.ts";
import type { Prepared } from "./prepare.ts";
import type { Settings } from "./request.ts";

/** A stretch of time: candles that open from `fromMs` on and have closed by `untilMs`. */
export interface Known {
  readonly fromMs: number;
  readonly untilMs: number;
}

/** What was known at a time: the candles that had closed, the opportunities of those, and labels from those candles alone. Null if there is no opportunity. */
export function knownAt({ market, table, signals }: Prepared, known: Known, settings: Settings): Prepared | null {
  const window = { fromMs: known.fromMs, toMs: known.untilMs - market.timeframeMs };
  const bySymbol = new Map<string, Candles>();
  for (const [symbol, candles] of market.bySymbol) {
    const kept = sliced(candles, window);
    if (kept) bySymbol.set(symbol, kept);
  }
  const kept = { ...market, bySymbol };
  const rows = rowsKnown(table, market.bySymbol, known);
  if (rows.length === 0) return null;
  const firsts = table.symbols.map((symbol) => candleFromTime(market.bySymbol.get(symbol)!, known.fromMs));
  const picked = named(pickRows(table, rows));
  const moved = picked.bar.map((bar, k) => bar - firsts[table.symbol[rows[k]!]!]!);
  const own = { ...picked, bar: moved };
  const { lookaheadBars, minProfit } = settings;
  return {
    market: kept,
    table: own,
    labels: labelOpportunities(own, kept, { lookaheadBars, minProfit }),
    gates: null,
    signals,
  };
}

/** Rows whose signal's candle opens and closes within a stretch. */
function rowsKnown(
  table: OpportunityTable,
  bySymbol: ReadonlyMap<string, Candles>,
  { fromMs, untilMs }: Known,
): Uint32Array {
  return rowsWhere(table, bySymbol, (openMs, candles) => openMs >= fromMs && openMs + candles.timeframeMs <= untilMs);
}

/** Rows that become known after one time and not after another: what a bot acts on between two nights. */
export function rowsBetween(
  table: OpportunityTable,
  bySymbol: ReadonlyMap<string, Candles>,
  afterMs: number,
  untilMs: number,
): Uint32Array {
  return rowsWhere(table, bySymbol, (openMs, { timeframeMs }) => {
    const knownMs = openMs + timeframeMs;
    return knownMs > afterMs && knownMs <= untilMs;
  });
}

function rowsWhere(
  table: OpportunityTable,
  bySymbol: ReadonlyMap<string, Candles>,
  isWanted: (openMs: number, candles: Candles) => boolean,
): Uint32Array {
  const series = table.symbols.map((symbol) => bySymbol.get(symbol)!);
  const rows: number[] = [];
  for (let row = 0; row < table.count; row++) {
    const candles = series[table.symbol[row]!]!;
    if (isWanted(openTimeMs(candles, table.bar[row]!), candles)) rows.push(row);
  }
  return Uint32Array.from(rows);
}

/** A table that names only those symbols and types that it has rows of, as one that was read would. */
function named(table: OpportunityTable): OpportunityTable {
  const symbols = table.symbols.filter((_, code) => table.symbol.includes(code));
  const types = table.types.filter((_, code) => table.type.includes(code));
  return {
    ...table,
    symbols,
    symbol: table.symbol.map((code) => symbols.indexOf(table.symbols[code]!)),
    types,
    type: table.type.map((code) => types.indexOf(table.types[code]!)),
  };
}

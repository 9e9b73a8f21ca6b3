import { barAt, type Market } from "../candles/candles.ts";
import { labelOpportunities } from "../opportunities/labels.ts";
import { pickRows } from "../opportunities/table.ts";
import type { Prepared } from "./prepare.ts";
import type { Settings } from "./request.ts";

/**
 * The same signals in another market: each at its own time, with entry and ATR in that market's prices. A signal whose candle is missing there is
 * left out.
 */
export function movedTo({ market, table, signals }: Prepared, other: Market, settings: Settings): Prepared {
  const bars = new Int32Array(table.count);
  const factors = new Float64Array(table.count);
  const rows: number[] = [];
  for (let row = 0; row < table.count; row++) {
    const symbol = table.symbols[table.symbol[row]!]!;
    const [there, here] = [other.bySymbol.get(symbol), market.bySymbol.get(symbol)!];
    bars[row] = there ? barAt(there, table.timestampMs[row]!) : -1;
    if (!there || bars[row]! < 0) continue;
    factors[row] = there.close[bars[row]!]! / here.close[table.bar[row]!]!;
    rows.push(row);
  }
  const picked = pickRows(table, rows);
  const moved = {
    ...picked,
    bar: Int32Array.from(rows, (row) => bars[row]!),
    entry: Float64Array.from(rows, (row) => table.entry[row]! * factors[row]!),
    atr: Float64Array.from(rows, (row) => table.atr[row]! * factors[row]!),
  };
  const { lookaheadBars, minProfit } = settings;
  return {
    market: other,
    table: moved,
    labels: labelOpportunities(moved, other, { lookaheadBars, minProfit }),
    gates: null,
    signals,
  };
}

import { barAt, type Market } from "../candles/candles.ts";
import { entryPrice } from "../opportunities/entry.ts";
import { labelOpportunities } from "../opportunities/labels.ts";
import { pickRows } from "../opportunities/table.ts";
import type { Prepared } from "./prepare.ts";
import type { Settings } from "./request.ts";

/**
 * The same signals over another market: each at its own time, its ATR and entry in the prices there (the next open is that market's own). A signal whose candle is missing there is left
 * out.
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
  const entryOf = (row: number): number =>
    settings.entry === "next-open"
      ? entryPrice(other.bySymbol.get(table.symbols[table.symbol[row]!]!)!, bars[row]!, settings.entry)
      : table.entry[row]! * factors[row]!;
  const moved = {
    ...picked,
    bar: Int32Array.from(rows, (row) => bars[row]!),
    entry: Float64Array.from(rows, entryOf),
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

import type { Candles } from "./candles.ts";
import { onGrid } from "./grid.ts";
import { type RowOptions, readRows } from "./rows.ts";
import { checkSpan, outsideSpan, type Span, sliced } from "./span.ts";

export interface ReadOptions extends Span, RowOptions {}

/**
 * One symbol's candles from one CSV file, read as a stream into columns: missing candles filled flat and counted, equal doubles dropped
 * and counted. Throws InputError with file and line for every row that breaks a rule; `lenient` drops and counts rows whose values
 * are impossible, but never rows that are out of order, contradict each other or have no usable time.
 */
export async function readCandleFile(path: string, symbol: string, options: ReadOptions): Promise<Candles> {
  checkSpan(options);
  const rows = await readRows(path, options);
  const candles = onGrid(rows, symbol, options.timeframeMs);
  const kept = sliced(candles, options);
  if (!kept) throw outsideSpan(candles, path);
  return kept;
}

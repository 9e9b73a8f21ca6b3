import { escaped } from "../text.ts";
import { assemble } from "./assemble.ts";
import type { Candles } from "./candles.ts";
import type { RowRules } from "./rowCollector.ts";
import { readRows } from "./rows.ts";

/**
 * One symbol's candles from one file, streamed into columns: missing candles are noted and not filled, duplicate rows are dropped and
 * counted. Throws InputError with file and line for a row that breaks a rule; `lenient` drops and counts rows with impossible values, but
 * never rows that are out of order, contradict each other or have no usable time.
 */
export async function readCandleFile(path: string, symbol: string, rules: RowRules): Promise<Candles> {
  const { rows, readAs } = await readRows(path, rules);
  return assemble({ symbol, readAs }, rows, rules, (line) => `${escaped(path)}:${line}`);
}

import { escaped } from "../text.js";
import { assemble } from "./assemble.js";
import { readRows } from "./rows.js";
/**
 * One symbol's candles from one file, streamed into columns: missing candles are noted and not filled, duplicate rows are dropped and
 * counted. Throws InputError with file and line for a row that breaks a rule; `lenient` drops and counts rows with impossible values, but
 * never rows that are out of order, contradict each other or have no usable time.
 */
export async function readCandleFile(path, symbol, rules) {
    const { rows, readAs } = await readRows(path, rules);
    return assemble({ symbol, readAs }, rows, rules, (line) => `${escaped(path)}:${line}`);
}

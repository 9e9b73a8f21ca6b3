import { InputError } from "../errors.ts";
import { escaped } from "../text.ts";
import { assemble } from "./assemble.ts";
import type { Candles } from "./candles.ts";
import { cellsOf, readOhlcv } from "./ohlcv.ts";
import { RowCollector, type RowRules } from "./rowCollector.ts";
import type { Place } from "./rowErrors.ts";

/** Names a row given to a call, and the value in it: `rows[17][3]`. */
export function placeOfRow(symbol: string): Place {
  return (row, column) => `rows[${row - 1}]${column === undefined ? "" : `[${column}]`}, ${escaped(symbol)}`;
}

/** One symbol's candles of rows in memory, oldest first or newest first, by the rules of a file's. Throws InputError that names row and value. */
export function candlesOfRows(symbol: string, rows: Iterable<unknown>, rules: RowRules): Candles {
  const place = placeOfRow(symbol);
  const collector = new RowCollector(rules, place, true);
  let row = 0;
  for (const each of rows) {
    const defect = readOhlcv(each, collector.row);
    collector.add(++row, 0, cellsOf(each), defect);
  }
  const collected = collector.take();
  if (collected.count === 0)
    throw new InputError("CANDLE_EMPTY", "the rows contain no candles", {
      where: `rows, ${escaped(symbol)}`,
      found: row === 0 ? "no rows" : "no finished, valid candle",
      expected: "[time, open, high, low, close, volume] of at least one candle that has closed",
      remedy: "fetch the candles again, or leave the symbol out",
    });
  const readAs = collected.newestFirst ? ["rows newest first, turned round"] : [];
  return assemble({ symbol, readAs }, collected, rules, place);
}

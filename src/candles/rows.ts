import { InputError } from "../errors.ts";
import { type Cells, isBlank, TextCells, textsOf } from "./cells.ts";
import { csvBlocks, escaped, quoted } from "./csvRows.ts";
import { candleColumns, columnPlaces } from "./header.ts";
import { readRow } from "./rowChecks.ts";
import { RowCollector, type RowRules, type Rows } from "./rowCollector.ts";

/** Reads one file row by row; every row that breaks a rule is an InputError with its line, or dropped where `lenient` allows. */
export async function readRows(path: string, rules: RowRules): Promise<Rows> {
  const collector = new RowCollector(rules, (line) => `${escaped(path)}:${line}`);
  let header: { places: number[]; width: number } | null = null;
  let row: Cells = new TextCells([]);
  const cell = (column: number): string => `${candleColumns[column]} ${quoted(row.text(header!.places[column]!))}`;
  for await (const block of csvBlocks(path)) {
    while (block.next()) {
      const { cells, line } = block;
      if (isBlank(cells)) continue;
      if (!header) {
        header = { places: columnPlaces(textsOf(cells), path), width: cells.count };
        continue;
      }
      row = cells;
      collector.add(line, block.share, cell, readRow(cells, header.places, header.width, collector.row));
    }
  }
  const rows = collector.take();
  if (rows.count === 0) throw noCandle(path, header !== null, rows);
  return rows;
}

function noCandle(path: string, hasHeader: boolean, { dropped, unfinished }: Rows): InputError {
  const left = [
    ...(dropped > 0 ? [`${dropped} impossible ${dropped === 1 ? "row" : "rows"}`] : []),
    ...(unfinished > 0 ? ["a candle that has not closed yet"] : []),
  ];
  return new InputError("CANDLE_EMPTY", "the file holds no candle", {
    where: escaped(path),
    found: !hasHeader ? "an empty file" : left.length === 0 ? "a header only" : `a header and ${left.join(" and ")}`,
    expected: `${candleColumns.join(",")} and one row a candle`,
    remedy: "fetch the candles again, or take the file out of the folder",
  });
}

import { basename, dirname } from "node:path";
import type { ConvertResult } from "../run/answers.ts";
import { count, counted, day } from "../words/figures.ts";
import { candleLines } from "./candleLines.ts";
import { fittedColumns, namesAndFigures } from "./columns.ts";
import { paragraph, reportWidth, shorten } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { printableCopy } from "./printable.ts";
import { warningLines } from "./warningLines.ts";

/** What was converted, one row per file that was written. */
export function convertSummary(result: ConvertResult, paint: Paint, width: number = reportWidth): string {
  const shown = printableCopy(result);
  const rows = shown.files.map((file) => [
    shorten(file.symbol, 16),
    file.timeframe,
    day(file.first),
    day(file.last),
    count(file.candles),
    count(file.from.length),
    count(file.bytes),
    shorten(basename(file.file), 32),
  ]);
  const heading = ["symbol", "bar", "first (UTC)", "last (UTC)", "candles", "of files", "bytes", "written"];
  const lines = [
    ...candleLines(shown.candles, width),
    ...fittedColumns(heading, rows, { alignments: namesAndFigures(heading.length), spare: [6, 5, 2], width, paint }),
    ...paragraph("Written  ", `${dirname(shown.files[0]!.file)} (${counted(shown.files.length, "file")})`, width),
    ...warningLines(shown.warnings, width),
  ];
  return `${lines.join("\n")}\n`;
}

import { basename, dirname } from "node:path";
import type { ConvertResult } from "../run/answers.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import { count, day } from "../words/figures.ts";
import { candleLines } from "./candleLines.ts";
import { fittedColumns, namesAndFigures } from "./columns.ts";
import { label, paragraph, reportWidth, shorten } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { printableCopy } from "./printable.ts";
import { warningLines } from "./warningLines.ts";

/** What was converted, one row per file that was written. */
export function convertSummary(
  result: ConvertResult,
  paint: Paint,
  width: number = reportWidth,
  texts: Texts = en,
): string {
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
  const { convertColumns: heading, written, filesIn } = texts.tools;
  const lines = [
    ...candleLines(shown.candles, width, texts),
    ...fittedColumns(heading, rows, {
      alignments: namesAndFigures(heading.length),
      spare: [6, 5, 2],
      width,
      paint,
      texts,
    }),
    ...paragraph(label(written), filesIn(dirname(shown.files[0]!.file), shown.files.length), width),
    ...warningLines(shown.warnings, width, texts),
  ];
  return `${lines.join("\n")}\n`;
}

import { basename, dirname } from "node:path";
import type { ConvertResult } from "../run/answers.ts";
import { count, counted, day } from "../words/figures.ts";
import { candleLines } from "./candleLines.ts";
import { columns } from "./columns.ts";
import { paragraph, shorten } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { printableCopy } from "./printable.ts";
import { warningLines } from "./warningLines.ts";

/** What was converted, one row per file that was written. */
export function convertSummary(result: ConvertResult, paint: Paint): string {
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
    ...candleLines(shown.candles),
    ...columns([heading], rows, ["left", ...heading.slice(1).map(() => "right" as const)], paint),
    ...paragraph("Written  ", `${dirname(shown.files[0]!.file)} (${counted(shown.files.length, "file")})`),
    ...warningLines(shown.warnings),
  ];
  return `${lines.join("\n")}\n`;
}

import type { InspectedFile } from "../candles/inspect.ts";
import { columns } from "./columns.ts";
import { count, counted, day, percent } from "./figures.ts";
import { paragraph, shorten } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { printableCopy } from "./printable.ts";

/** What is in a candle folder, a file a row: span, gaps, what is odd; then the files that a run would refuse, and why. */
export function inspectSummary(files: readonly InspectedFile[], paint: Paint): string {
  const shown = printableCopy(files);
  const rows = shown.map(({ symbol, timeframe, contents, defect }) => [
    shorten(symbol, 16),
    timeframe,
    ...(contents
      ? [
          day(contents.first),
          day(contents.last),
          count(contents.candles),
          count(contents.gaps),
          count(contents.filled),
          count(contents.duplicates),
          count(contents.zero_volume),
          percent(100 * contents.largest_move.move),
        ]
      : Array.from({ length: 8 }, () => "-")),
    defect ? paint.red("refused") : "sound",
  ]);
  const heading = [
    "symbol",
    "bar",
    "first (UTC)",
    "last (UTC)",
    "bars",
    "gaps",
    "filled",
    "twice",
    "vol 0",
    "largest",
    "",
  ];
  const table = columns([heading], rows, ["left", ...heading.slice(1).map(() => "right" as const)], paint, "");
  const defects = shown.flatMap(({ defect }) =>
    defect ? paragraph(paint.red("Refused  "), `${defect.where}: ${defect.rule}; found ${defect.found}`) : [],
  );
  return `${[...table, "", ...defects, counted(rows.length, "file")].join("\n")}\n`;
}

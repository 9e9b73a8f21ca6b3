import type { ScanResult } from "../run/answers.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import { count, figure, percent } from "../words/figures.ts";
import { candleLines } from "./candleLines.ts";
import { fittedColumns, namesAndFigures } from "./columns.ts";
import { label, paragraph, reportWidth } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { printableCopy } from "./printable.ts";
import { warningLines } from "./warningLines.ts";

const oneDecimal = (value: number): string => figure(Number(value.toFixed(1)));

/** What the scanner found, one row per type, and where it wrote it. */
export function scanSummary(result: ScanResult, paint: Paint, width: number = reportWidth, texts: Texts = en): string {
  const shown = printableCopy(result);
  const { phase1 } = shown;
  const rows = Object.entries(phase1.types).map(([type, baseline]) => [
    type,
    count(baseline.opportunities),
    count(baseline.objective_opportunities),
    percent(baseline.mean_mfe),
    percent(baseline.median_mfe),
    percent(baseline.mean_mae),
    oneDecimal(baseline.mean_hours_to_mfe),
    oneDecimal(baseline.mean_mfe_atrs),
  ]);
  const { scanColumns: heading, written, opportunitiesIn } = texts.tools;
  const lines = [
    ...candleLines(phase1, width, texts),
    ...fittedColumns(heading, rows, {
      alignments: namesAndFigures(heading.length),
      spare: [7, 6, 4],
      width,
      paint,
      texts,
    }),
    ...(shown.file === null ? [] : paragraph(label(written), opportunitiesIn(shown.file, shown.opportunities), width)),
    ...warningLines(shown.warnings, width, texts),
  ];
  return `${lines.join("\n")}\n`;
}

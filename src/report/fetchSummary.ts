import type { FetchedFile, FetchResult } from "../exchange/result.ts";
import { count, counted, minute } from "../words/figures.ts";
import { fittedColumns } from "./columns.ts";
import { paragraph, reportWidth, shorten } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { printableCopy } from "./printable.ts";

const spansNamed = 3;

/** The candle files after a fetch, one row per symbol; then what the exchange does not have, and which files were left as they are, and why. */
export function fetchSummary(result: FetchResult, paint: Paint, width: number = reportWidth): string {
  const shown = printableCopy(result);
  const heading = ["symbol", "first (UTC)", "last (UTC)", "candles", "new", "missing", ""];
  const table = fittedColumns(
    heading,
    shown.files.map((file) => rowOf(file, paint)),
    { alignments, spare: [1, 5], width, paint, indent: "" },
  );
  const notes = shown.files.flatMap((file) => [
    ...(file.missing > 0 ? paragraph("Missing  ", missingText(file), width) : []),
    ...lateText(file, shown, width),
    ...(file.problem
      ? paragraph(
          paint.red("Refused  "),
          `${file.problem.where}: ${file.problem.rule}; found ${file.problem.found}; ${file.problem.remedy}`,
          width,
        )
      : []),
  ]);
  const added = shown.files.reduce((sum, file) => sum + file.added, 0);
  const title = `${counted(added, "new candle")} of ${shown.timeframe} from ${shown.exchange} in ${shown.folder}`;
  return `${[...paragraph("", paint.bold(title), width), "", ...table, ...(notes.length > 0 ? ["", ...notes] : [])].join("\n")}\n`;
}

const alignments = ["left", "left", "left", "right", "right", "right", "left"] as const;

function rowOf({ symbol, first, last, candles, added, missing, state }: FetchedFile, paint: Paint): string[] {
  const time = (timeMs: number | null): string => (timeMs === null ? "-" : minute(timeMs));
  const word = {
    added: paint.green("added"),
    current: "up to date",
    none: paint.yellow("no candles"),
    refused: paint.red("refused"),
  }[state];
  return [shorten(symbol, 24), time(first), time(last), count(candles), count(added), count(missing), word];
}

function missingText({ symbol, missing, missing_spans, missing_first }: FetchedFile): string {
  const named = missing_first
    .slice(0, spansNamed)
    .map(({ from, candles }) => `${counted(candles, "candle")} from ${minute(from)}`);
  const more =
    missing_spans > named.length ? ` and ${counted(missing_spans - named.length, "more span", "more spans")}` : "";
  return `${symbol}: the exchange has no candle for ${counted(missing, "time")}, though asked twice: ${named.join(", ")}${more}`;
}

/** A market that is younger than the span. */
function lateText({ symbol, first }: FetchedFile, { from, files }: FetchResult, width: number): string[] {
  const isLate = first !== null && first > from && files.length > 0;
  return isLate
    ? paragraph("Begins   ", `${symbol}: at ${minute(first)}; the exchange has nothing earlier`, width)
    : [];
}

import type { FetchedFile, FetchResult } from "../exchange/result.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import { count, minute } from "../words/figures.ts";
import { fittedColumns } from "./columns.ts";
import { label, paragraph, reportWidth, shorten } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { printableCopy } from "./printable.ts";

const spansNamed = 3;

/** The candle files after a fetch, one row per symbol; then what the exchange does not have, and which files were left as they are, and why. */
export function fetchSummary(
  result: FetchResult,
  paint: Paint,
  width: number = reportWidth,
  texts: Texts = en,
): string {
  const shown = printableCopy(result);
  const { candleFiles: words } = texts;
  const table = fittedColumns(
    words.fetchColumns,
    shown.files.map((file) => rowOf(file, paint, words)),
    { alignments, spare: [1, 5], width, paint, indent: "", texts },
  );
  const notes = shown.files.flatMap((file) => [
    ...(file.missing > 0 ? paragraph(label(words.missing), missingText(file, texts), width) : []),
    ...lateText(file, shown, width, words),
    ...(file.problem
      ? paragraph(
          paint.red(label(words.refused)),
          words.defect(file.problem.where, file.problem.rule, file.problem.found) + texts.and + file.problem.remedy,
          width,
        )
      : []),
  ]);
  const added = shown.files.reduce((sum, file) => sum + file.added, 0);
  const title = words.fetched(added, shown.timeframe, shown.exchange, shown.folder);
  return `${[...paragraph("", paint.bold(title), width), "", ...table, ...(notes.length > 0 ? ["", ...notes] : [])].join("\n")}\n`;
}

const alignments = ["left", "left", "left", "right", "right", "right", "left"] as const;

type Words = Texts["candleFiles"];

function rowOf(
  { symbol, first, last, candles, added, missing, state }: FetchedFile,
  paint: Paint,
  { states }: Words,
): string[] {
  const time = (timeMs: number | null): string => (timeMs === null ? "-" : minute(timeMs));
  const word = {
    added: paint.green(states.added),
    current: states.current,
    none: paint.yellow(states.none),
    refused: paint.red(states.refused),
  }[state];
  return [shorten(symbol, 24), time(first), time(last), count(candles), count(added), count(missing), word];
}

function missingText(
  { symbol, missing, missing_spans, missing_first }: FetchedFile,
  { candleFiles: words, list }: Texts,
): string {
  const named = missing_first.slice(0, spansNamed).map(({ from, candles }) => words.spanOf(candles, minute(from)));
  const more = missing_spans > named.length ? words.moreSpans(missing_spans - named.length) : "";
  return words.missingOf(symbol, missing, named.join(list) + more);
}

/** A market that is younger than the span. */
function lateText({ symbol, first }: FetchedFile, { from, files }: FetchResult, width: number, words: Words): string[] {
  const isLate = first !== null && first > from && files.length > 0;
  return isLate ? paragraph(label(words.begins), words.beginsAt(symbol, minute(first)), width) : [];
}

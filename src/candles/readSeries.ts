import { basename } from "node:path";
import { InputError } from "../errors.ts";
import { escaped } from "../text.ts";
import { assemble } from "./assemble.ts";
import type { Candles } from "./candles.ts";
import { candleColumns } from "./header.ts";
import { differingColumn, type JoinedPart, joinedRows } from "./joinRows.ts";
import { readCandleFile } from "./readFile.ts";
import { type RowRules, timesOfRuns } from "./rowCollector.ts";
import { isoTime } from "./rowErrors.ts";
import { readRows } from "./rows.ts";
import type { SeriesFiles } from "./seriesFiles.ts";

/**
 * One symbol's candles from all of its files, joined in order of time. Candles that two parts share count as duplicates. Of several files of
 * one part, or of the whole series, the first is read and the others must hold the same, but for rounding. What was joined or not read twice is said. Throws InputError
 * with both files where they contradict each other. All files of the series are in memory at once.
 */
export async function readSeries(series: SeriesFiles, rules: RowRules): Promise<Candles> {
  const { symbol, files } = series;
  const own = { ...rules, timeframeMs: series.timeframeMs };
  if (files.length === 1) return readCandleFile(files[0]!.path, symbol, own);
  const parts: (JoinedPart & { readonly part: string | null })[] = [];
  const phrases = new Set<string>();
  const same: string[] = [];
  for (const { path, part } of files) {
    const { rows, readAs } = await readRows(path, own);
    const before = parts.at(-1);
    if (before && before.part === part) {
      requireSame(before, { path, rows }, own.timeframeMs);
      same.push(`${name(path)} (as ${name(before.path)})`);
      continue;
    }
    for (const phrase of readAs) phrases.add(phrase);
    parts.push({ path, rows, part });
  }
  const readAs = [
    ...(parts.length > 1 ? [`${parts.length} files joined`] : []),
    ...(same.length > 0 ? [`the same candles twice, read once: ${listed(same)}`] : []),
    ...phrases,
  ];
  const { rows, place } = await joinedRows(parts, own);
  return assemble({ symbol, readAs }, rows, own, place);
}

const named = 3;
const listed = (items: readonly string[]): string =>
  items.slice(0, named).join(", ") + (items.length > named ? ` and ${items.length - named} more` : "");
const name = (path: string): string => escaped(basename(path));

/** Refuses two files of one series that do not hold the same candles. */
function requireSame(a: JoinedPart, b: JoinedPart, timeframeMs: number): void {
  const difference = firstDifference(a, b, timeframeMs);
  if (difference === null) return;
  throw new InputError("CANDLE_TWICE", "a symbol has two files for one timeframe, with different candles", {
    where: escaped(b.path),
    found: `${difference}; the other file is ${escaped(a.path)}`,
    expected: "one file, or the same candles in both",
    remedy: "keep the right one in this folder, or name the symbol that you mean with --symbols",
  });
}

function firstDifference(a: JoinedPart, b: JoinedPart, timeframeMs: number): string | null {
  if (a.rows.count !== b.rows.count) return `${b.rows.count} candles, and ${a.rows.count} in the other`;
  const [times, others] = [a, b].map(({ rows }) => timesOfRuns(rows, timeframeMs)) as [Float64Array, Float64Array];
  for (let row = 0; row < times.length; row++) {
    if (times[row] !== others[row])
      return `a candle at ${isoTime(others[row]!)}, and at ${isoTime(times[row]!)} in the other`;
    const k = differingColumn(a.rows.columns, row, b.rows.columns, row);
    if (k >= 0)
      return `${candleColumns[k + 1]} ${b.rows.columns[k]![row]} at ${isoTime(times[row]!)}, and ${a.rows.columns[k]![row]} in the other`;
  }
  return null;
}

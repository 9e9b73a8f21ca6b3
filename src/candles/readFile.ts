import { InputError } from "../errors.ts";
import type { Candles, Gap } from "./candles.ts";
import { GrowingColumns } from "./columns.ts";
import { csvBlocks, quoted } from "./csvRows.ts";
import { candleColumns, columnPlaces, type RowDefect, readRow } from "./rowChecks.ts";

export interface ReadOptions {
  readonly timeframeMs: number;
  /** Drop and count impossible rows instead of refusing the file. */
  readonly lenient: boolean;
  /** First and last open time to keep, epoch ms. */
  readonly fromMs?: number;
  readonly toMs?: number;
  /** Only the last so many days of the file. */
  readonly days?: number;
}

/** A file whose holes outnumber its candles holds a wrong timestamp rather than an outage. */
const tolerableHoles = 10_000;

/**
 * One symbol's candles from one CSV file, read as a stream into columns, holes filled flat and counted.
 * Throws InputError with file and line for every row that breaks a rule (`lenient` drops and counts those that are impossible in
 * themselves; rows out of order or contradicting each other are always refused).
 */
export async function readCandleFile(path: string, symbol: string, options: ReadOptions): Promise<Candles> {
  const { timeframeMs, lenient } = options;
  const columns = new GrowingColumns(5);
  const gaps: Gap[] = [];
  const values: number[] = [];
  const last: number[] = [];
  let places: number[] | null = null;
  let firstTime = 0;
  let duplicates = 0;
  let dropped = 0;
  let filled = 0;
  let present = 0;
  for await (const { firstLine, rows } of csvBlocks(path)) {
    for (const [k, row] of rows.entries()) {
      const line = firstLine + k;
      if (row.length === 1 && row[0]!.trim() === "") continue;
      if (!places) {
        places = columnPlaces(row, path);
        continue;
      }
      const defect = readRow(row, places, timeframeMs, values);
      if (defect) {
        if (!lenient) throw rowError(path, line, defect);
        dropped++;
        continue;
      }
      const time = values[0]!;
      if (columns.count > 0 && time <= last[0]!) {
        if (time < last[0]!) throw unsorted(path, line, time, last[0]!);
        if (values.some((value, column) => value !== last[column])) throw contradiction(path, line, values, last);
        duplicates++;
        continue;
      }
      if (columns.count === 0) firstTime = time;
      else {
        const missing = (time - last[0]!) / timeframeMs - 1;
        if (missing > 0) {
          if (missing > tolerableHoles && missing > present) throw tooManyHoles(path, line, missing, time, last[0]!);
          gaps.push({ bar: columns.count, bars: missing });
          filled += missing;
          for (let i = 0; i < missing; i++) columns.push([last[4]!, last[4]!, last[4]!, last[4]!, 0]);
        }
      }
      columns.push(values.slice(1));
      for (const [column, value] of values.entries()) last[column] = value;
      present++;
    }
  }
  if (!places || present === 0)
    throw new InputError("CANDLE_EMPTY", "the file holds no candle", {
      where: path,
      found: places ? "a header and no usable row" : "nothing",
      expected: `${candleColumns.join(",")} and one row a candle`,
    });
  const [open, high, low, close, volume] = columns.take() as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const whole: Candles = {
    symbol,
    timeframeMs,
    firstOpenTimeMs: firstTime,
    count: columns.count,
    open,
    high,
    low,
    close,
    volume,
    gaps,
    defects: { filled, duplicates, dropped },
  };
  return sliced(whole, options, path);
}

/** The part of a series that was asked for; its defects stay those of the whole file. */
function sliced(candles: Candles, { fromMs, toMs, days }: ReadOptions, path: string): Candles {
  const { timeframeMs, firstOpenTimeMs, count } = candles;
  const lastTime = firstOpenTimeMs + (count - 1) * timeframeMs;
  const start = Math.max(fromMs ?? 0, days === undefined ? 0 : lastTime + timeframeMs - days * 86_400_000);
  const from = Math.max(0, Math.ceil((start - firstOpenTimeMs) / timeframeMs));
  const to = Math.min(count, Math.floor(((toMs ?? lastTime) - firstOpenTimeMs) / timeframeMs) + 1);
  if (from === 0 && to === count) return candles;
  if (to <= from)
    throw new InputError("CANDLE_SPAN", "no candle lies in the span that was asked for", {
      where: path,
      found: `candles from ${new Date(firstOpenTimeMs).toISOString()} to ${new Date(lastTime).toISOString()}`,
      expected: "a span that meets them",
      remedy: "change --from, --to or --days",
    });
  return {
    ...candles,
    firstOpenTimeMs: firstOpenTimeMs + from * timeframeMs,
    count: to - from,
    open: candles.open.slice(from, to),
    high: candles.high.slice(from, to),
    low: candles.low.slice(from, to),
    close: candles.close.slice(from, to),
    volume: candles.volume.slice(from, to),
    gaps: candles.gaps.flatMap(({ bar, bars }) => {
      const first = Math.max(bar, from);
      const end = Math.min(bar + bars, to);
      return end > first ? [{ bar: first - from, bars: end - first }] : [];
    }),
  };
}

function rowError(path: string, line: number, { code, rule, found, expected }: RowDefect): InputError {
  return new InputError(code, rule, {
    where: `${path}:${line}`,
    found,
    expected,
    remedy: "mend the file, or drop such rows with --lenient",
  });
}

function unsorted(path: string, line: number, time: number, before: number): InputError {
  return new InputError("CANDLE_ORDER", "candles stand in ascending order of time", {
    where: `${path}:${line}`,
    found: `timestamp ${time} after ${before}`,
    expected: `a timestamp above ${before}`,
    remedy: "sort the file by timestamp",
  });
}

function contradiction(path: string, line: number, values: readonly number[], last: readonly number[]): InputError {
  const column = values.findIndex((value, k) => value !== last[k]);
  return new InputError("CANDLE_CONTRADICTION", "one candle stands twice with different values", {
    where: `${path}:${line}`,
    found: `${candleColumns[column]} ${values[column]} and ${last[column]} at timestamp ${values[0]}`,
    expected: "each candle once",
    remedy: "find out which one is right and delete the other",
  });
}

function tooManyHoles(path: string, line: number, missing: number, time: number, before: number): InputError {
  return new InputError("CANDLE_HOLES", "more candles are missing here than the file holds", {
    where: `${path}:${line}`,
    found: `${missing} missing candles between ${quoted(String(before))} and ${quoted(String(time))}`,
    expected: "a file without a jump in time",
    remedy: "check the timestamp of this line",
  });
}

import { candleLines } from "../candles/candleText.ts";
import { candleFileName } from "../candles/fileName.ts";
import { candleFile } from "../candles/folder.ts";
import { type CandlesInMemory, marketOfSeries, seriesIn } from "../candles/series.ts";
import { formatTimeframe } from "../candles/timeframe.ts";
import { InputError } from "../errors.ts";
import type { SignalRow } from "../opportunities/signalRow.ts";
import { fingerprintOf } from "../run/fingerprint.ts";
import { isPlainObject } from "../run/plainObject.ts";
import type { Settings } from "../run/request.ts";
import type { LoadedSearch } from "../run/search.ts";
import { escaped, quoted } from "../text.ts";
import type { InputSource } from "./inputs.ts";

/*
 * Values in memory as the files of a job: what a search reads of these files is what it reads of the values, to the bit.
 */

/** A value as JSON that reads back as the same, -0 included. What JSON has no number for is the word of it, as a row's cell would have it. */
export function exactJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(exactJson).join()}]`;
  if (isPlainObject(value)) {
    const members = Object.entries(value).map(([name, inner]) => `${JSON.stringify(name)}:${exactJson(inner)}`);
    return `{${members.join()}}`;
  }
  if (Object.is(value, -0)) return "-0";
  if (typeof value === "number" && !Number.isFinite(value)) return `"${value}"`;
  return JSON.stringify(value ?? null);
}

/** A space as a file. */
export function spaceSource(space: object): InputSource {
  return {
    name: "space.json",
    async *blocks() {
      yield `${exactJson(space)}\n`;
    },
  };
}

const rowsAtOnce = 1024;

/** Opportunities as a JSON file, one a line, read block by block. */
export function rowsSource(rows: readonly SignalRow[], beat: () => void): InputSource {
  return {
    name: "opportunities.json",
    async *blocks() {
      yield "[\n";
      for (let from = 0; from < rows.length; from += rowsAtOnce) {
        beat();
        const lines = rows
          .slice(from, from + rowsAtOnce)
          .map(exactJson)
          .join(",\n");
        yield from + rowsAtOnce < rows.length ? `${lines},\n` : `${lines}\n`;
      }
      yield "]\n";
    },
  };
}

/**
 * Candles as CSV files, one a symbol: all that the values have, whatever span is searched, so that holes are known as they are. Rows that were dropped, or repaired, stay so.
 * Volumes are 0 where a series has none. Throws InputError JOB_CANDLES for a symbol that no file name gives back.
 */
export function candleSources(
  candles: CandlesInMemory,
  settings: Settings,
  { symbols, beat }: { readonly symbols: readonly string[] | undefined; readonly beat: () => void },
): InputSource[] {
  const { timeframeMs, lenient, nowMs, breakRatio } = settings;
  const withVolume = seriesIn(candles).every(({ volume }) => volume.length > 0);
  const rules = { timeframeMs, lenient, nowMs, breakRatio, withVolume, ...(symbols && { symbols }) };
  const series = [...marketOfSeries(candles, rules).bySymbol.values()];
  return series.map((each) => {
    const name = candleFileName(each.symbol, formatTimeframe(timeframeMs));
    if (candleFile(name)?.symbol !== each.symbol) throw nameless(each.symbol);
    const whole = withVolume ? each : { ...each, volume: new Float64Array(each.count) };
    return {
      name,
      async *blocks() {
        for (const lines of candleLines(whole)) {
          beat();
          yield lines;
        }
      },
    };
  });
}

function nameless(symbol: string): InputError {
  return new InputError(
    "JOB_CANDLES",
    "no file name would be read back as this symbol, so that its candles cannot be an input of a job",
    {
      where: "candles",
      found: quoted(escaped(symbol)),
      expected: "a symbol such as BTCUSDT, BTC/USDT or BTC/USDT:USDT",
      remedy: "rename the symbol in the candles and the opportunities, or leave it out with symbols",
    },
  );
}

/** What a search takes of each of its inputs, without how it was read. */
const taken: Readonly<Record<string, (loaded: LoadedSearch) => Readonly<Record<string, unknown>>>> = {
  candles: ({ task }) => ({
    series: [...task.market.bySymbol.values()].map(({ readAs: _read, defects: _defects, ...columns }) => columns),
  }),
  opportunities: ({ task }) => ({ table: task.table, labels: task.labels }),
  space: ({ task, run }) => ({ space: task.space, longestBars: run.longestBars }),
};

/** Refuses values whose files do not read back as they are. Throws InputError JOB_CANDLES, which names them. */
export function requireSameValues(given: LoadedSearch, copied: LoadedSearch): void {
  const hashOf = (read: Readonly<Record<string, unknown>>): string =>
    fingerprintOf("search", {}, { ...read, market: { timeframeMs: 0, bySymbol: new Map() } });
  const other = Object.keys(taken).filter((name) => hashOf(taken[name]!(given)) !== hashOf(taken[name]!(copied)));
  if (other.length === 0) return;
  throw new InputError("JOB_CANDLES", "values in memory cannot be kept as files that read back as the same", {
    where: other.join(", "),
    found: `${other.join(" and ")} that ${other.length > 1 ? "read" : "reads"} otherwise as a file`,
    expected: "candles, opportunities and a space that a file can hold",
    remedy: "write them to files, and split those",
  });
}

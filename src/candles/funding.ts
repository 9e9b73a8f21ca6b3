import { InputError } from "../errors.ts";
import { escaped, quoted } from "../text.ts";
import type { FundingRates } from "./candles.ts";
import { type Cells, isBlank, textsOf } from "./cells.ts";
import { GrowingColumns } from "./columns.ts";
import type { NamedFile } from "./fileName.ts";
import { listFolder, marketFile } from "./folder.ts";
import { candleBlocks } from "./formats.ts";
import { plainName, timeNames } from "./names.ts";
import { isoTime } from "./rowErrors.ts";
import { TimeColumn } from "./times.ts";

const fundingTimeNames = [...timeNames, "calctime", "fundingtime"];
/** freqtrade writes the rate as `open`. */
const rateNames = ["fundingrate", "lastfundingrate", "rate", "open"];

const minuteMs = 60_000;
/** Exchanges stamp a payment some milliseconds after the moment that it is due. */
const tolerableMs = 5_000;
/** No exchange takes a tenth of a position at once: a rate beyond this is in percent, or is not a rate. */
const highestRate = 0.1;

/**
 * The funding rates of a file in any format that candles may have: freqtrade's `-funding_rate`, where the rate stands in `open`, or columns
 * of a time and a rate by their usual names. Times are rounded to the minute that they are a few milliseconds off; a row given twice counts
 * once. Throws InputError with file and row where a time or a rate cannot be right.
 */
export async function readFundingFile(path: string): Promise<FundingRates> {
  const columns = new GrowingColumns([Float64Array, Float64Array]);
  const row = new Float64Array(2);
  let header: FundingHeader | null = null;
  let beforeMs = Number.NEGATIVE_INFINITY;
  let beforeRate = Number.NaN;
  for await (const block of candleBlocks(path)) {
    while (block.next()) {
      const { cells, line } = block;
      if (isBlank(cells)) continue;
      if (!header) {
        header = headerOf(textsOf(cells), path);
        continue;
      }
      const place = `${escaped(path)}:${line}`;
      const timeMs = minuteOf(header.times.read(cells, header.time, line), place);
      const rate = rateOf(cells, header.rate, place);
      if (timeMs === beforeMs && rate === beforeRate) continue;
      if (timeMs <= beforeMs) throw outOfOrder(place, timeMs, beforeMs);
      row[0] = beforeMs = timeMs;
      row[1] = beforeRate = rate;
      columns.push(row, block.share);
    }
  }
  if (columns.count === 0)
    throw new InputError("FUNDING_EMPTY", "the file contains no funding rates", {
      where: escaped(path),
      found: header ? "a header only" : "an empty file",
      expected: "a time and a rate for each payment",
      remedy: "download the funding rates again, or remove the file",
    });
  const [timeMs, rate] = columns.take();
  return { timeMs, rate };
}

/** The file of funding rates of each symbol of a folder. Throws InputError if there is no such folder, or a symbol has two. */
export async function listFundingFiles(dir: string): Promise<Map<string, NamedFile>> {
  const bySymbol = new Map<string, NamedFile>();
  for (const path of await listFolder(dir)) {
    const file = marketFile(path);
    if (file?.kind !== "funding") continue;
    const other = bySymbol.get(file.symbol);
    if (other)
      throw new InputError("FUNDING_TWICE", "a symbol has two files of funding rates", {
        where: escaped(dir),
        found: `${quoted(other.path)}, ${quoted(path)}`,
        expected: "one file per symbol",
        remedy: "keep one of them in this folder",
      });
    bySymbol.set(file.symbol, file);
  }
  return bySymbol;
}

interface FundingHeader {
  /** Places of time and rate. */
  readonly time: number;
  readonly rate: number;
  readonly times: TimeColumn;
}

function headerOf(names: readonly string[], path: string): FundingHeader {
  const plain = names.map(plainName);
  const placeOf = (known: readonly string[]): number =>
    plain.indexOf(known.find((each) => plain.includes(each)) ?? "\0");
  const [time, rate] = [placeOf(fundingTimeNames), placeOf(rateNames)];
  if (time >= 0 && rate >= 0)
    return { time, rate, times: new TimeColumn(path, names[time]!, { code: "FUNDING_TIME" }) };
  throw new InputError("FUNDING_HEADER", "columns of a funding rate are missing", {
    where: `${escaped(path)}:1`,
    found: quoted(names.join(",")),
    expected: "a time (timestamp, date, calc_time) and a rate (funding_rate, last_funding_rate, open)",
    remedy: "name the columns so, or download the funding rates with freqtrade",
  });
}

function minuteOf(timeMs: number, where: string): number {
  const minute = Math.round(timeMs / minuteMs) * minuteMs;
  if (Math.abs(timeMs - minute) <= tolerableMs) return minute;
  throw new InputError("FUNDING_TIME", "funding must be paid on a whole minute", {
    where,
    found: isoTime(timeMs),
    expected: `a time within ${tolerableMs / 1000} seconds of a minute`,
    remedy: "check that this is the time of the payment",
  });
}

function rateOf(cells: Cells, place: number, where: string): number {
  const decimal = cells.decimal(place);
  const text = cells.text(place).trim();
  const rate = Number.isNaN(decimal) ? (text === "" ? Number.NaN : Number(text)) : decimal;
  if (Math.abs(rate) <= highestRate) return rate;
  throw new InputError("FUNDING_RATE", "a funding rate must be a fraction, no more than a tenth", {
    where,
    found: quoted(text),
    expected: `a number from -${highestRate} to ${highestRate}, such as 0.0001 for 0.01 %`,
    remedy: "divide the rates by 100 if they are in percent, or replace the file",
  });
}

function outOfOrder(where: string, timeMs: number, beforeMs: number): InputError {
  const isTwice = timeMs === beforeMs;
  return new InputError(
    "FUNDING_ORDER",
    isTwice ? "two funding rates at one time" : "funding rates must be in ascending order of time",
    {
      where,
      found: `${isoTime(timeMs)} after ${isoTime(beforeMs)}`,
      expected: "each payment once, the oldest first",
      remedy: isTwice ? "keep the right one and delete the other" : "sort the rows by time",
    },
  );
}

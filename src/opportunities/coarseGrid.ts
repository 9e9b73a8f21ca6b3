import type { Market } from "../candles/candles.ts";
import { formatTimeframe } from "../candles/timeframe.ts";
import { InputError } from "../errors.ts";
import { escaped } from "../text.ts";
import type { SignalsFile } from "./equalRows.ts";
import type { OpportunityTable } from "./table.ts";

const minute = 60_000;
/** The timeframes of charts and exchanges, longest first; their bars open at whole multiples since 1970, UTC. */
const usualTimeframes = [1440, 720, 480, 360, 240, 120, 60, 30, 15, 5, 3].map((minutes) => minutes * minute);
/** With this many different times, all lie on a grid of half as many candles by chance once in a million files. */
const fewestTimes = 20;
/** Rounding error of a share of the close written with six digits. */
const writtenDigits = 1e-5;

/**
 * Refuses signals whose times all lie on a coarser grid than the candles: these are open times of longer bars, known only when those
 * closed. Read as candle times, they would look up to a whole bar into the future.
 */
export function refuseCoarseGrid(table: OpportunityTable, market: Market, { path, header }: SignalsFile): void {
  const { timeframeMs } = market;
  const gridMs = coarsestGrid(table, timeframeMs);
  if (gridMs === null) return;
  const times = new Set(table.timestampMs).size;
  if (times < fewestTimes) return;
  if (header.features.length + header.activations.length === 0 && isClockwork(table, market)) return;
  const [grid, candle] = [formatTimeframe(gridMs), formatTimeframe(timeframeMs)];
  throw new InputError(
    "TABLE_TIMEFRAME",
    "the signals are on a coarser grid than the candles, which would look into the future",
    {
      where: `${escaped(path)}, timestamp`,
      found: `all ${table.count} signals (${times} different times) are open times of ${grid} bars; the candles are ${candle}`,
      expected: `times of ${candle} candles, or the length of the signals' bars`,
      remedy:
        `use --signal-timeframe ${grid} if their bars are that long: each signal is then known at its bar's close; ` +
        `use --signal-timeframe ${candle} if they really were known when the ${candle} candle of their time closed`,
    },
  );
}

/** The longest usual timeframe above the candles' of which every time opens a bar; null if there is none. */
function coarsestGrid({ count, timestampMs }: OpportunityTable, timeframeMs: number): number | null {
  let grids = usualTimeframes.filter((gridMs) => gridMs > timeframeMs && gridMs % timeframeMs === 0);
  for (let row = 0; row < count && grids.length > 0; row++)
    if (grids.some((gridMs) => timestampMs[row]! % gridMs !== 0))
      grids = grids.filter((gridMs) => timestampMs[row]! % gridMs === 0);
  return grids[0] ?? null;
}

/**
 * Whether nothing in the rows can have been known later than the close of their candles: they are periodic (equal steps, one direction or
 * alternating, no features), and their ATR is a fixed share of the close of their own candle.
 */
function isClockwork(table: OpportunityTable, market: Market): boolean {
  const { count, timestampMs, direction, type, symbol, symbols, atr, bar } = table;
  const share = (row: number): number => atr[row]! / market.bySymbol.get(symbols[symbol[row]!]!)!.close[bar[row]!]!;
  const rows = Array.from({ length: count }, (_, row) => row).sort((a, b) => timestampMs[a]! - timestampMs[b]!);
  const step = timestampMs[rows[1]!]! - timestampMs[rows[0]!]!;
  return rows.every((row, k) => {
    const [before, twoBefore] = [rows[k - 1], rows[k - 2]];
    if (before === undefined) return true;
    const isInStep = timestampMs[row]! - timestampMs[before]! === step && symbol[row] === symbol[before];
    const turns = twoBefore === undefined || direction[row] === direction[twoBefore];
    return (
      isInStep && turns && type[row] === type[before] && Math.abs(share(row) / share(rows[0]!) - 1) <= writtenDigits
    );
  });
}

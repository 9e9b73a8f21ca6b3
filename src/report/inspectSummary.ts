import type { InspectedSymbol } from "./answers.ts";
import { columns } from "./columns.ts";
import { count, counted, minute } from "./figures.ts";
import { shorten } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { printableCopy } from "./printable.ts";

/** A timeframe in its usual short form: `15m`, `4h`, `1d`. */
export function timeframeText(timeframeMs: number): string {
  for (const [unit, unitMs] of [
    ["d", 86_400_000],
    ["h", 3_600_000],
    ["m", 60_000],
  ] as const)
    if (timeframeMs % unitMs === 0) return `${timeframeMs / unitMs}${unit}`;
  return `${timeframeMs / 1000}s`;
}

/** What is in a candle folder, a symbol a row: span, gaps, and what was mended while reading. */
export function inspectSummary(symbols: readonly InspectedSymbol[], paint: Paint): string {
  const rows = printableCopy(symbols).map(({ symbol, timeframeMs, firstOpenTimeMs, count: bars, gaps, defects }) => [
    shorten(symbol, 20),
    timeframeText(timeframeMs),
    minute(firstOpenTimeMs),
    minute(firstOpenTimeMs + (bars - 1) * timeframeMs),
    count(bars),
    count(gaps.length),
    count(gaps.reduce((longest, gap) => Math.max(longest, gap.bars), 0)),
    count(defects.filled),
    count(defects.duplicates),
    count(defects.dropped),
  ]);
  const heading = [
    "symbol",
    "bar",
    "first (UTC)",
    "last (UTC)",
    "bars",
    "gaps",
    "longest",
    "filled",
    "doubles",
    "dropped",
  ];
  const table = columns([heading], rows, ["left", ...heading.slice(1).map(() => "right" as const)], paint, "");
  return `${[...table, "", counted(rows.length, "symbol")].join("\n")}\n`;
}

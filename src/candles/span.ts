import { InputError } from "../errors.ts";
import { type Candles, openTimeMs } from "./candles.ts";
import { escaped } from "./csvRows.ts";
import { isoTime } from "./rowErrors.ts";

/** Which part of a series to keep; all of it unless said. */
export interface Span {
  /** First and last open time to keep, epoch ms; they need not lie on the grid. */
  readonly fromMs?: number;
  readonly toMs?: number;
  /** Only the last so many days of each symbol: they end with its last candle, or with the last one up to `toMs`. */
  readonly days?: number;
}

const dayMs = 86_400_000;

/** Refuses a span that no candle can lie in. */
export function checkSpan({ fromMs, toMs, days }: Span): void {
  const refuse = (where: string, found: string, expected: string): InputError =>
    new InputError("CANDLE_SPAN", "the span of time that was asked for is impossible", { where, found, expected });
  if (days !== undefined && !(days > 0 && days < Number.POSITIVE_INFINITY))
    throw refuse("days", String(days), "a number of days above 0");
  for (const [where, time] of [
    ["from", fromMs],
    ["to", toMs],
  ] as const)
    if (time !== undefined && !Number.isFinite(time)) throw refuse(where, String(time), "epoch milliseconds");
  if (fromMs !== undefined && toMs !== undefined && fromMs > toMs)
    throw refuse("from", `${fromMs} after to ${toMs}`, "from before to");
}

/** The part of a series that lies in the span, or null where none does. Doubles and dropped rows stay counted for the whole file. */
export function sliced(candles: Candles, { fromMs, toMs, days }: Span): Candles | null {
  const { timeframeMs, firstOpenTimeMs, count } = candles;
  const barOf = (timeMs: number): number => (timeMs - firstOpenTimeMs) / timeframeMs;
  const end = toMs === undefined ? count : Math.min(count, Math.floor(barOf(toMs)) + 1);
  const daysAgo = days === undefined ? 0 : end - (days * dayMs) / timeframeMs;
  const start = Math.max(0, Math.ceil(daysAgo), fromMs === undefined ? 0 : Math.ceil(barOf(fromMs)));
  if (end <= start) return null;
  if (start === 0 && end === count) return candles;
  const gaps = candles.gaps.flatMap(({ bar, bars }) => {
    const first = Math.max(bar, start);
    const after = Math.min(bar + bars, end);
    return after > first ? [{ bar: first - start, bars: after - first }] : [];
  });
  return {
    ...candles,
    firstOpenTimeMs: openTimeMs(candles, start),
    count: end - start,
    open: candles.open.slice(start, end),
    high: candles.high.slice(start, end),
    low: candles.low.slice(start, end),
    close: candles.close.slice(start, end),
    volume: candles.volume.slice(start, end),
    gaps,
    defects: { ...candles.defects, filled: gaps.reduce((sum, { bars }) => sum + bars, 0) },
  };
}

/** No candle of a file lies in the span that was asked for. */
export function outsideSpan(candles: Candles, path: string): InputError {
  return new InputError("CANDLE_SPAN", "no candle lies in the span of time that was asked for", {
    where: escaped(path),
    found: `candles from ${isoTime(candles.firstOpenTimeMs)} to ${isoTime(openTimeMs(candles, candles.count - 1))}`,
    expected: "a span that meets them",
    remedy: "change --from, --to or --days",
  });
}

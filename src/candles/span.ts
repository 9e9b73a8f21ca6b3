import { InputError } from "../errors.ts";
import { type Candles, candleFromTime, openTimeMs, part } from "./candles.ts";
import { isoTime } from "./rowErrors.ts";

/** Which part of a market to keep; default: all. */
export interface Span {
  /** First and last open time to keep, epoch ms; they need not lie on the grid. */
  readonly fromMs?: number;
  readonly toMs?: number;
  /** Only this many days before `toMs`, or before the end of the newest candle of any symbol. */
  readonly days?: number;
}

/** First and last open time to keep, the same for every symbol. */
export interface Window {
  readonly fromMs: number;
  readonly toMs: number;
}

const dayMs = 86_400_000;

/** Refuses a span that cannot contain a candle. */
export function checkSpan({ fromMs, toMs, days }: Span): void {
  const refuse = (where: string, found: string, expected: string): InputError =>
    new InputError("CANDLE_SPAN", "the requested time span is invalid", { where, found, expected });
  if (days !== undefined && !(days > 0 && days < Number.POSITIVE_INFINITY))
    throw refuse("days", String(days), "a number of days above 0");
  for (const [where, time] of [
    ["from", fromMs],
    ["to", toMs],
  ] as const)
    if (time !== undefined && !Number.isFinite(time)) throw refuse(where, String(time), "epoch milliseconds");
  if (fromMs !== undefined && toMs !== undefined && fromMs > toMs)
    throw refuse("from", `from ${spoken(fromMs)}, to ${spoken(toMs)}`, "from before to");
}

/** A time for a message; a number beyond what a calendar holds stays one. */
function spoken(timeMs: number): string {
  return Math.abs(timeMs) > 8.64e15 ? String(timeMs) : new Date(timeMs).toISOString();
}

/** One window for a whole market; `newestEndMs` is the close of the newest candle of any symbol, needed only if days are counted from it. */
export function windowOf({ fromMs, toMs, days }: Span, timeframeMs: number, newestEndMs: number): Window {
  const end = toMs === undefined ? newestEndMs : Math.min(newestEndMs, toMs + timeframeMs);
  return {
    fromMs: Math.max(
      fromMs ?? Number.NEGATIVE_INFINITY,
      days === undefined ? Number.NEGATIVE_INFINITY : end - days * dayMs,
    ),
    toMs: toMs ?? Number.POSITIVE_INFINITY,
  };
}

/** The part of a series that lies in the window, in columns of its own, or null if there is none. Duplicates and dropped rows stay counted for the whole series. */
export function sliced(candles: Candles, { fromMs, toMs }: Window): Candles | null {
  const from = candleFromTime(candles, fromMs);
  // A time on the grid is inside the span.
  let to = candleFromTime(candles, toMs);
  if (to < candles.count && openTimeMs(candles, to) === toMs) to++;
  if (to <= from) return null;
  if (from === 0 && to === candles.count) return candles;
  const kept = part(candles, from, to);
  return {
    ...kept,
    times: kept.times?.slice() ?? null,
    open: kept.open.slice(),
    high: kept.high.slice(),
    low: kept.low.slice(),
    close: kept.close.slice(),
    volume: kept.volume.slice(),
    ...(kept.fundingSums && { fundingSums: kept.fundingSums.slice() }),
  };
}

/** No candle of any symbol is in the window; `where` is the folder or the series. */
export function outsideSpan(first: Candles, where: string): InputError {
  return new InputError("CANDLE_SPAN", "no candles in the requested time span", {
    where,
    found: `${first.symbol}: candles from ${isoTime(openTimeMs(first, 0))} to ${isoTime(openTimeMs(first, first.count - 1))}`,
    expected: "a span that overlaps them",
    remedy: "change --from, --to or --days",
  });
}

import { merged, type Row, rowsOf } from "./rows.ts";

/** One market's candles, a page at a time. */
export interface CandleSource {
  readonly timeframeMs: number;
  /** Candles that one request may return. */
  readonly limit: number;
  /** The exchange's answer: candles from a time on. */
  ask(sinceMs: number): Promise<unknown>;
}

/** The open times of candles to fetch: from `fromMs`, up to but without `endMs`. */
export interface TimeSpan {
  readonly fromMs: number;
  readonly endMs: number;
}

/**
 * The candles of a span in order, a page at a time, each once, wherever the exchange cuts its answers. A page with a gap, and an empty one, is asked for
 * once more, and what either answer has counts. Throws InputError if two answers contradict each other.
 */
export async function* candlesBetween(source: CandleSource, { fromMs, endMs }: TimeSpan): AsyncGenerator<Row[]> {
  const { timeframeMs, limit } = source;
  for (let sinceMs = fromMs; sinceMs < endMs; ) {
    let { rows, isBeyond } = split(await source.ask(sinceMs), endMs);
    const gapMs = firstGap(rows, sinceMs, timeframeMs);
    if (gapMs !== null) {
      const again = split(await source.ask(gapMs), endMs);
      rows = merged(rows, again.rows);
      isBeyond ||= again.isBeyond;
    }
    const page = rows.filter(([timeMs]) => timeMs >= sinceMs);
    if (page.length > 0) yield page;
    // Candles beyond the span alone: it has no more. Nothing at all may be a hole that is longer than a page.
    else if (isBeyond) return;
    const last = page.at(-1)?.[0];
    sinceMs = last === undefined ? sinceMs + limit * timeframeMs : last + timeframeMs;
  }
}

/** An answer's candles of the span by time, and whether it has later ones, the last of which may not be finished. */
function split(answer: unknown, endMs: number): { readonly rows: Row[]; readonly isBeyond: boolean } {
  const rows = rowsOf(answer);
  const within = rows.filter(([timeMs]) => timeMs < endMs);
  return { rows: merged([], within), isBeyond: within.length < rows.length };
}

/** The first time at which an answer should have a candle and has none; null if it has no gap. An empty answer is a gap. */
function firstGap(rows: readonly Row[], sinceMs: number, timeframeMs: number): number | null {
  let expectedMs = sinceMs;
  for (const [timeMs] of rows) {
    if (timeMs - expectedMs >= timeframeMs) return expectedMs;
    if (timeMs >= sinceMs) expectedMs = timeMs + timeframeMs;
  }
  return expectedMs === sinceMs ? sinceMs : null;
}

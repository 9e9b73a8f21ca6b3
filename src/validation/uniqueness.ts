import type { Trade } from "../search/trades.ts";

/**
 * Average uniqueness of each trade: 1 / the number of these trades that are open (over all symbols), averaged over the bars it is
 * open, above 0 to 1 (Lopez de Prado 2018, chapter 4). A trade is open from the bar after its signal to its exit bar, at least one bar.
 */
export function averageUniqueness(
  trades: readonly Pick<Trade, "entryTimeMs" | "exitTimeMs">[],
  barMs: number,
): Float64Array {
  const starts = Float64Array.from(trades, (trade) => trade.entryTimeMs);
  const ends = Float64Array.from(trades, (trade) => Math.max(trade.exitTimeMs, trade.entryTimeMs + barMs));
  const share = openShares(starts, ends);
  return starts.map((start, k) => (share(ends[k]!) - share(start)) / (ends[k]! - start));
}

/** Integral of 1 / (number of open intervals) from the first start to one of the starts or ends; no interval open adds nothing. */
function openShares(starts: Float64Array, ends: Float64Array): (timeMs: number) => number {
  const sortedStarts = starts.slice().sort();
  const sortedEnds = ends.slice().sort();
  const shares = new Map<number, number>();
  let share = 0;
  let open = 0;
  let lastMs = sortedStarts[0] ?? 0;
  for (let s = 0, e = 0; e < sortedEnds.length; ) {
    const timeMs = Math.min(sortedStarts[s] ?? Number.POSITIVE_INFINITY, sortedEnds[e]!);
    if (open > 0) share += (timeMs - lastMs) / open;
    for (; s < sortedStarts.length && sortedStarts[s] === timeMs; s++) open++;
    for (; e < sortedEnds.length && sortedEnds[e] === timeMs; e++) open--;
    shares.set(timeMs, share);
    lastMs = timeMs;
  }
  return (timeMs) => shares.get(timeMs)!;
}

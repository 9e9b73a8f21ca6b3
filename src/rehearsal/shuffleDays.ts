import { type Candles, type Market, openTimeMs } from "../candles/candles.ts";
import type { CandleSeries } from "../candles/series.ts";
import { uniformFrom } from "../random.ts";

const dayMs = 86_400_000;

/**
 * A market with its whole UTC days in a different order, the same for all symbols: moves within a day, at its beginning, and between symbols
 * stay the same, and no day predicts the next. Each day is a day of the original, its prices multiplied by one factor, so that log returns
 * are kept and prices stay continuous. Incomplete days at either end stay where they are.
 */
export function shuffledDays(market: Market, seed: number): CandleSeries[] {
  const all = [...market.bySymbol.values()];
  const first = Math.min(...all.map((candles) => openTimeMs(candles, 0)));
  const last = Math.max(...all.map((candles) => openTimeMs(candles, candles.count - 1)));
  const from = Math.ceil(first / dayMs);
  const count = Math.max(0, Math.floor((last + market.timeframeMs) / dayMs) - from);
  const order = shuffled(count, seed);
  const dayAt = (day: number): number => (day < from || day >= from + count ? day : from + order[day - from]!);
  const days = { from: Math.floor(first / dayMs), to: Math.floor(last / dayMs) };
  return all.map((candles) => shuffledSeries(candles, days, dayAt));
}

/** A random permutation of 0 to count - 1, all equally likely (Fisher and Yates). */
function shuffled(count: number, seed: number): Uint32Array {
  const uniform = uniformFrom(seed);
  const order = Uint32Array.from({ length: count }, (_, k) => k);
  for (let k = count - 1; k > 0; k--) {
    const other = Math.floor(uniform() * (k + 1));
    [order[k], order[other]] = [order[other]!, order[k]!];
  }
  return order;
}

function shuffledSeries(
  candles: Candles,
  days: { readonly from: number; readonly to: number },
  dayAt: (day: number) => number,
): CandleSeries {
  const starts = new Map<number, { from: number; to: number }>();
  for (let k = 0; k < candles.count; k++) {
    const day = Math.floor(openTimeMs(candles, k) / dayMs);
    const there = starts.get(day);
    if (there) there.to = k + 1;
    else starts.set(day, { from: k, to: k + 1 });
  }
  const { symbol, count } = candles;
  const column = (): Float64Array => new Float64Array(count);
  const [times, open, high, low, close] = [column(), column(), column(), column(), column()];
  const volume = new Float64Array(candles.volume.length);
  let to = 0;
  for (let day = days.from; day <= days.to; day++) {
    const source = starts.get(dayAt(day));
    if (!source) continue;
    const moved = (day - dayAt(day)) * dayMs;
    const before = source.from === 0 ? candles.open[0]! : candles.close[source.from - 1]!;
    const factor =
      (to === 0 ? candles.open[source.from]! : close[to - 1]!) / (to === 0 ? candles.open[source.from]! : before);
    for (let k = source.from; k < source.to; k++, to++) {
      times[to] = openTimeMs(candles, k) + moved;
      open[to] = candles.open[k]! * factor;
      high[to] = candles.high[k]! * factor;
      low[to] = candles.low[k]! * factor;
      close[to] = candles.close[k]! * factor;
      if (volume.length > 0) volume[to] = candles.volume[k]!;
    }
  }
  return { symbol, times, open, high, low, close, volume };
}

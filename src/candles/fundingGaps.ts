import { type Candles, endTimeMs, type FundingRates, openTimeMs } from "./candles.ts";

/** No exchange lets more time pass between two payments. */
export const longestIntervalMs = 8 * 3_600_000;
const minuteMs = 60_000;

/** What was charged of a series, and for how many hours the rates are unknown; null if funding is a constant. */
export function fundingCountsOf(candles: Candles): { readonly payments: number; readonly unknownHours: number } | null {
  const rates = candles.fundingRates;
  if (!rates) return null;
  const [fromMs, toMs] = [openTimeMs(candles, 0), endTimeMs(candles)];
  const payments = rates.timeMs.filter((timeMs) => timeMs >= fromMs && timeMs < toMs).length;
  const unknownMs = gapsOf(candles, rates).reduce((sum, gap) => sum + gap.toMs - gap.fromMs, 0);
  return { payments, unknownHours: unknownMs / 3_600_000 };
}

/** A stretch of time, epoch ms. */
export interface Gap {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Stretches of a series' time in which a payment must be missing, because more time passes than exchanges let pass. */
export function gapsOf(candles: Candles, { timeMs }: FundingRates): Gap[] {
  const [fromMs, toMs] = [openTimeMs(candles, 0), endTimeMs(candles)];
  const gaps: Gap[] = [];
  // Where nothing is known before the first candle, a payment may have been due just before it.
  let beforeMs = timeMs[0]! < fromMs ? timeMs[0]! : fromMs - minuteMs;
  for (const nextMs of [...timeMs.filter((time) => time > beforeMs && time < toMs), toMs]) {
    if (nextMs > fromMs && nextMs - beforeMs > longestIntervalMs)
      gaps.push({ fromMs: Math.max(fromMs, beforeMs), toMs: nextMs });
    beforeMs = nextMs;
  }
  return gaps;
}

import type { Indicators } from "./indicators.ts";

/** Trend of each bar, -2..2: close, EMA 20 and EMA 50 in order give the sign, 0 if mixed; 2 if the EMAs are 3 % apart or more. */
export function trendsOf(closes: Float64Array, { ema20, ema50 }: Pick<Indicators, "ema20" | "ema50">): Int8Array {
  const trends = new Int8Array(closes.length);
  for (let bar = 0; bar < closes.length; bar++) trends[bar] = trendOf(closes[bar]!, ema20[bar]!, ema50[bar]!);
  return trends;
}

/** Trend of one bar, -2..2, from its close, EMA 20 and EMA 50; 0 while one of them is not warm (NaN). */
export function trendOf(close: number, fast: number, slow: number): number {
  const strength = emaDistance(fast, slow) >= 0.03 ? 2 : 1;
  if (close > fast && fast > slow) return strength;
  return close < fast && fast < slow ? -strength : 0;
}

/** How far EMA 20 and 50 are apart, a fraction of the slower. */
export function emaDistance(ema20: number, ema50: number): number {
  return Math.abs(ema20 - ema50) / ema50;
}

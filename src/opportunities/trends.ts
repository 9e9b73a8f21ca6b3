import type { Indicators } from "./indicators.ts";

/** Trend of each bar, -2..2: close, EMA 20 and EMA 50 in order give the sign, 0 if mixed; 2 if the EMAs are 3 % apart or more. */
export function trendsOf(closes: Float64Array, { ema20, ema50 }: Pick<Indicators, "ema20" | "ema50">): Int8Array {
  const trends = new Int8Array(closes.length);
  for (let bar = 0; bar < closes.length; bar++) {
    const close = closes[bar]!;
    const fast = ema20[bar]!;
    const slow = ema50[bar]!;
    const strength = emaDistance(fast, slow) >= 0.03 ? 2 : 1;
    if (close > fast && fast > slow) trends[bar] = strength;
    else if (close < fast && fast < slow) trends[bar] = -strength;
  }
  return trends;
}

/** How far EMA 20 and 50 are apart, a fraction of the slower. */
export function emaDistance(ema20: number, ema50: number): number {
  return Math.abs(ema20 - ema50) / ema50;
}

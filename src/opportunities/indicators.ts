import { ATR, EMA, MACD, RSI } from "trading-signals";
import type { Candles } from "../candles/candles.ts";
import { InputError } from "../errors.ts";

/** Indicators of one series, one value a bar, NaN while not warm. */
export interface Indicators {
  readonly ema20: Float64Array;
  readonly ema50: Float64Array;
  /** RSI 14, Wilder's smoothing; 0-100. */
  readonly rsi14: Float64Array;
  /** MACD 12/26/9 histogram, price units. */
  readonly macdHistogram: Float64Array;
  /** ATR 14, Wilder's smoothing; price units. */
  readonly atr14: Float64Array;
}

export function indicatorsOf(candles: Candles): Indicators {
  const macd = new MACD(new EMA(12), new EMA(26), new EMA(9));
  const rsi = new RSI(14);
  return {
    ...emasOf(candles.close),
    rsi14: candles.close.map((close) => rsi.update(close, false) ?? Number.NaN),
    macdHistogram: candles.close.map((close) => macd.update(close, false)?.histogram ?? Number.NaN),
    atr14: wilderAtr(candles),
  };
}

/** EMA 20 and 50 of closes, NaN while not warm. */
export function emasOf(closes: Float64Array): Pick<Indicators, "ema20" | "ema50"> {
  const warm = (interval: number): Float64Array => {
    const ema = new EMA(interval);
    return closes.map((close, bar) => {
      const value = ema.update(close, false);
      return bar >= interval - 1 ? value : Number.NaN;
    });
  };
  return { ema20: warm(20), ema50: warm(50) };
}

/** ATR 14 by Wilder in price units, one value a bar, NaN while not warm. */
export function wilderAtr(candles: Candles): Float64Array {
  const atr = new ATR(14);
  const candle = { high: 0, low: 0, close: 0 };
  return candles.close.map((close, bar) => {
    candle.high = candles.high[bar]!;
    candle.low = candles.low[bar]!;
    candle.close = close;
    return atr.update({ ...candle }, false) ?? Number.NaN;
  });
}

/** Volume over the mean volume of the 20 bars before; NaN in the first 20, 0 where those had none. */
export function volumeRatios(volume: Float64Array): Float64Array {
  return volume.map((value, bar) => {
    if (bar < 20) return Number.NaN;
    let sum = 0;
    for (let before = bar - 20; before < bar; before++) sum += volume[before]!;
    return sum > 0 ? value / (sum / 20) : 0;
  });
}

/** Trend of each bar, -2..2: close, EMA 20 and EMA 50 in order give the sign, 0 if mixed; 2 where the EMAs are 3 % apart or more. */
export function trendsOf(closes: Float64Array, { ema20, ema50 }: Pick<Indicators, "ema20" | "ema50">): Int8Array {
  return Int8Array.from(closes, (close, bar) => {
    const fast = ema20[bar]!;
    const slow = ema50[bar]!;
    const strength = emaDistance(fast, slow) >= 0.03 ? 2 : 1;
    if (close > fast && fast > slow) return strength;
    if (close < fast && fast < slow) return -strength;
    return 0;
  });
}

/** How far EMA 20 and 50 are apart, a fraction of the slower. */
export function emaDistance(ema20: number, ema50: number): number {
  return Math.abs(ema20 - ema50) / ema50;
}

/** What a higher timeframe says at each base bar: from its bars that had closed by that bar's close. */
export interface HigherTimeframe {
  /** Closed bars so far. */
  readonly closedBars: Int32Array;
  readonly trend: Int8Array;
  readonly emaDistance: Float64Array;
}

/** Aggregates candles to `hours`-hour bars on the epoch grid (whole ones only) and reads their trend at each base bar. */
export function higherTimeframe(candles: Candles, hours: number): HigherTimeframe {
  const { timeframeMs, firstOpenTimeMs, count } = candles;
  const spanMs = hours * 3_600_000;
  if (spanMs % timeframeMs !== 0)
    throw new InputError("SCAN_TIMEFRAME", "the scanner needs candles that divide one hour", {
      found: `candles of ${timeframeMs / 60_000} minutes`,
      expected: "15m, or another timeframe of 60 minutes or less that divides an hour",
    });
  const perBar = spanMs / timeframeMs;
  const closedBars = new Int32Array(count);
  const closes: number[] = [];
  for (let bar = 0; bar < count; bar++) {
    const closeTime = firstOpenTimeMs + (bar + 1) * timeframeMs;
    if (closeTime % spanMs === 0 && bar + 1 >= perBar) closes.push(candles.close[bar]!);
    closedBars[bar] = closes.length;
  }
  const closeColumn = Float64Array.from(closes);
  const emas = emasOf(closeColumn);
  const trends = trendsOf(closeColumn, emas);
  return {
    closedBars,
    trend: Int8Array.from(closedBars, (closed) => (closed > 0 ? trends[closed - 1]! : 0)),
    emaDistance: Float64Array.from(closedBars, (closed) =>
      closed > 0 ? emaDistance(emas.ema20[closed - 1]!, emas.ema50[closed - 1]!) : Number.NaN,
    ),
  };
}

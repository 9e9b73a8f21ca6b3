import { ATR, EMA, MACD, RSI } from "trading-signals";
import { type Candles, stretchesOf } from "../candles/candles.ts";

/** Indicators of one series, one value per bar, NaN while not warm. */
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

/** The first bar whose MACD histogram has both its slow EMA (26) and its signal line (9) full. */
const macdWarmBar = 26 + 9 - 2;

/** Indicators of candles without a break, in their own timeframe. */
export function indicatorsOf(candles: Candles): Indicators {
  const macd = new MACD(new EMA(12), new EMA(26), new EMA(9));
  const rsi = new RSI(14);
  return {
    ...emasOf(candles.close),
    rsi14: candles.close.map((close) => rsi.update(close, false) ?? Number.NaN),
    macdHistogram: candles.close.map((close, bar) => {
      const value = macd.update(close, false);
      return value && bar >= macdWarmBar ? value.histogram : Number.NaN;
    }),
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

/** ATR 14 by Wilder in price units, one value per candle, NaN while not warm; it warms up anew after a break. */
export function wilderAtr(candles: Candles): Float64Array {
  const values = new Float64Array(candles.count);
  for (const { first, candles: stretch } of stretchesOf(candles)) {
    const { high, low, close, count } = stretch;
    const atr = new ATR(14);
    for (let bar = 0; bar < count; bar++)
      values[first + bar] = atr.update({ high: high[bar]!, low: low[bar]!, close: close[bar]! }, false) ?? Number.NaN;
  }
  return values;
}

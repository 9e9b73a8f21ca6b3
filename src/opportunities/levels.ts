import type { Candles } from "../candles/candles.ts";
import { candleFrom, slotOf } from "../candles/slots.ts";
import { knownSwings, type Swings } from "./swings.ts";

/** Nearest levels around a close, in price; NaN if there is none. */
export interface Levels {
  readonly support: number;
  readonly resistance: number;
}

const lookbackBars = 200;
const touchShare = 0.005;
const episodeBars = 5;

/** The nearest swing low below and swing high above the close of `bar`, among the last 200 bars and known by then. */
export function levelsAt(candles: Pick<Candles, "high" | "low" | "close">, swings: Swings, bar: number): Levels {
  const close = candles.close[bar]!;
  let support = Number.NaN;
  let resistance = Number.NaN;
  for (let k = knownSwings(swings.lows, bar) - 1; k >= 0 && swings.lows[k]! > bar - lookbackBars; k--) {
    const level = candles.low[swings.lows[k]!]!;
    if (level < close && !(level <= support)) support = level;
  }
  for (let k = knownSwings(swings.highs, bar) - 1; k >= 0 && swings.highs[k]! > bar - lookbackBars; k--) {
    const level = candles.high[swings.highs[k]!]!;
    if (level > close && !(level >= resistance)) resistance = level;
  }
  return { support, resistance };
}

/** Distance to the opposing level over distance to the supporting one, 0-10: 0 without a supporting level, 10 without an opposing one. */
export function riskReward(close: number, { support, resistance }: Levels, direction: 1 | -1): number {
  const [supporting, opposing] = direction === 1 ? [support, resistance] : [resistance, support];
  if (Number.isNaN(supporting)) return 0;
  if (Number.isNaN(opposing)) return 10;
  return Math.min(10, Math.abs(opposing - close) / Math.abs(close - supporting));
}

/** Touches and failed breaks of the supporting level in the last `bars` bars of time up to and including `bar`. 0 without a level. */
export function levelHistory(
  candles: Pick<Candles, "count" | "slots" | "high" | "low" | "close">,
  level: number,
  bar: number,
  bars: number,
  direction: 1 | -1,
): { tests: number; falseBreaks: number } {
  if (Number.isNaN(level)) return { tests: 0, falseBreaks: 0 };
  const { high, low, close } = candles;
  const upper = level * (1 + touchShare);
  const lower = level * (1 - touchShare);
  const isBeyond = (at: number): boolean => direction * (close[at]! - level) < 0;
  let tests = 0;
  let falseBreaks = 0;
  let lastTouch = Number.NEGATIVE_INFINITY;
  for (let at = candleFrom(candles, slotOf(candles, bar) - bars + 1); at <= bar; at++) {
    if (low[at]! <= upper && high[at]! >= lower) {
      if (at - lastTouch >= episodeBars) tests++;
      lastTouch = at;
    }
    if (at > 0 && isBeyond(at) && !isBeyond(at - 1))
      for (let back = at + 1; back <= Math.min(bar, at + episodeBars); back++)
        if (!isBeyond(back)) {
          falseBreaks++;
          break;
        }
  }
  return { tests, falseBreaks };
}

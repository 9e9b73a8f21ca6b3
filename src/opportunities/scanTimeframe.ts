import { InputError } from "../errors.ts";

const hourMs = 3_600_000;

/** Refuses candles that the scanner cannot make whole hours of. */
export function requireScanTimeframe(timeframeMs: number, symbol: string): void {
  if (hourMs % timeframeMs !== 0)
    throw new InputError("SCAN_TIMEFRAME", "the scanner needs candles whose timeframe divides one hour", {
      found: `${symbol}: candles of ${timeframeMs / 60_000} minutes`,
      expected: "15m, or another timeframe that divides 60 minutes",
      remedy: "use candles of such a timeframe, or your own signals with --signals",
    });
}

import { type Candles, endTimeMs, type Market, openTimeMs } from "../candles/candles.ts";
import { formatTimeframe } from "../candles/timeframe.ts";
import { InputError } from "../errors.ts";

/** The span of a market's candles: the first open and the last close of any symbol, epoch ms. */
export function reachOf(market: Market): { readonly fromMs: number; readonly endMs: number } {
  const all: readonly Candles[] = [...market.bySymbol.values()];
  return {
    fromMs: Math.min(...all.map((candles) => openTimeMs(candles, 0))),
    endMs: Math.max(...all.map(endTimeMs)),
  };
}

/**
 * The nights of a rehearsal in order of time, counted back from the last close: each has a whole window before it and a whole interval
 * between nights after it. Throws InputError if there is none.
 */
export function nightsOf(market: Market, everyMs: number, windowMs: number): number[] {
  const { fromMs, endMs } = reachOf(market);
  const nights: number[] = [];
  for (let night = endMs - everyMs; night - windowMs >= fromMs; night -= everyMs) nights.unshift(night);
  if (nights.length === 0)
    throw new InputError(
      "REHEARSAL_SPAN",
      "too few candles for a rehearsal: it needs one window and the days after it",
      {
        where: "--window, --every",
        found: `${((endMs - fromMs) / 86_400_000).toFixed(1)} days of candles`,
        expected: `${formatTimeframe(windowMs + everyMs)} or more`,
        remedy: "use more candles, or a shorter --window or --every",
      },
    );
  return nights;
}

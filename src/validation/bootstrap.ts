import type { Purse } from "../portfolio/purse.ts";
import { uniformFrom } from "../random.ts";
import { varianceOf } from "../search/spread.ts";
import type { Trade } from "../search/trades.ts";
import { blockDaysOf, type DaySpan, dayOf, purseDays } from "./days.ts";
import { type TestFinding, testLimits } from "./finding.ts";
import { type Histogram, histogramOf } from "./histogram.ts";
import { resampleBlocks } from "./stationaryBootstrap.ts";
import { meanPoints, quantileOf, withoutRounding } from "./tradeSums.ts";

const resamples = 2000;

export interface Bootstrap {
  /** 95 % interval of avg_return, points. */
  readonly low: number;
  readonly high: number;
  /** 95th percentile of max_drawdown, points. */
  readonly drawdown95: number;
  /** avg_return of the resamples, points. */
  readonly means: Histogram;
}

/**
 * Stationary bootstrap of the days of a span, each with the trades entered on it in the order of their exits; null if fewer than two days
 * have trades. Trades that are equal except for rounding have an interval of zero width. A resample's drawdown uses the order of its trades.
 */
export function bootstrapTrades(trades: readonly Trade[], span: DaySpan, seed: number): Bootstrap | null {
  const days: number[][] = Array.from({ length: span.count }, () => []);
  const ordered = [...trades].sort(
    (a, b) => a.exitTimeMs - b.exitTimeMs || a.entryTimeMs - b.entryTimeMs || a.row - b.row,
  );
  for (const trade of ordered) days[dayOf(trade, span)]!.push(100 * trade.return);
  if (days.filter((points) => points.length > 0).length < 2) return null;
  const { means, falls } = resampled(blockDaysOf(trades), span, seed, (drawn) => {
    let [equity, peak, fall, count] = [0, 0, 0, 0];
    for (const day of drawn)
      for (const points of days[day]!) {
        equity += points;
        count++;
        if (equity > peak) peak = equity;
        else if (peak - equity > fall) fall = peak - equity;
      }
    return { mean: count === 0 ? 0 : equity / count, fall };
  });
  const drawdown95 = quantileOf(falls, 0.95);
  const histogram = histogramOf(means)!;
  const mean = meanPoints(trades);
  const points = days.flat();
  const squares = points.reduce((sum, value) => sum + value * value, 0);
  if (varianceOf(points, 1, squares, mean) === 0) return { low: mean, high: mean, drawdown95, means: histogram };
  return {
    low: withoutRounding(quantileOf(means, 0.025)),
    high: withoutRounding(quantileOf(means, 0.975)),
    drawdown95,
    means: histogram,
  };
}

/**
 * The same of what a purse gained by day: the mean a day, percent of equity, and the deepest fall of equity compounded over a resample's days, percent of
 * its peak; null if fewer than two days have trades.
 */
export function bootstrapPurse(purse: Purse, span: DaySpan, seed: number): Bootstrap | null {
  const { counts } = purseDays(purse, span);
  if (counts.filter((trades) => trades > 0).length < 2) return null;
  const { returns, trades } = purse;
  const { means, falls } = resampled(blockDaysOf(trades), span, seed, (drawn) => {
    let [equity, peak, fall, total] = [1, 1, 0, 0];
    for (const day of drawn) {
      total += returns[day]!;
      equity *= 1 + returns[day]! / 100;
      if (equity > peak) peak = equity;
      else fall = Math.max(fall, 1 - equity / peak);
    }
    return { mean: total / span.count, fall: 100 * fall };
  });
  return {
    low: withoutRounding(quantileOf(means, 0.025)),
    high: withoutRounding(quantileOf(means, 0.975)),
    drawdown95: quantileOf(falls, 0.95),
    means: histogramOf(means)!,
  };
}

/** Means and falls of all resamples of a span's days, each in ascending order. `of` is given the days that were drawn, as places in the span. */
function resampled(
  blockDays: number,
  { count }: DaySpan,
  seed: number,
  of: (drawn: Uint32Array) => { readonly mean: number; readonly fall: number },
): { readonly means: Float64Array; readonly falls: Float64Array } {
  const uniform = uniformFrom(seed);
  const drawn = new Uint32Array(count);
  const means = new Float64Array(resamples);
  const falls = new Float64Array(resamples);
  for (let b = 0; b < resamples; b++) {
    resampleBlocks(drawn, count, blockDays, uniform);
    const { mean, fall } = of(drawn);
    means[b] = mean;
    falls[b] = fall;
  }
  return { means: means.sort(), falls: falls.sort() };
}

/** The bootstrap row of the verdict table, from the hold-out trades or what a purse made of them; an interval cannot be computed from a single day. */
export function bootstrapTest(
  holdout: readonly Trade[],
  span: DaySpan,
  seed: number,
  purse: Purse | null = null,
): TestFinding {
  const result = purse ? bootstrapPurse(purse, span, seed) : bootstrapTrades(holdout, span, seed);
  const mark = purse ? purse.returns.reduce((sum, gained) => sum + gained, 0) / span.count : meanPoints(holdout);
  return {
    name: "bootstrap",
    outcome: result && result.low > testLimits.bootstrap.above ? "passed" : "warning",
    figure: result?.low ?? null,
    threshold: testLimits.bootstrap,
    figures: result
      ? {
          low: result.low,
          high: result.high,
          drawdown_95: result.drawdown95,
          resamples,
          ...(purse && { by_equity: 1 }),
        }
      : {},
    ...(result && { picture: { histogram: result.means, mark } }),
  };
}

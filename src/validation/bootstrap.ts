import { uniformFrom } from "../core/random.ts";
import { varianceOf } from "../search/spread.ts";
import type { Trade } from "../search/trades.ts";
import type { TestResult } from "./result.ts";
import { resampleBlocks } from "./stationaryBootstrap.ts";
import { meanPoints, quantileOf, withoutRounding } from "./tradeSums.ts";

const resamples = 2000;
const meanBlockTrades = 10;

export interface Bootstrap {
  /** 95 % interval of avg_return, points. */
  readonly low: number;
  readonly high: number;
  /** 95th percentile of max_drawdown, points. */
  readonly drawdown95: number;
}

/** Stationary bootstrap of trades in time order; null without trades. Trades that are equal but for rounding have an interval of no width. A resample's drawdown takes its trades as they come. */
export function bootstrapTrades(trades: readonly Trade[], seed: number): Bootstrap | null {
  if (trades.length === 0) return null;
  const ordered = [...trades].sort(
    (a, b) => a.exitTimeMs - b.exitTimeMs || a.entryTimeMs - b.entryTimeMs || a.row - b.row,
  );
  const points = Float64Array.from(ordered, (trade) => 100 * trade.return);
  const uniform = uniformFrom(seed);
  const indices = new Uint32Array(points.length);
  const means = new Float64Array(resamples);
  const falls = new Float64Array(resamples);
  for (let b = 0; b < resamples; b++) {
    resampleBlocks(indices, points.length, meanBlockTrades, uniform);
    let equity = 0;
    let peak = 0;
    let fall = 0;
    for (const index of indices) {
      equity += points[index]!;
      if (equity > peak) peak = equity;
      else if (peak - equity > fall) fall = peak - equity;
    }
    means[b] = equity / points.length;
    falls[b] = fall;
  }
  means.sort();
  falls.sort();
  const drawdown95 = quantileOf(falls, 0.95);
  const mean = meanPoints(trades);
  const squares = points.reduce((sum, value) => sum + value * value, 0);
  if (varianceOf(points, 1, squares, mean) === 0) return { low: mean, high: mean, drawdown95 };
  return {
    low: withoutRounding(quantileOf(means, 0.025)),
    high: withoutRounding(quantileOf(means, 0.975)),
    drawdown95,
  };
}

/** The bootstrap row of the verdict table, from the hold-out trades. */
export function bootstrapTest(holdout: readonly Trade[], seed: number): TestResult {
  const result = bootstrapTrades(holdout, seed);
  return {
    name: "bootstrap",
    outcome: !result ? "failed" : result.low > 0 ? "passed" : "warning",
    figure: result?.low ?? null,
    threshold: "95 % interval of the hold-out's avg_return above 0",
    figures: result ? { low: result.low, high: result.high, drawdown_95: result.drawdown95, resamples } : {},
  };
}

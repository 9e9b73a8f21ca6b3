import type { ExitReason, Metrics, Trade } from "./trades.ts";

export const exitReasons: readonly ExitReason[] = [
  "take_profit",
  "stop_loss",
  "trailing_stop",
  "timeout",
  "end_of_data",
];

/** What `metricsOf` needs of a trade. `row` breaks the last tie of the drawdown's order. */
export type TradeOutcome = Pick<
  Trade,
  "row" | "entryTimeMs" | "exitTimeMs" | "return" | "bars" | "reason" | "objective"
>;

/**
 * Metrics of one parameter set from its captured trades, summed in the order given (table order wherever results are compared).
 * `objectiveTotal` counts ALL objective opportunities of the type, captured or not. Everything is 0 without trades.
 */
export function metricsOf(trades: readonly TradeOutcome[], objectiveTotal: number, hoursPerBar: number): Metrics {
  const n = trades.length;
  const reasonCount: Record<ExitReason, number> = {
    take_profit: 0,
    stop_loss: 0,
    trailing_stop: 0,
    timeout: 0,
    end_of_data: 0,
  };
  let total = 0;
  let squares = 0;
  let gain = 0;
  let loss = 0;
  let downsideSquares = 0;
  let wins = 0;
  let objective = 0;
  let bars = 0;
  for (const trade of trades) {
    const points = 100 * trade.return;
    total += points;
    squares += points * points;
    if (points > 0) {
      gain += points;
      wins++;
    } else {
      loss += points;
      downsideSquares += points * points;
    }
    if (trade.objective) objective++;
    bars += trade.bars;
    reasonCount[trade.reason]++;
  }
  const share = (count: number): number => (n === 0 ? 0 : count / n);
  const mean = n === 0 ? 0 : total / n;
  const stdev = n < 2 ? 0 : Math.sqrt(varianceOf(squares, mean, n));
  const avgWin = wins === 0 ? 0 : gain / wins;
  const avgLoss = n === wins ? 0 : loss / (n - wins);
  return {
    n,
    win_rate: share(wins),
    avg_return: mean,
    total_return: total,
    stdev,
    avg_win: avgWin,
    avg_loss: avgLoss,
    payoff: n === 0 ? 0 : avgLoss === 0 ? noLoss : Math.abs(avgWin / avgLoss),
    profit_factor: n === 0 ? 0 : loss === 0 ? noLoss : gain / Math.abs(loss),
    sqn: stdev === 0 ? 0 : (mean / stdev) * Math.sqrt(n),
    sortino: n === 0 ? 0 : downsideSquares === 0 ? noLoss : mean / Math.sqrt(downsideSquares / n),
    capture_rate: objectiveTotal === 0 ? 0 : objective / objectiveTotal,
    precision: share(objective),
    max_drawdown: maxDrawdownOf(trades),
    avg_holding_hours: share(bars * hoursPerBar),
    exits: {
      take_profit: share(reasonCount.take_profit),
      stop_loss: share(reasonCount.stop_loss),
      trailing_stop: share(reasonCount.trailing_stop),
      timeout: share(reasonCount.timeout),
      end_of_data: share(reasonCount.end_of_data),
    },
  };
}

/** What ratios to a loss become where there is no loss. */
export const noLoss = 999;

/** Sample variance in squared points from the sums; 0 below 1e-18, where only rounding is left. */
export function varianceOf(squares: number, mean: number, n: number): number {
  const variance = (squares - n * mean * mean) / (n - 1);
  return variance < 1e-18 ? 0 : variance;
}

/** Largest fall of the running sum of points from its running peak (which starts at 0), trades ordered by exit, entry, row. */
export function maxDrawdownOf(trades: readonly TradeOutcome[]): number {
  const ordered = [...trades].sort(
    (a, b) => a.exitTimeMs - b.exitTimeMs || a.entryTimeMs - b.entryTimeMs || a.row - b.row,
  );
  let equity = 0;
  let peak = 0;
  let deepest = 0;
  for (const trade of ordered) {
    equity += 100 * trade.return;
    if (equity > peak) peak = equity;
    if (peak - equity > deepest) deepest = peak - equity;
  }
  return deepest;
}

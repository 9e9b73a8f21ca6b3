import { LOSS_IS_ROUNDING, NO_LOSS } from "../core/abi.ts";
import { exitReasons } from "../space/exits.ts";
import { varianceOf } from "./spread.ts";
import type { Metrics, Trade } from "./trades.ts";

/** Reasons that every set may have; shares of the others are given where there are any. */
const commonReasons = 5;

/** What `metricsOf` needs of a trade. `row` breaks the last tie of the drawdown's order. */
export type TradeOutcome = Pick<
  Trade,
  "row" | "entryTimeMs" | "exitTimeMs" | "return" | "bars" | "reason" | "objective"
>;

/** Trades as columns of `count` elements: what metrics are made of. */
export interface TradeColumns {
  readonly count: number;
  readonly row: ArrayLike<number>;
  readonly entryTimeMs: Float64Array;
  readonly exitTimeMs: Float64Array;
  /** Net, a fraction of entry. */
  readonly return: Float64Array;
  readonly bars: ArrayLike<number>;
  /** Places in `exitReasons()`. */
  readonly reason: ArrayLike<number>;
  readonly objective: ArrayLike<number>;
}

/**
 * Metrics of one parameter set from its captured trades, summed in the order given (table order wherever results are compared).
 * `objectiveTotal` counts ALL objective opportunities of the type, captured or not. Everything is 0 without trades.
 */
export function metricsOf(trades: readonly TradeOutcome[], objectiveTotal: number, hoursPerBar: number): Metrics {
  return metricsOfColumns(columnsOf(trades), objectiveTotal, hoursPerBar);
}

function columnsOf(trades: readonly TradeOutcome[]): TradeColumns {
  const names = exitReasons();
  return {
    count: trades.length,
    row: trades.map(({ row }) => row),
    entryTimeMs: Float64Array.from(trades, ({ entryTimeMs }) => entryTimeMs),
    exitTimeMs: Float64Array.from(trades, ({ exitTimeMs }) => exitTimeMs),
    return: Float64Array.from(trades, (trade) => trade.return),
    bars: trades.map(({ bars }) => bars),
    reason: trades.map(({ reason }) => names.indexOf(reason)),
    objective: trades.map(({ objective }) => (objective ? 1 : 0)),
  };
}

/** The same from columns; `inOrder` are the places of the trades by exit, entry, row where they are known. */
export function metricsOfColumns(
  trades: TradeColumns,
  objectiveTotal: number,
  hoursPerBar: number,
  inOrder: Iterable<number> = byExit(trades),
): Metrics {
  const n = trades.count;
  const names = exitReasons();
  const reasonCount = names.map(() => 0);
  let total = 0;
  let squares = 0;
  let gain = 0;
  let loss = 0;
  let downsideSquares = 0;
  let wins = 0;
  let objective = 0;
  let bars = 0;
  for (let k = 0; k < n; k++) {
    const points = 100 * trades.return[k]!;
    total += points;
    squares += points * points;
    if (points > 0) {
      gain += points;
      wins++;
    } else {
      loss += points;
      downsideSquares += points * points;
    }
    objective += trades.objective[k]!;
    bars += trades.bars[k]!;
    reasonCount[trades.reason[k]!]!++;
  }
  const share = (count: number): number => (n === 0 ? 0 : count / n);
  const mean = n === 0 ? 0 : total / n;
  const stdev = Math.sqrt(varianceOf(trades.return, 100, squares, mean));
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
    payoff: ratioOf(avgWin, Math.abs(avgLoss)),
    profit_factor: ratioOf(gain, Math.abs(loss)),
    sqn: stdev === 0 ? 0 : (mean / stdev) * Math.sqrt(n),
    sortino: n === 0 ? 0 : ratioOf(mean, Math.sqrt(downsideSquares / n)),
    capture_rate: objectiveTotal === 0 ? 0 : objective / objectiveTotal,
    precision: share(objective),
    max_drawdown: drawdownOf(trades, inOrder),
    avg_holding_hours: share(bars * hoursPerBar),
    exits: Object.fromEntries(
      names.flatMap((reason, code) =>
        code < commonReasons || reasonCount[code]! > 0 ? [[reason, share(reasonCount[code]!)]] : [],
      ),
    ) as Metrics["exits"],
  };
}

/** Value of ratios to a loss if there is no loss. */
export const noLoss = NO_LOSS;

/** A gain over a loss: 0 if there is neither, 999 if there is no loss beyond rounding. */
export function ratioOf(gain: number, loss: number): number {
  if (loss === 0 && gain === 0) return 0;
  return loss <= LOSS_IS_ROUNDING * gain ? noLoss : gain / loss;
}

/** Whether no trade gained or lost anything, as if there is none: such a set has no place on any leaderboard. */
export function madeNothing({ avg_win, avg_loss }: Pick<Metrics, "avg_win" | "avg_loss">): boolean {
  return avg_win === 0 && avg_loss === 0;
}

/** Largest drawdown of the running sum of points from its running peak (which starts at 0), trades ordered by exit, entry, row. */
function drawdownOf(trades: TradeColumns, inOrder: Iterable<number>): number {
  let equity = 0;
  let peak = 0;
  let deepest = 0;
  for (const k of inOrder) {
    equity += 100 * trades.return[k]!;
    if (equity > peak) peak = equity;
    if (peak - equity > deepest) deepest = peak - equity;
  }
  return deepest;
}

/** Places of trades by exit, entry, row. */
export function byExit({
  count,
  entryTimeMs,
  exitTimeMs,
  row,
}: Pick<TradeColumns, "count" | "entryTimeMs" | "exitTimeMs" | "row">): ArrayLike<number> & Iterable<number> {
  let isByEntry = true;
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < count; k++) {
    if (exitTimeMs[k]! < first) first = exitTimeMs[k]!;
    if (exitTimeMs[k]! > last) last = exitTimeMs[k]!;
    if (k === 0) continue;
    const entered = entryTimeMs[k]! - entryTimeMs[k - 1]!;
    if (entered < 0 || (entered === 0 && row[k]! < row[k - 1]!)) isByEntry = false;
  }
  if (isByEntry && (last - first + 1) * count <= Number.MAX_SAFE_INTEGER) {
    // Exit and place in one number: numbers sort far faster than by a comparison.
    const keys = new Float64Array(count);
    for (let k = 0; k < count; k++) keys[k] = (exitTimeMs[k]! - first) * count + k;
    keys.sort();
    for (let k = 0; k < count; k++) keys[k] = keys[k]! % count;
    return keys;
  }
  return Array.from({ length: count }, (_, k) => k).sort(
    (a, b) => exitTimeMs[a]! - exitTimeMs[b]! || entryTimeMs[a]! - entryTimeMs[b]! || row[a]! - row[b]!,
  );
}

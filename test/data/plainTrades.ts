import type { Row } from "./market.ts";
import { timeframeMs } from "./market.ts";

/*
 * The exit rules and metrics once more, from their description and in plain loops, sharing nothing with src/: what it says of the made-up
 * market stands in test/data, and where the reference data is there it has to say the same of that as another program did.
 */

/** A row of opportunities.csv; an empty entry is the close of its bar. */
export interface PlainOpportunity {
  readonly symbol: string;
  readonly timestamp: number;
  readonly direction: "long" | "short";
  readonly type: string;
  readonly entry: number | null;
  readonly atr: number;
  readonly features: Readonly<Record<string, number>>;
}

export type PlainParams = Readonly<Record<string, number | boolean>>;
export type PlainSpace = Readonly<Record<string, readonly (number | boolean)[]>>;
export type PlainCandles = ReadonlyMap<string, readonly Row[]>;

/** A row of trades.csv. */
export interface PlainTrade {
  readonly symbol: string;
  readonly entry_time: number;
  readonly exit_time: number;
  readonly direction: string;
  readonly type: string;
  readonly entry: number;
  readonly exit: number;
  readonly reason: string;
  readonly bars: number;
  readonly return: number;
}

const cost = 2 * (0.0005 + 0.0002);
const minTrades = 20;
const drawdownLimit = 20;

/** Whether an opportunity passes the filters of a set. */
function isCaptured({ features }: PlainOpportunity, params: PlainParams): boolean {
  for (const [name, wanted] of Object.entries(params)) {
    const [, kind, feature] = /^(min|max|require)_(.*)$/.exec(name) ?? [];
    if (feature === undefined || !(feature in features)) continue;
    const value = features[feature]!;
    if (kind === "min" && !(value >= Number(wanted))) return false;
    if (kind === "max" && !(value <= Number(wanted))) return false;
    if (kind === "require" && wanted === true && value === 0) return false;
  }
  return true;
}

/** Bars of a holding time: rounded half up, one at least. */
const barsOf = (hours: number): number => Math.max(1, Math.floor((hours * 3_600_000) / timeframeMs + 0.5));

/** One opportunity, bar by bar, to its exit, or to the last close where the candles end first. */
function walk(opportunity: PlainOpportunity, params: PlainParams, rows: readonly Row[]): PlainTrade {
  // Both markets have a candle for every time.
  const signalBar = (opportunity.timestamp - rows[0]!.timestamp) / timeframeMs;
  const d = opportunity.direction === "long" ? 1 : -1;
  const e = opportunity.entry ?? rows[signalBar]!.close;
  const a = opportunity.atr;
  const target = Number(params["atr_tp_multiplier"] ?? 2) * a;
  const initialStop = -Number(params["atr_stop_multiplier"] ?? 1.5) * a;
  const isTrailing = params["trailing_stop_enabled"] === true;
  const lastBar = signalBar + barsOf(Number(params["max_holding_hours"] ?? 12));
  const ended = (bar: number, exit: number, reason: string): PlainTrade => ({
    symbol: opportunity.symbol,
    entry_time: opportunity.timestamp,
    exit_time: rows[bar]!.timestamp,
    direction: opportunity.direction,
    type: opportunity.type,
    entry: e,
    exit,
    reason,
    bars: bar - signalBar,
    return: (d * (exit - e)) / e - cost,
  });
  let peak = 0;
  for (let i = signalBar + 1; i < rows.length; i++) {
    const bar = rows[i]!;
    let [stop, reason] = [initialStop, "stop_loss"];
    if (isTrailing && peak >= Number(params["trailing_stop_activation"]) * a) {
      const trail = peak - Number(params["trailing_stop_distance"]) * a;
      if (trail > stop) [stop, reason] = [trail, "trailing_stop"];
    }
    const atOpen = d * (bar.open - e);
    const best = d > 0 ? bar.high - e : e - bar.low;
    const worst = d > 0 ? bar.low - e : e - bar.high;
    if (atOpen <= stop) return ended(i, bar.open, reason);
    if (atOpen >= target) return ended(i, bar.open, "take_profit");
    if (worst <= stop) return ended(i, e + d * stop, reason);
    if (best >= target) return ended(i, e + d * target, "take_profit");
    if (i === lastBar) return ended(i, bar.close, "timeout");
    peak = Math.max(peak, best);
  }
  return ended(rows.length - 1, rows.at(-1)!.close, "end_of_data");
}

/** Every captured trade of a set, in the order of the table. */
export function plainTrades(
  table: readonly PlainOpportunity[],
  params: PlainParams,
  candles: PlainCandles,
): PlainTrade[] {
  return table
    .filter((opportunity) => isCaptured(opportunity, params))
    .map((opportunity) => walk(opportunity, params, candles.get(opportunity.symbol)!));
}

/** Metrics of some trades, as a result names them. */
function metricsOf(trades: readonly PlainTrade[]) {
  const n = trades.length;
  const points = trades.map((trade) => 100 * trade.return);
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  const mean = (values: readonly number[]): number => (values.length === 0 ? 0 : sum(values) / values.length);
  const [wins, losses] = [points.filter((p) => p > 0), points.filter((p) => p <= 0)];
  const average = mean(points);
  const variance = n < 2 ? 0 : Math.max(0, (sum(points.map((p) => p * p)) - n * average * average) / (n - 1));
  const stdev = variance < 1e-18 ? 0 : Math.sqrt(variance);
  const [averageWin, averageLoss] = [mean(wins), mean(losses)];
  const lost = Math.abs(sum(losses));
  const inOrder = trades
    .map((trade, place) => ({ trade, place }))
    .sort(
      (x, y) => x.trade.exit_time - y.trade.exit_time || x.trade.entry_time - y.trade.entry_time || x.place - y.place,
    );
  let [equity, peak, drawdown] = [0, 0, 0];
  for (const { trade } of inOrder) {
    equity += 100 * trade.return;
    peak = Math.max(peak, equity);
    drawdown = Math.max(drawdown, peak - equity);
  }
  const share = (reason: string): number =>
    n === 0 ? 0 : trades.filter((trade) => trade.reason === reason).length / n;
  return {
    n,
    win_rate: n === 0 ? 0 : wins.length / n,
    avg_return: average,
    total_return: sum(points),
    stdev,
    avg_win: averageWin,
    avg_loss: averageLoss,
    payoff: n === 0 ? 0 : averageLoss === 0 ? 999 : Math.abs(averageWin / averageLoss),
    profit_factor: n === 0 ? 0 : losses.length === 0 ? 999 : sum(wins) / lost,
    sqn: n < 2 || stdev === 0 ? 0 : (average / stdev) * Math.sqrt(n),
    max_drawdown: drawdown,
    avg_holding_hours: mean(trades.map(({ bars }) => (bars * timeframeMs) / 3_600_000)),
    exits: {
      stop_loss: share("stop_loss"),
      take_profit: share("take_profit"),
      trailing_stop: share("trailing_stop"),
      timeout: share("timeout"),
      end_of_data: 0,
    },
  };
}

export type PlainMetrics = ReturnType<typeof metricsOf>;

/** The objective `balanced` with a capture rate of 0. */
function balanced({ n, avg_return: x, payoff, win_rate, max_drawdown }: PlainMetrics): number {
  if (n === 0) return 0;
  if (x <= 0) return Math.max(0.01, 0.01 + ((x + 5) / 5) * 0.04) / 100;
  let points = Math.min(100, 20 * x);
  if (payoff < 1.5) points -= 20 * (1.5 - payoff);
  if (payoff >= 2) points += Math.min(20, 10 * (payoff - 2));
  if (win_rate < 0.3) points -= 50 * (0.3 - win_rate);
  if (win_rate >= 0.6 && payoff < 1.5) points -= 10;
  if (max_drawdown > drawdownLimit) points -= max_drawdown - drawdownLimit;
  return Math.max(0, points) / 100;
}

/** Every set of a space in its order, the last key fastest; a disabled trailing stop is one variant. */
function setsOf(space: PlainSpace): PlainParams[] {
  let sets: Record<string, number | boolean>[] = [{}];
  for (const [name, candidates] of Object.entries(space))
    sets = sets.flatMap((set) => candidates.map((value) => ({ ...set, [name]: value })));
  const [activations, distances] = [space["trailing_stop_activation"], space["trailing_stop_distance"]];
  return sets.filter(
    (set) =>
      set["trailing_stop_enabled"] === true ||
      (set["trailing_stop_activation"] === activations?.[0] && set["trailing_stop_distance"] === distances?.[0]),
  );
}

type Ranked = readonly (readonly [index: number, score: number])[];

/** What search-swing.json holds: the metrics of every seventh set, the 20 best by three objectives. */
export interface PlainSearch {
  readonly type: string;
  readonly opportunities: number;
  readonly left_out: number;
  readonly sets: number;
  readonly metrics: readonly (readonly [number, PlainMetrics])[];
  readonly top_total: Ranked;
  readonly top_sqn: Ranked;
  readonly top_balanced_capture_0: Ranked;
}

/** Every set of a space over the opportunities of one type whose longest holding time fits the candles. */
export function plainSearch(
  table: readonly PlainOpportunity[],
  type: string,
  space: PlainSpace,
  candles: PlainCandles,
): PlainSearch {
  const ofType = table.filter((opportunity) => opportunity.type === type);
  const longestMs = timeframeMs * barsOf(Math.max(...(space["max_holding_hours"] as readonly number[])));
  const fitting = ofType.filter(
    ({ symbol, timestamp }) => timestamp + longestMs <= candles.get(symbol)!.at(-1)!.timestamp,
  );
  const isExit = (name: string): boolean => !/^(min|max|require)_/.test(name) || name === "max_holding_hours";
  // A trade does not depend on the filters: each exit walks each opportunity once.
  const walked = new Map<string, readonly PlainTrade[]>();
  const metrics = setsOf(space).map((set) => {
    const exit = JSON.stringify(Object.entries(set).filter(([name]) => isExit(name)));
    const trades =
      walked.get(exit) ?? fitting.map((opportunity) => walk(opportunity, set, candles.get(opportunity.symbol)!));
    walked.set(exit, trades);
    return metricsOf(trades.filter((_, row) => isCaptured(fitting[row]!, set)));
  });
  const best = (scoreOf: (of: PlainMetrics) => number, isFirstClass: (of: PlainMetrics) => boolean): Ranked =>
    metrics
      .map((of, index) => ({ index, score: scoreOf(of), n: of.n, isFirst: isFirstClass(of) }))
      .filter(({ n }) => n >= minTrades)
      .sort((x, y) => Number(y.isFirst) - Number(x.isFirst) || y.score - x.score || x.index - y.index)
      .slice(0, 20)
      .map(({ index, score }) => [index, score]);
  return {
    type,
    opportunities: fitting.length,
    left_out: ofType.length - fitting.length,
    sets: metrics.length,
    metrics: metrics.map((of, index) => [index, of] as const).filter(([index]) => index % 7 === 0),
    top_total: best(
      ({ total_return }) => total_return,
      () => true,
    ),
    top_sqn: best(
      ({ sqn }) => sqn,
      () => true,
    ),
    top_balanced_capture_0: best(balanced, ({ avg_return }) => avg_return > 0),
  };
}

import type { Parameters, SearchTask, TradeOutcome } from "../engine.ts";
import { metricsOf, scoreOf } from "../engine.ts";

/** What walking a set gave, added up in table order: enough to keep the walk from being optimised away, and to compare. */
export interface WalkedSums {
  readonly n: number;
  readonly points: number;
  readonly squares: number;
}

/** One open trade's end, kept in one object so that a walk makes no garbage. */
interface End {
  bars: number;
  points: number;
}

/** The search as one writes it first: for each set filter the rows, then walk every captured one bar by bar, on typed arrays. */
export class Walker {
  private readonly series;
  private readonly end: End = { bars: 0, points: 0 };

  constructor(private readonly task: SearchTask) {
    this.series = task.table.symbols.map((symbol) => task.market.bySymbol.get(symbol)!);
  }

  sums(set: Parameters): WalkedSums {
    let n = 0;
    let points = 0;
    let squares = 0;
    this.each(set, (_row, end) => {
      n++;
      points += end.points;
      squares += end.points * end.points;
    });
    return { n, points, squares };
  }

  /** The set's score from its own trades. */
  score(set: Parameters): number {
    const { table, labels, market, objective, drawdownLimit } = this.task;
    const trades: TradeOutcome[] = [];
    this.each(set, (row, { bars, points }) => {
      const entryTimeMs = table.timestampMs[row]!;
      const exitTimeMs = entryTimeMs + bars * market.timeframeMs;
      const isObjective = labels.objective[row] === 1;
      trades.push({
        row,
        entryTimeMs,
        exitTimeMs,
        return: points / 100,
        bars,
        reason: "timeout",
        objective: isObjective,
      });
    });
    const objectiveTotal = labels.objective.reduce((sum, flag) => sum + flag, 0);
    return scoreOf(objective, metricsOf(trades, objectiveTotal, market.timeframeMs / 3_600_000), drawdownLimit);
  }

  private each(set: Parameters, use: (row: number, end: End) => void): void {
    const { table, market } = this.task;
    const columns: Float64Array[] = [];
    const thresholds: number[] = [];
    const signs: number[] = [];
    for (const [name, value] of Object.entries(set)) {
      const [, kind, feature] = /^(min|max)_(?!holding_hours$)(.+)$/.exec(name) ?? [];
      if (!kind) continue;
      columns.push(table.features[table.featureNames.indexOf(feature!)]!);
      signs.push(kind === "min" ? 1 : -1);
      thresholds.push(value as number);
    }
    const target = (set["atr_tp_multiplier"] ?? 2) as number;
    const stop = (set["atr_stop_multiplier"] ?? 1.5) as number;
    const hours = (set["max_holding_hours"] ?? 12) as number;
    const bars = Math.max(1, Math.floor((hours * 3_600_000) / market.timeframeMs + 0.5));
    const isTrailing = set["trailing_stop_enabled"] === true;
    const activation = isTrailing ? (set["trailing_stop_activation"] as number) : Number.POSITIVE_INFINITY;
    const distance = isTrailing ? (set["trailing_stop_distance"] as number) : 0;
    rows: for (let row = 0; row < table.count; row++) {
      for (let f = 0; f < columns.length; f++) {
        const value = columns[f]![row]!;
        if (!(signs[f] === 1 ? value >= thresholds[f]! : value <= thresholds[f]!)) continue rows;
      }
      use(row, this.walk(row, target, stop, bars, activation, distance));
    }
  }

  /** The exit model, stop first where both are touched inside a bar; an infinite activation is no trailing stop. */
  private walk(
    row: number,
    takeProfit: number,
    stopLoss: number,
    holdingBars: number,
    activation: number,
    distance: number,
  ): End {
    const { table } = this.task;
    const { open, high, low, close } = this.series[table.symbol[row]!]!;
    const signalBar = table.bar[row]!;
    const entry = table.entry[row]!;
    const atr = table.atr[row]!;
    const direction = table.direction[row]!;
    const target = takeProfit * atr;
    const fixedStop = -stopLoss * atr;
    let peak = 0;
    for (let i = 1; ; i++) {
      const bar = signalBar + i;
      const at = open[bar]!;
      const fo = direction * (at - entry);
      const favourable = direction === 1 ? high[bar]! - entry : entry - low[bar]!;
      const adverse = direction === 1 ? low[bar]! - entry : entry - high[bar]!;
      let stop = fixedStop;
      if (peak >= activation * atr && peak - distance * atr > stop) stop = peak - distance * atr;
      if (fo <= stop || fo >= target) return this.leave(direction, entry, at, i);
      if (adverse <= stop) return this.leave(direction, entry, entry + direction * stop, i);
      if (favourable >= target) return this.leave(direction, entry, entry + direction * target, i);
      if (i === holdingBars) return this.leave(direction, entry, close[bar]!, i);
      if (favourable > peak) peak = favourable;
    }
  }

  private leave(direction: number, entry: number, price: number, bars: number): End {
    const { rules, market } = this.task;
    const funding = rules.fundingPer8h * ((bars * market.timeframeMs) / (8 * 3_600_000));
    const cost = 2 * (rules.fee + rules.slippage) + direction * funding;
    this.end.bars = bars;
    this.end.points = 100 * ((direction * (price - entry)) / entry - cost);
    return this.end;
  }
}

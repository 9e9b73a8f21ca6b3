import { type Candles, candleFromTime, fitsPath } from "../candles/candles.ts";
import { wilderAtr } from "../opportunities/indicators.ts";
import { slotTimeMs } from "../search/market.ts";
import { type BarExit, walkSummary, walkTrade } from "../search/plainWalk.ts";
import type { TradeRules } from "../search/trades.ts";
import { nearestAround, nearestTo } from "./lag.ts";

/**
 * Bars of one symbol at which a trade may be entered: from some time on, with an ATR 14 above 0, and the whole path inside the data and across no
 * break.
 */
export class EntryBars {
  /** Time of the first and the last of them, epoch ms. */
  readonly firstMs: number;
  readonly lastMs: number;
  private readonly bars: readonly number[];
  /** Bars of time from the first of them to each. */
  private readonly places: readonly number[];
  private readonly atr: Float64Array;
  /** What was walked by bar, long and short: many runs ask for it. */
  private readonly walked = new Map<number, Walked>();

  constructor(
    private readonly candles: Candles,
    fromMs: number,
    private readonly exit: BarExit,
    private readonly rules: TradeRules,
  ) {
    this.atr = wilderAtr(candles);
    this.bars = possibleBars(candles, this.atr, fromMs, exit.holdingBars);
    this.firstMs = slotTimeMs(candles, this.bars[0] ?? 0);
    this.lastMs = slotTimeMs(candles, this.bars[this.count - 1] ?? 0);
    this.places = this.bars.map((bar) => Math.round((slotTimeMs(candles, bar) - this.firstMs) / candles.timeframeMs));
  }

  get count(): number {
    return this.bars.length;
  }

  /** The bar that opens at a time, or the usable one nearest to it: its time, and its ATR over its close. */
  at(timeMs: number): { readonly timeMs: number; readonly volatility: number } {
    const bar = this.bars[nearestTo(this.bars, candleFromTime(this.candles, timeMs))]!;
    return { timeMs: slotTimeMs(this.candles, bar), volatility: this.volatilityAt(bar) };
  }

  /**
   * Net return (points) of a trade entered at the close of the bar nearest to a place on a ring, its move as large as it had been at a volatility of
   * `volatility`: what the prices gave is stretched, what the trade costs is not.
   */
  returnNear(place: number, ringBars: number, direction: 1 | -1, volatility: number): number {
    const bar = this.bars[nearestAround(this.places, place, ringBars)]!;
    const { gross, cost } = this.walkFrom(bar, direction);
    return 100 * ((gross * volatility) / this.volatilityAt(bar) - cost);
  }

  private walkFrom(bar: number, direction: 1 | -1): Walked {
    const key = direction * (bar + 1);
    const known = this.walked.get(key);
    if (known) return known;
    const { candles, exit, rules } = this;
    const signal = { bar, direction, entry: candles.close[bar]!, atr: this.atr[bar]! };
    const trade =
      rules.summaryBars === null
        ? walkTrade(candles, signal, exit, rules)
        : walkSummary(candles, signal, exit, rules, rules.summaryBars);
    const gross = (direction * (trade.exit - signal.entry)) / signal.entry;
    const walked = { gross, cost: gross - trade.return };
    this.walked.set(key, walked);
    return walked;
  }

  private volatilityAt(bar: number): number {
    return this.atr[bar]! / this.candles.close[bar]!;
  }
}

/** What a trade's prices gave and what it cost, fractions of entry. */
interface Walked {
  readonly gross: number;
  readonly cost: number;
}

function possibleBars(candles: Candles, atr: Float64Array, fromMs: number, holdingBars: number): number[] {
  const bars: number[] = [];
  for (let bar = candleFromTime(candles, fromMs); bar < candles.count; bar++)
    if (atr[bar]! > 0 && fitsPath(candles, bar, holdingBars)) bars.push(bar);
  return bars;
}

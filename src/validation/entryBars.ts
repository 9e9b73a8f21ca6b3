import { type Candles, candleFromTime, fitsPath } from "../candles/candles.ts";
import { type EntryRule, entryPrice } from "../opportunities/entry.ts";
import { wilderAtr } from "../opportunities/indicators.ts";
import { slotTimeMs } from "../search/market.ts";
import { type BarExit, type WalkedTrade, walkSummary, walkTrade } from "../search/plainWalk.ts";
import type { TradeRules } from "../search/trades.ts";
import { nearestAround, nearestTo } from "./lag.ts";

/**
 * Bars of one symbol at which a trade may be entered: from a given time on, with an ATR 14 above 0, and with the whole path inside the data and
 * without a break.
 */
export class EntryBars {
  /** Time of the first and the last of them, epoch ms. */
  readonly firstMs: number;
  readonly lastMs: number;
  private readonly bars: readonly number[];
  /** Bars of time from the first of them to each. */
  private readonly places: readonly number[];
  private readonly atr: Float64Array;
  /** Cached walks from each of them, long and short: many runs need them. */
  private readonly walked: Readonly<Record<"long" | "short", Walked>>;
  private readonly volatility: Float64Array;

  constructor(
    private readonly candles: Candles,
    fromMs: number,
    private readonly exit: BarExit,
    private readonly rules: TradeRules,
    private readonly entry: EntryRule,
  ) {
    this.atr = wilderAtr(candles);
    this.bars = possibleBars(candles, this.atr, fromMs, exit.holdingBars);
    this.firstMs = slotTimeMs(candles, this.bars[0] ?? 0);
    this.lastMs = slotTimeMs(candles, this.bars[this.count - 1] ?? 0);
    this.places = this.bars.map((bar) => Math.round((slotTimeMs(candles, bar) - this.firstMs) / candles.timeframeMs));
    this.volatility = Float64Array.from(this.bars, (bar) => this.atr[bar]! / candles.close[bar]!);
    this.walked = { long: notWalked(this.count), short: notWalked(this.count) };
  }

  get count(): number {
    return this.bars.length;
  }

  /** The bar that opens at a time, or the usable one nearest to it: its time, and its ATR over its close. */
  at(timeMs: number): { readonly timeMs: number; readonly volatility: number } {
    const nearest = nearestTo(this.bars, candleFromTime(this.candles, timeMs));
    return { timeMs: slotTimeMs(this.candles, this.bars[nearest]!), volatility: this.volatility[nearest]! };
  }

  /** On a ring of bars whose first is `offset` bars before the first of these. */
  onRing(ringBars: number, offset: number): EntryRing {
    return new EntryRing(this, this.places, ringBars, offset);
  }

  /**
   * Net return (points) of a trade entered by the signal of one of the bars, by its place among them, its move as large as it had been at a volatility of
   * `volatility`: what the prices gave is stretched, what the trade costs is not. `exitBars`: bars to an exit signal of its own, 0 if it has none.
   */
  returnAt(place: number, direction: 1 | -1, volatility: number, exitBars: number): number {
    const { gross, cost } = direction === 1 ? this.walked.long : this.walked.short;
    if (exitBars > 0 && exitBars < this.exit.holdingBars) {
      const { gross: own, return: net } = this.walkFrom(place, direction, { ...this.exit, holdingBars: exitBars });
      return 100 * ((own * volatility) / this.volatility[place]! - (own - net));
    }
    // A trade that no exit signal ends is walked once, however many runs ask for it.
    if (Number.isNaN(gross[place]!)) {
      const { gross: own, return: net } = this.walkFrom(place, direction, this.exit);
      gross[place] = own;
      cost[place] = own - net;
    }
    return 100 * ((gross[place]! * volatility) / this.volatility[place]! - cost[place]!);
  }

  /** An exit signal ends a trade as a holding time of so many bars does; only the reason is another. */
  private walkFrom(place: number, direction: 1 | -1, exit: BarExit): WalkedTrade {
    const { candles, rules } = this;
    const bar = this.bars[place]!;
    const signal = { bar, direction, entry: entryPrice(candles, bar, this.entry), atr: this.atr[bar]! };
    return rules.summaryBars === null
      ? walkTrade(candles, signal, exit, rules)
      : walkSummary(candles, signal, exit, rules, rules.summaryBars);
  }
}

/** One symbol's bars around a ring: the nearest bar for each place of the ring, computed once. */
export class EntryRing {
  private readonly nearest: Int32Array;

  constructor(
    readonly bars: EntryBars,
    private readonly places: readonly number[],
    private readonly ringBars: number,
    private readonly offset: number,
  ) {
    this.nearest = new Int32Array(ringBars).fill(-1);
  }

  /** Place among the bars of the one nearest to a place on the ring. */
  nearestTo(place: number): number {
    const known = this.nearest[place]!;
    if (known >= 0) return known;
    const found = nearestAround(this.places, place - this.offset, this.ringBars);
    this.nearest[place] = found;
    return found;
  }
}

/** Fractions of entry, by bar index; NaN if not walked yet. */
interface Walked {
  readonly gross: Float64Array;
  readonly cost: Float64Array;
}

function notWalked(count: number): Walked {
  return { gross: new Float64Array(count).fill(Number.NaN), cost: new Float64Array(count) };
}

function possibleBars(candles: Candles, atr: Float64Array, fromMs: number, holdingBars: number): number[] {
  const bars: number[] = [];
  for (let bar = candleFromTime(candles, fromMs); bar < candles.count; bar++)
    if (atr[bar]! > 0 && fitsPath(candles, bar, holdingBars)) bars.push(bar);
  return bars;
}

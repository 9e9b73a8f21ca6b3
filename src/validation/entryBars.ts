import { type Candles, candleFromTime, fitsPath } from "../candles/candles.ts";
import { wilderAtr } from "../opportunities/indicators.ts";
import { slotTimeMs } from "../search/market.ts";
import { type BarExit, walkSummary, walkTrade } from "../search/plainWalk.ts";
import type { TradeRules } from "../search/trades.ts";
import { nearestTo } from "./lag.ts";

/** Bars of one symbol that are equally volatile, ascending, and their places: bars of time since the first usable one. */
export interface AlikeBars {
  readonly bars: readonly number[];
  readonly places: readonly number[];
}

/** Classes of ATR/price, of equal count. */
const classes = 5;

/**
 * Bars of one symbol at which a trade may be entered: from some time on, with an ATR 14 above 0, and the whole path inside the data and across no
 * break. They fall into fifths by ATR over close, so that a moved entry does not trade calm for storm; among equals the earlier is the calmer.
 */
export class EntryBars {
  /** Time of the first and the last of them, epoch ms. */
  readonly firstMs: number;
  readonly lastMs: number;
  private readonly bars: readonly number[];
  private readonly atr: Float64Array;
  /** Class of each of `bars`, and the bars of each class. */
  private readonly classOf: Uint8Array;
  private readonly alike: readonly AlikeBars[];
  /** What entering at a bar returns, long and short; asked for by many runs and walked once. */
  private readonly walked = new Map<number, number>();

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
    const { atr, bars } = this;
    const volatility = bars.map((bar) => atr[bar]! / candles.close[bar]!);
    const calmFirst = bars.map((_, k) => k).sort((a, b) => volatility[a]! - volatility[b]! || a - b);
    this.classOf = new Uint8Array(this.count);
    for (const [rank, k] of calmFirst.entries()) this.classOf[k] = Math.floor((classes * rank) / this.count);
    this.alike = Array.from({ length: classes }, (_, own) => {
      const alike = bars.filter((_, k) => this.classOf[k] === own);
      return { bars: alike, places: alike.map((bar) => this.placeOf(bar)) };
    });
  }

  get count(): number {
    return this.bars.length;
  }

  /** The bar that opens at a time, or the usable one nearest to it: its time, and the bars of its class. */
  at(timeMs: number): { readonly timeMs: number; readonly alike: AlikeBars } {
    const k = nearestTo(this.bars, candleFromTime(this.candles, timeMs));
    return { timeMs: slotTimeMs(this.candles, this.bars[k]!), alike: this.alike[this.classOf[k]!]! };
  }

  /** Net return (points) of a trade entered at a bar's close. */
  returnFrom(bar: number, direction: 1 | -1): number {
    const key = direction * (bar + 1);
    const known = this.walked.get(key);
    if (known !== undefined) return known;
    const { candles, exit, rules } = this;
    const signal = { bar, direction, entry: candles.close[bar]!, atr: this.atr[bar]! };
    const walked =
      rules.summaryBars === null
        ? walkTrade(candles, signal, exit, rules)
        : walkSummary(candles, signal, exit, rules, rules.summaryBars);
    this.walked.set(key, 100 * walked.return);
    return 100 * walked.return;
  }

  private placeOf(bar: number): number {
    return Math.round((slotTimeMs(this.candles, bar) - this.firstMs) / this.candles.timeframeMs);
  }
}

function possibleBars(candles: Candles, atr: Float64Array, fromMs: number, holdingBars: number): number[] {
  const bars: number[] = [];
  for (let bar = candleFromTime(candles, fromMs); bar < candles.count; bar++)
    if (atr[bar]! > 0 && fitsPath(candles, bar, holdingBars)) bars.push(bar);
  return bars;
}

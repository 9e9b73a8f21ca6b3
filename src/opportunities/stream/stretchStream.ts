import type { Candles } from "../../candles/candles.ts";
import { slotOf } from "../../candles/slots.ts";
import type { BarSource } from "../features.ts";
import type { Reading } from "../gate.ts";
import { noStructure, type Structure, structureOf } from "../structure.ts";
import { isSwingHigh, isSwingLow, swingReach } from "../swings.ts";
import { trendOf } from "../trends.ts";
import { volumeRatioAt } from "../volumeRatio.ts";
import { ExponentialAverage } from "./averages.ts";
import { HigherStream } from "./higher.ts";
import { MacdHistogram, RelativeStrength, TrueRange } from "./oscillators.ts";

/** Columns of which a stream reads the last candles. Indices are the caller's, and may move by `shift`. */
export type StreamColumns = Pick<
  Candles,
  "timeframeMs" | "count" | "slots" | "open" | "high" | "low" | "close" | "volume"
>;

/** A swing that stays known after its candle is gone. */
interface KnownSwing {
  readonly price: number;
  /** Slot of the bar at whose close it became known. */
  readonly knownSlot: number;
}

const hourMs = 3_600_000;
/** Levels look back 200 bars, in which at most 34 swings of a side fit: there are 5 bars between two. */
const swingsKept = 40;

/**
 * What the scanner needs of a stretch of candles without a break to judge the next one: averages, the bars of higher timeframes, swings. Its
 * values at the candle added last are those of a whole scan, to the bit. It takes candles in order, and can be copied.
 */
export class StretchStream {
  private bars = 0;
  private ema20 = new ExponentialAverage(20);
  private ema50 = new ExponentialAverage(50);
  private rsi = new RelativeStrength();
  private macd = new MacdHistogram();
  private range = new TrueRange();
  private hour: HigherStream;
  private fourHours: HigherStream;
  private highs: number[] = [];
  private lows: number[] = [];
  /** The last two of each side, the older first. */
  private knownHighs: readonly KnownSwing[] = [];
  private knownLows: readonly KnownSwing[] = [];

  constructor(private readonly timeframeMs: number) {
    this.hour = new HigherStream(hourMs / timeframeMs);
    this.fourHours = new HigherStream((4 * hourMs) / timeframeMs);
  }

  /** Bars of 4 h that have closed. */
  get closedFourHourBars(): number {
    return this.fourHours.closedBars;
  }

  /** Takes the candle at an index; `timeMs` is its open time. */
  add(columns: StreamColumns, at: number, timeMs: number): void {
    const close = columns.close[at]!;
    this.bars++;
    this.ema20.add(close);
    this.ema50.add(close);
    this.rsi.add(close);
    this.macd.add(close);
    this.range.add(columns.high[at]!, columns.low[at]!, close);
    const slot = Math.floor(timeMs / this.timeframeMs);
    this.hour.add(slot, close);
    this.fourHours.add(slot, close);
    this.addSwings(columns, at);
  }

  /** The reading at the candle added last, which is at an index. */
  reading({ close, volume }: StreamColumns, at: number): Reading {
    const { hour, fourHours } = this;
    return {
      trends: [trendOf(close[at]!, this.ema20.warm, this.ema50.warm), hour.trend, fourHours.trend],
      emaDistance1h: hour.distance,
      macdShare: this.macd.value / close[at]!,
      rsi14: this.rsi.value,
      volumeRatio: volumeRatioAt(volume, at, this.bars - 1),
    };
  }

  /** What features of the candle added last are made of. */
  source(columns: StreamColumns): BarSource {
    return {
      candles: columns,
      swings: { highs: this.highs, lows: this.lows },
      atrAt: () => this.range.value,
      structureAt: (bar, direction) => this.structure(slotOf(columns, bar), direction),
    };
  }

  /** Follows columns whose first candles were dropped. */
  shift(candles: number): void {
    const moved = (bars: readonly number[]): number[] => bars.map((bar) => bar - candles).filter((bar) => bar >= 0);
    this.highs = moved(this.highs);
    this.lows = moved(this.lows);
  }

  copy(): StretchStream {
    return Object.assign(new StretchStream(this.timeframeMs), {
      bars: this.bars,
      ema20: this.ema20.copy(),
      ema50: this.ema50.copy(),
      rsi: this.rsi.copy(),
      macd: this.macd.copy(),
      range: this.range.copy(),
      hour: this.hour.copy(),
      fourHours: this.fourHours.copy(),
      highs: this.highs.slice(-swingsKept),
      lows: this.lows.slice(-swingsKept),
      knownHighs: this.knownHighs,
      knownLows: this.knownLows,
    });
  }

  /** A swing is known when its fifth bar after it is there. */
  private addSwings(columns: StreamColumns, at: number): void {
    const bar = at - swingReach;
    if (this.bars <= 2 * swingReach) return;
    const knownSlot = slotOf(columns, at);
    if (isSwingHigh(columns.high, bar)) {
      this.highs = remembered(this.highs, bar);
      this.knownHighs = [...this.knownHighs.slice(-1), { price: columns.high[bar]!, knownSlot }];
    }
    if (!isSwingLow(columns.low, bar)) return;
    this.lows = remembered(this.lows, bar);
    this.knownLows = [...this.knownLows.slice(-1), { price: columns.low[bar]!, knownSlot }];
  }

  private structure(slot: number, direction: 1 | -1): Structure {
    const [highBefore, high] = this.knownHighs;
    const [lowBefore, low] = this.knownLows;
    if (!high || !low) return noStructure;
    const ageBars = slot - Math.max(high.knownSlot, low.knownSlot);
    return structureOf(
      { highStep: high.price - highBefore!.price, lowStep: low.price - lowBefore!.price, ageBars },
      direction,
    );
  }
}

/** Swings with one more; those that nobody looks back to are dropped now and then. */
function remembered(swings: number[], bar: number): number[] {
  swings.push(bar);
  return swings.length < 2 * swingsKept ? swings : swings.slice(-swingsKept);
}

import { emaDistance, trendOf } from "../trends.ts";
import { ExponentialAverage } from "./averages.ts";

/** A higher timeframe's trend from its closed bars, candle by candle, as `higherTimeframe` gives it for a whole series. */
export class HigherStream {
  /** Closed bars so far. */
  closedBars = 0;
  /** -2..2; 0 while the averages are not warm. */
  trend = 0;
  /** Distance of EMA 20 and 50, a fraction; NaN while not warm. */
  distance = Number.NaN;
  private fast = new ExponentialAverage(20);
  private slow = new ExponentialAverage(50);
  private bar = Number.NaN;
  private isOpen = false;
  private lastClose = Number.NaN;

  constructor(private readonly candlesPerBar: number) {}

  /** `slot` counts candles since the epoch. */
  add(slot: number, close: number): void {
    const { candlesPerBar } = this;
    const bar = Math.floor(slot / candlesPerBar);
    // The first bar counts only with its first candle.
    if (Number.isNaN(this.bar)) this.isOpen = slot % candlesPerBar === 0;
    else if (bar !== this.bar) {
      if (this.isOpen) this.closeBar(this.lastClose);
      this.isOpen = true;
    }
    this.bar = bar;
    this.lastClose = close;
    if (!this.isOpen || (slot + 1) % candlesPerBar !== 0) return;
    this.closeBar(close);
    this.isOpen = false;
  }

  copy(): HigherStream {
    const { closedBars, trend, distance, fast, slow, bar, isOpen, lastClose } = this;
    return Object.assign(new HigherStream(this.candlesPerBar), {
      closedBars,
      trend,
      distance,
      fast: fast.copy(),
      slow: slow.copy(),
      bar,
      isOpen,
      lastClose,
    });
  }

  private closeBar(close: number): void {
    const { fast, slow } = this;
    fast.add(close);
    slow.add(close);
    this.closedBars++;
    this.trend = trendOf(close, fast.warm, slow.warm);
    this.distance = emaDistance(fast.warm, slow.warm);
  }
}

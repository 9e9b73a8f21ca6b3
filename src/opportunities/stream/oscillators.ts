import { ExponentialAverage, WilderAverage } from "./averages.ts";

/** RSI 14 of closes, Wilder's smoothing; 0-100, NaN while not warm. */
export class RelativeStrength {
  private last = Number.NaN;
  private gain = new WilderAverage(14);
  private loss = new WilderAverage(14);

  get value(): number {
    const { gain, loss } = this;
    if (loss.value === 0) return 100;
    return 100 - 100 / (gain.value / loss.value + 1);
  }

  add(close: number): void {
    const { last } = this;
    this.last = close;
    if (Number.isNaN(last)) return;
    this.loss.add(close > last ? 0 : last - close);
    this.gain.add(close > last ? close - last : 0);
  }

  copy(): RelativeStrength {
    return Object.assign(new RelativeStrength(), {
      last: this.last,
      gain: this.gain.copy(),
      loss: this.loss.copy(),
    });
  }
}

/** ATR 14, Wilder's smoothing; price units, NaN while not warm. */
export class TrueRange {
  private lastClose = Number.NaN;
  private average = new WilderAverage(14);

  get value(): number {
    return this.average.value;
  }

  add(high: number, low: number, close: number): void {
    const { lastClose } = this;
    this.lastClose = close;
    const isFirst = Number.isNaN(lastClose);
    this.average.add(
      isFirst ? high - low : Math.max(high - low, Math.abs(high - lastClose), Math.abs(low - lastClose)),
    );
  }

  copy(): TrueRange {
    return Object.assign(new TrueRange(), { lastClose: this.lastClose, average: this.average.copy() });
  }
}

const slowInterval = 26;
const signalInterval = 9;

/** MACD 12/26/9 of closes: its histogram in price units, NaN while not warm. */
export class MacdHistogram {
  value = Number.NaN;
  private count = 0;
  private fast = new ExponentialAverage(12);
  private slow = new ExponentialAverage(slowInterval);
  private signal = new ExponentialAverage(signalInterval);

  add(close: number): void {
    this.count++;
    const macd = this.fast.add(close) - this.slow.add(close);
    if (this.count < slowInterval) return;
    const histogram = macd - this.signal.add(macd);
    // Warm once the slow average and then the signal line are.
    if (this.count >= slowInterval + signalInterval - 1) this.value = histogram;
  }

  copy(): MacdHistogram {
    const { value, count, fast, slow, signal } = this;
    return Object.assign(new MacdHistogram(), {
      value,
      count,
      fast: fast.copy(),
      slow: slow.copy(),
      signal: signal.copy(),
    });
  }
}

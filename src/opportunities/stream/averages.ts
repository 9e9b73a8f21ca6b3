/*
 * Averages that take one value at a time and can be copied: a stream keeps copies to go back to when a candle is corrected, and the states of
 * trading-signals, which whole scans use, are private. The same operations in the same order: a test compares every bit.
 */

/** Exponential moving average over `interval` values. */
export class ExponentialAverage {
  /** NaN before the first value. */
  value = Number.NaN;
  private count = 0;
  private readonly factor: number;

  constructor(private readonly interval: number) {
    this.factor = 2 / (interval + 1);
  }

  /** The average once it has seen its interval; NaN until then. */
  get warm(): number {
    return this.count < this.interval ? Number.NaN : this.value;
  }

  add(value: number): number {
    const before = this.count === 0 ? value : this.value;
    this.count++;
    this.value = value * this.factor + before * (1 - this.factor);
    return this.value;
  }

  copy(): ExponentialAverage {
    return Object.assign(new ExponentialAverage(this.interval), { value: this.value, count: this.count });
  }
}

/** Wilder's moving average: the mean of the first `interval` values, then a smoothed one. */
export class WilderAverage {
  /** NaN until it has seen its interval. */
  value = Number.NaN;
  private count = 0;
  private sum = 0;
  private readonly factor: number;

  constructor(private readonly interval: number) {
    this.factor = 1 / interval;
  }

  add(value: number): void {
    this.count++;
    if (this.count > this.interval) {
      this.value = (value - this.value) * this.factor + this.value;
      return;
    }
    this.sum += value;
    if (this.count === this.interval) this.value = this.sum / this.interval;
  }

  copy(): WilderAverage {
    const { value, count, sum } = this;
    return Object.assign(new WilderAverage(this.interval), { value, count, sum });
  }
}

/** Log returns are for bars of 15 minutes; those of others are scaled as a random walk's are. */
const baseTimeframeMs = 900_000;
const hourMs = 3_600_000;
/** A move that starts the drift: some two and a half standard deviations of an ordinary bar. */
const strongMove = 0.007;
/** How long the drift lasts. */
const driftMs = 8 * hourMs;
/** What it adds to each bar during that time. */
const driftPerBar = 0.0009;
/** The share that each bar without drift takes back while anything is owed. */
const shareTakenBack = 1 / 3;
/** Lengths in bars of the fast and slow averages that define a trend. */
const averages = [20, 50] as const;

/**
 * The one predictable thing about a synthetic price. After a strong bar in the direction of both the 1 h and 4 h trends, the price drifts on that way for
 * eight hours, or until the two trends no longer agree. It gives this gain back afterwards, slowly and whatever the trends: holding on for
 * days gains nothing, and trading against the trends gains nothing either.
 */
export class PlantedEdge {
  private readonly hours: Trend;
  private readonly days: Trend;
  private readonly time: number;
  private readonly bars: number;
  private way = 0;
  private left = 0;
  private owed = 0;

  constructor(firstPrice: number, timeframeMs: number) {
    this.hours = new Trend(Math.log(firstPrice), hourMs / timeframeMs);
    this.days = new Trend(Math.log(firstPrice), (4 * hourMs) / timeframeMs);
    this.time = timeframeMs / baseTimeframeMs;
    this.bars = Math.round(driftMs / timeframeMs);
  }

  /** Drift of the next bar, a log return. */
  drift(): number {
    const size = driftPerBar * this.time;
    const drift =
      this.left > 0 ? this.way * size : -Math.sign(this.owed) * Math.min(Math.abs(this.owed), shareTakenBack * size);
    if (this.left > 0) this.left--;
    this.owed += drift;
    return drift;
  }

  /** Takes a bar's log return and its close. */
  see(move: number, close: number): void {
    const way = this.hours.next(Math.log(close));
    const agreed = this.days.next(Math.log(close)) === way && way !== 0;
    if (!agreed) this.left = 0;
    else if (way * move > strongMove * Math.sqrt(this.time)) [this.way, this.left] = [way, this.bars];
  }
}

/** Trend of a price: up if above its fast average and that is above the slow one; the reverse is down. */
class Trend {
  private fast: number;
  private slow: number;
  private readonly rates: readonly [fast: number, slow: number];

  /** From the first price, as a logarithm; `span` is how many candles a bar of the trend has. */
  constructor(first: number, span: number) {
    [this.fast, this.slow] = [first, first];
    this.rates = [2 / (averages[0] * span + 1), 2 / (averages[1] * span + 1)];
  }

  /** Takes the next price, as a logarithm: 1 is up, -1 down, 0 neither. */
  next(price: number): -1 | 0 | 1 {
    this.fast += this.rates[0] * (price - this.fast);
    this.slow += this.rates[1] * (price - this.slow);
    if (price > this.fast && this.fast > this.slow) return 1;
    return price < this.fast && this.fast < this.slow ? -1 : 0;
  }
}

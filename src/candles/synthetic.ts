import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { type Candles, unbroken } from "./candles.ts";

/** A synthetic market: which symbols, how long, and when its last candle closes. */
export interface SyntheticMarket {
  readonly seed: number;
  readonly symbols: readonly string[];
  readonly days: number;
  readonly timeframeMs: number;
  /** Close of the last candle, epoch ms; rounded down to the timeframe's grid. */
  readonly endTimeMs: number;
}

/** Steps within one bar, from which its high and low come. */
const stepsPerBar = 8;
/** How long the planted edge lasts after a strong move. */
const edgeMs = 6 * 3_600_000;
/** Magnitudes of the symbols' prices: the least first price, and the step of a price. Written out, because engines disagree about powers of ten. */
const magnitudes = [
  [1, 0.00001],
  [10, 0.0001],
  [100, 0.001],
  [1000, 0.01],
  [10_000, 0.1],
] as const;
/** The timeframe that the constants of drift and volatility below are for; others are scaled as a random walk's are. */
const baseTimeframeMs = 900_000;

/**
 * Made-up candles with what real ones have: a common factor, regimes of drift that last for days, volatility that clusters, jumps, volume that rises
 * with volatility; and a modest planted edge: after a strong bar on high volume in the direction of the regime, the drift goes on for
 * some hours. Nothing about them is real; the same seed gives the same market.
 */
export function syntheticMarket(market: SyntheticMarket): Candles[] {
  const { seed, symbols, days, timeframeMs } = market;
  const bars = Math.floor((days * 86_400_000) / timeframeMs);
  const end = Math.floor(market.endTimeMs / timeframeMs) * timeframeMs;
  const random = new Random(seed);
  const common = factorOf(random, bars, timeframeMs);
  return symbols.map((symbol, k) => seriesOf(symbol, k, common, bars, end - bars * timeframeMs, timeframeMs, random));
}

/** Normal and uniform numbers from one seeded sequence. */
class Random {
  private readonly generator;

  constructor(seed: number) {
    this.generator = xoroshiro128plus(seed);
  }

  uniform(): number {
    return (this.generator.next() >>> 0) / 4294967296;
  }

  /** Standard normal (Box and Muller 1958). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }
}

/** What all symbols share: drift and shock a bar, in log returns. */
interface Factor {
  readonly drift: Float64Array;
  readonly shock: Float64Array;
}

function factorOf(random: Random, bars: number, timeframeMs: number): Factor {
  const time = timeframeMs / baseTimeframeMs;
  const drift = new Float64Array(bars);
  const shock = new Float64Array(bars);
  let regime = 0;
  let left = 0;
  let variance = 1;
  let last = 0;
  for (let bar = 0; bar < bars; bar++) {
    if (left-- <= 0) {
      regime = [-1, 0, 1][Math.floor(random.uniform() * 3)]!;
      left = Math.round((2 + 5 * random.uniform()) * (86_400_000 / timeframeMs));
    }
    // GARCH(1,1) around 1 (Bollerslev 1986), so that storms and calms last.
    variance = 0.04 + 0.08 * last * last + 0.88 * variance;
    last = Math.sqrt(variance) * random.normal();
    drift[bar] = regime * 0.0001;
    shock[bar] = 0.0018 * Math.sqrt(time) * last + (random.uniform() < 0.0008 * time ? 0.02 * random.normal() : 0);
  }
  return { drift, shock };
}

function seriesOf(
  symbol: string,
  place: number,
  common: Factor,
  bars: number,
  firstOpenTimeMs: number,
  timeframeMs: number,
  random: Random,
): Candles {
  const columns = Array.from({ length: 5 }, () => new Float64Array(bars));
  const [open, high, low, close, volume] = columns as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const time = timeframeMs / baseTimeframeMs;
  const edgeBars = Math.round(edgeMs / timeframeMs);
  const strongMove = 0.006 * Math.sqrt(time);
  const beta = 0.7 + 0.6 * random.uniform();
  const [least, tick] = magnitudes[place % magnitudes.length]!;
  let price = least * (1 + 4 * random.uniform());
  const rounded = (value: number): number => Math.max(tick, Number((Math.round(value / tick) * tick).toPrecision(12)));
  price = rounded(price);
  let variance = 1;
  let last = 0;
  let edge = 0;
  let edgeLeft = 0;
  for (let bar = 0; bar < bars; bar++) {
    variance = 0.05 + 0.1 * last * last + 0.85 * variance;
    last = Math.sqrt(variance) * random.normal();
    const drift = common.drift[bar]! * beta + (edgeLeft-- > 0 ? edge : 0);
    const jump = random.uniform() < 0.0006 * time ? 0.025 * random.normal() : 0;
    const move = drift + beta * common.shock[bar]! + 0.0022 * Math.sqrt(time) * last + jump;
    const first = price;
    let [top, bottom, walk] = [first, first, 0];
    const noise = 0.6 * (Math.abs(move) + 0.001 * Math.sqrt(time));
    for (let step = 1; step < stepsPerBar; step++) {
      walk += (noise / Math.sqrt(stepsPerBar)) * random.normal();
      const at = first * Math.exp((move * step) / stepsPerBar + walk * (1 - step / stepsPerBar));
      if (at > top) top = at;
      if (at < bottom) bottom = at;
    }
    const end = rounded(first * Math.exp(move));
    open[bar] = first;
    close[bar] = end;
    high[bar] = Math.max(first, end, rounded(top));
    low[bar] = Math.min(first, end, rounded(bottom));
    const excitement = Math.abs(move) / (0.003 * Math.sqrt(time));
    volume[bar] = Number((1000 * (0.4 + excitement) * Math.exp(0.35 * random.normal())).toFixed(3));
    if (Math.abs(move) > strongMove && Math.sign(move) === Math.sign(common.drift[bar]!)) {
      edge = Math.sign(move) * 0.0003;
      edgeLeft = edgeBars;
    }
    price = end;
  }
  return unbroken({ symbol, timeframeMs, firstOpenTimeMs, count: bars, open, high, low, close, volume });
}

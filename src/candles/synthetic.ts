import { Random } from "../random.ts";
import { type Candles, unbroken } from "./candles.ts";
import { PlantedEdge } from "./plantedEdge.ts";

/** A synthetic market: which symbols, how long, and when its last candle closes. */
export interface SyntheticMarket {
  readonly seed: number;
  readonly symbols: readonly string[];
  readonly days: number;
  readonly timeframeMs: number;
  /** Close of the last candle, epoch ms; rounded down to the timeframe's grid. */
  readonly endTimeMs: number;
}

/** Price steps within one bar, from which its high and low come. With few steps, a path would jump past levels and stops would cost too little. */
const stepsPerBar = 64;
/** Magnitudes of the symbols' prices: the minimum first price, and the price step. Written out, because engines disagree about powers of ten. */
const magnitudes = [
  [1, 0.00001],
  [10, 0.0001],
  [100, 0.001],
  [1000, 0.01],
  [10_000, 0.1],
] as const;
/** The timeframe that the constants of volatility below are for; others are scaled as a random walk's are. */
const baseTimeframeMs = 900_000;

/**
 * Synthetic candles with the features of real ones: a common factor, clustered volatility, jumps, volume that rises with volatility. Each price is a
 * random walk of 64 steps per bar, apart from one planted edge (`PlantedEdge`), which the scanner's type `swing` can find and `scalping` cannot.
 * The same seed gives the same market.
 */
export function syntheticMarket(market: SyntheticMarket): Candles[] {
  const { seed, symbols, days, timeframeMs } = market;
  const bars = Math.floor((days * 86_400_000) / timeframeMs);
  const end = Math.floor(market.endTimeMs / timeframeMs) * timeframeMs;
  const random = new Random(seed);
  const common = factorOf(random, bars, timeframeMs);
  const grid = { timeframeMs, firstOpenTimeMs: end - bars * timeframeMs, count: bars };
  return symbols.map((symbol, k) => seriesOf(symbol, k, grid, common, random));
}

/** What all symbols share, bar by bar, in log returns. */
interface Factor {
  /** What the common walk moves. */
  readonly shock: Float64Array;
  /** Its standard deviation. */
  readonly deviation: Float64Array;
  /** Moves in one step, mostly 0. */
  readonly jump: Float64Array;
}

function factorOf(random: Random, bars: number, timeframeMs: number): Factor {
  const time = timeframeMs / baseTimeframeMs;
  const [shock, deviation, jump] = [new Float64Array(bars), new Float64Array(bars), new Float64Array(bars)];
  let variance = 1;
  let last = 0;
  for (let bar = 0; bar < bars; bar++) {
    // GARCH(1,1) around 1 (Bollerslev 1986), so that volatility clusters.
    variance = 0.04 + 0.08 * last * last + 0.88 * variance;
    last = Math.sqrt(variance) * random.normal();
    shock[bar] = 0.0018 * Math.sqrt(time) * last;
    deviation[bar] = 0.0018 * Math.sqrt(time * variance);
    if (random.uniform() < 0.0008 * time) jump[bar] = 0.02 * random.normal();
  }
  return { shock, deviation, jump };
}

/**
 * Highest and lowest log return on the way to `end` within one bar: a walk of `stepsPerBar` equal steps up or down, with the bar's
 * deviation, pinned to where it ends (a bridge), and one jump on the way.
 */
function extremesOf(
  random: Random,
  end: number,
  deviation: number,
  jump: number,
): readonly [top: number, bottom: number] {
  const step = deviation / Math.sqrt(stepsPerBar);
  const jumpsAt = jump === 0 ? stepsPerBar : Math.floor(random.uniform() * stepsPerBar);
  const ways = [random.bits(), random.bits()];
  const up = bitsSet(ways[0]!) + bitsSet(ways[1]!);
  const drift = (end - jump - (2 * up - stepsPerBar) * step) / stepsPerBar;
  let [at, top, bottom] = [0, 0, 0];
  for (let k = 0; k < stepsPerBar; k++) {
    at += (((ways[k >> 5]! >>> (k & 31)) & 1) === 1 ? step : -step) + drift;
    if (k === jumpsAt) at += jump;
    if (at > top) top = at;
    if (at < bottom) bottom = at;
  }
  return [top, bottom];
}

/** How many of 32 bits are 1 (Warren, "Hacker's Delight", section 5-1). */
function bitsSet(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** The bars of every symbol. */
type Bars = Pick<Candles, "count" | "firstOpenTimeMs" | "timeframeMs">;

/** The series of one symbol; `place` is its index among the symbols. */
function seriesOf(symbol: string, place: number, grid: Bars, common: Factor, random: Random): Candles {
  const { count: bars, timeframeMs } = grid;
  const columns = Array.from({ length: 5 }, () => new Float64Array(bars));
  const [open, high, low, close, volume] = columns as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const time = timeframeMs / baseTimeframeMs;
  const beta = 0.7 + 0.6 * random.uniform();
  const [least, tick] = magnitudes[place % magnitudes.length]!;
  let price = least * (1 + 4 * random.uniform());
  const rounded = (value: number): number => Math.max(tick, Number((Math.round(value / tick) * tick).toPrecision(12)));
  price = rounded(price);
  let variance = 1;
  let last = 0;
  const edge = new PlantedEdge(price, timeframeMs);
  for (let bar = 0; bar < bars; bar++) {
    variance = 0.05 + 0.1 * last * last + 0.85 * variance;
    last = Math.sqrt(variance) * random.normal();
    const own = 0.0022 * Math.sqrt(time);
    const deviation = Math.sqrt(own * own * variance + beta * beta * common.deviation[bar]! * common.deviation[bar]!);
    const jump = beta * common.jump[bar]! + (random.uniform() < 0.0006 * time ? 0.025 * random.normal() : 0);
    const move = edge.drift() + beta * common.shock[bar]! + own * last + jump;
    const first = price;
    const [top, bottom] = extremesOf(random, move, deviation, jump);
    const end = rounded(first * Math.exp(move));
    open[bar] = first;
    close[bar] = end;
    high[bar] = Math.max(first, end, rounded(first * Math.exp(top)));
    low[bar] = Math.min(first, end, rounded(first * Math.exp(bottom)));
    const excitement = Math.abs(move) / (0.003 * Math.sqrt(time));
    volume[bar] = Number((1000 * (0.4 + excitement) * Math.exp(0.35 * random.normal())).toFixed(3));
    edge.see(move, end);
    price = end;
  }
  return unbroken({ symbol, ...grid, open, high, low, close, volume });
}

import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { type Candles, type Space, unbroken, wilderAtr } from "../engine.ts";

/** Markets in which nothing can be predicted: plain random walks, and walks whose common swings come and go in regimes. */
export type NullKind = "walk" | "regimes";

export interface NullMarket {
  readonly candles: readonly Candles[];
  /** A signals file's text: what a bot knows at each close, which tells nothing of what follows but how wild it will be. */
  readonly signals: string;
}

export const nullTimeframeMs = 900_000;

/** What is searched over a null market. */
export const nullSpace: Space = {
  min_momentum: [0, 1.5, 2, 3, 4],
  min_surge: [0, 1, 1.2, 1.5],
  min_noise: [0, 0.3, 0.6],
  atr_tp_multiplier: [2, 4, 8],
  atr_stop_multiplier: [1, 2, 4],
  max_holding_hours: [2, 6],
};

const symbols = 6;
const bars = 4500;
const stepsPerBar = 64;
const volatility = 0.003;
const startMs = Date.UTC(2025, 0, 1);
const momentumBars = 12;
const warmBars = 100;
/** Bars that a bot waits between two signals of a symbol. */
const restBars = 6;

interface Shape {
  /** Share of the variance that all symbols have in common. */
  readonly common: number;
  /** Standard deviation of the log volatility, and how much of it a bar keeps. */
  readonly swing: number;
  readonly memory: number;
  /** Degrees of freedom of the bars' scale; Infinity: none. */
  readonly tails: number;
}

const shapes: Readonly<Record<NullKind, Shape>> = {
  walk: { common: 0.3, swing: 0, memory: 0, tails: Number.POSITIVE_INFINITY },
  regimes: { common: 0.7, swing: 0.6, memory: 0.99, tails: 5 },
};

/** A market without anything to find, the same for the same seed. */
export function nullMarket(kind: NullKind, seed: number): NullMarket {
  const generator = xoroshiro128plus(seed);
  const uniform = (): number => ((generator.next() >>> 0) + 0.5) / 4294967296;
  // Box and Muller 1958.
  const normal = (): number => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  const shape = shapes[kind];
  const scale = scalesOf(shape, normal);
  const shared = Float64Array.from({ length: bars * stepsPerBar }, normal);
  const candles = Array.from({ length: symbols }, (_, k) => walkOf(`COIN${k}USDT`, shape, scale, shared, normal));
  const rows = candles.flatMap((series) => signalsOf(series, uniform));
  rows.sort((a, b) => a.time - b.time);
  const header = "symbol,timestamp,direction,type,momentum,surge,noise";
  return { candles, signals: `${[header, ...rows.map(({ text }) => text)].join("\n")}\n` };
}

/** Volatility of a step, by bar: regimes that last, and bars with fat tails (Student's t as a mixture of normals). */
function scalesOf({ swing, memory, tails }: Shape, normal: () => number): Float64Array {
  let level = swing * normal();
  return Float64Array.from({ length: bars }, () => {
    level = memory * level + Math.sqrt(1 - memory * memory) * swing * normal();
    let mixture = 1;
    if (Number.isFinite(tails)) {
      let squares = 0;
      for (let k = 0; k < tails; k++) squares += normal() ** 2;
      mixture = Math.sqrt((tails - 2) / squares);
    }
    return (volatility / Math.sqrt(stepsPerBar)) * Math.exp(level - swing * swing) * mixture;
  });
}

function walkOf(
  symbol: string,
  { common }: Shape,
  scale: Float64Array,
  shared: Float64Array,
  normal: () => number,
): Candles {
  const column = (): Float64Array => new Float64Array(bars);
  const [open, high, low, close] = [column(), column(), column(), column()];
  const [ofAll, own] = [Math.sqrt(common), Math.sqrt(1 - common)];
  let price = 100;
  for (let bar = 0; bar < bars; bar++) {
    open[bar] = price;
    let [top, bottom] = [price, price];
    const deviation = scale[bar]!;
    for (let step = 0; step < stepsPerBar; step++) {
      const shock = ofAll * shared[bar * stepsPerBar + step]! + own * normal();
      // The mean of a lognormal step is 1: a walk without drift pays nobody, long or short.
      price *= Math.exp(deviation * shock - (deviation * deviation) / 2);
      if (price > top) top = price;
      if (price < bottom) bottom = price;
    }
    high[bar] = top;
    low[bar] = bottom;
    close[bar] = price;
  }
  return unbroken({
    symbol,
    timeframeMs: nullTimeframeMs,
    firstOpenTimeMs: startMs,
    count: bars,
    open,
    high,
    low,
    close,
    volume: new Float64Array(bars).fill(1),
  });
}

/** Signals in the direction of a move that was large for its bars, as trend followers get them: many at once, over many symbols, in wild hours. */
function signalsOf(series: Candles, uniform: () => number): { readonly time: number; readonly text: string }[] {
  const { symbol, close, count } = series;
  const atr = wilderAtr(series);
  const rows: { readonly time: number; readonly text: string }[] = [];
  for (let bar = warmBars; bar < count - 1; bar++) {
    const move = (close[bar]! - close[bar - momentumBars]!) / atr[bar]!;
    if (Math.abs(move) < 2) continue;
    const surge = atr[bar]! / atr[bar - warmBars + 14]!;
    const time = startMs + bar * nullTimeframeMs;
    const known = [Math.abs(move), surge, uniform()].map((value) => value.toFixed(4)).join();
    rows.push({ time, text: `${symbol},${time},${move > 0 ? 1 : -1},all,${known}` });
    bar += restBars;
  }
  return rows;
}

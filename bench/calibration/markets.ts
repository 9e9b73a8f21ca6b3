import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import { type Candles, type Space, unbroken } from "../engine.ts";

/** What a made-up market holds: nothing but noise, an edge, or an edge that ends half-way. */
export type Kind = "noise" | "edge" | "dying";

/** A market of which it is known what can be found in it, with the signals of a bot that knows as much as `strength`. */
export interface KnownMarket {
  readonly candles: readonly Candles[];
  /** A signals file's text. */
  readonly signals: string;
}

/** From this strength on a signal may be followed by a run in its direction, where the market has an edge at all. */
export const plantedThreshold = 70;
export const timeframeMs = 900_000;

/** What is searched: the planted threshold is one of its candidates. */
export const space: Space = {
  min_strength: [0, 10, 20, 30, 40, 50, 60, 70, 80, 90],
  min_noise: [0, 0.5],
  atr_tp_multiplier: [3, 5, 8, 12],
  atr_stop_multiplier: [1.5, 2.5, 4],
  max_holding_hours: [3, 6, 12],
  trailing_stop_enabled: [false, true],
  trailing_stop_activation: [2],
  trailing_stop_distance: [1, 2],
};

const symbols = Array.from({ length: 10 }, (_, k) => `COIN${k}USDT`);
const signalsPerSymbol = 360;
/** Signals of one symbol stand so far apart that no run reaches into the next. */
const spacingBars = 72;
const firstSignalBar = 40;
const driftBars = 24;
const endBars = 80;
const stepsPerBar = 4;
/** One strong signal in seven is followed by a run of 4.5 %: 0.64 % on average, 0.5 % net of 0.14 % of costs. */
const runShare = 1 / 7;
const run = 0.045;
/** With the runs, a trade held for six hours has a standard deviation of about 2 %. */
const volatility = 0.0125 / Math.sqrt(driftBars);
/** Share of the variance that all symbols have in common. */
const commonShare = 0.3;
const startMs = Date.UTC(2025, 0, 1);

/** A random walk for each symbol, with runs after strong signals where `kind` has one. The same seed gives the same market. */
export function knownMarket(kind: Kind, seed: number): KnownMarket {
  const generator = xoroshiro128plus(seed);
  const uniform = (): number => (generator.next() >>> 0) / 4294967296;
  // Box and Muller 1958.
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const bars = firstSignalBar + signalsPerSymbol * spacingBars + endBars;
  const common = Float64Array.from({ length: bars * stepsPerBar }, normal);
  const rows: { readonly time: number; readonly text: string }[] = [];
  const candles = symbols.map((symbol): Candles => {
    const drift = new Float64Array(bars);
    for (let k = 0; k < signalsPerSymbol; k++) {
      const bar = firstSignalBar + k * spacingBars + Math.floor((spacingBars - driftBars) * uniform());
      const direction = uniform() < 0.5 ? 1 : -1;
      const strength = Math.floor(100 * uniform());
      const time = startMs + bar * timeframeMs;
      const text = `${symbol},${time},${direction},all,${strength},${uniform().toFixed(4)}`;
      rows.push({ time, text });
      const isAlive = kind === "edge" || (kind === "dying" && k < signalsPerSymbol / 2);
      const runs = uniform() < runShare;
      if (isAlive && runs && strength >= plantedThreshold)
        drift.fill((direction * run) / driftBars, bar + 1, bar + 1 + driftBars);
    }
    return walk(symbol, drift, common, normal);
  });
  rows.sort((a, b) => a.time - b.time);
  const header = "symbol,timestamp,direction,type,strength,noise";
  return { candles, signals: `${[header, ...rows.map(({ text }) => text)].join("\n")}\n` };
}

function walk(symbol: string, drift: Float64Array, common: Float64Array, normal: () => number): Candles {
  const count = drift.length;
  const column = (): Float64Array => new Float64Array(count);
  const [open, high, low, close] = [column(), column(), column(), column()];
  const scale = volatility / Math.sqrt(stepsPerBar);
  const [shared, own] = [Math.sqrt(commonShare), Math.sqrt(1 - commonShare)];
  let price = 100;
  for (let bar = 0; bar < count; bar++) {
    open[bar] = price;
    let [top, bottom] = [price, price];
    for (let step = 0; step < stepsPerBar; step++) {
      const shock = shared * common[bar * stepsPerBar + step]! + own * normal();
      // The mean of a lognormal step is 1: a walk without drift pays nobody, long or short.
      price *= Math.exp(scale * shock - (scale * scale) / 2 + drift[bar]! / stepsPerBar);
      if (price > top) top = price;
      if (price < bottom) bottom = price;
    }
    high[bar] = top;
    low[bar] = bottom;
    close[bar] = price;
  }
  return unbroken({
    symbol,
    timeframeMs,
    firstOpenTimeMs: startMs,
    count,
    open,
    high,
    low,
    close,
    volume: new Float64Array(count).fill(1),
  });
}

import { type Candles, marketOfSeries, readMarket, type Space, shuffledDays, wilderAtr } from "../engine.ts";
import { type Draws, drawsOf } from "./draws.ts";
import { type KnownMarket, type NullMarketKind, type SignalRow, signalsText } from "./known.ts";
import { walks, walkTimeframeMs } from "./walks.ts";

/** What is searched over the signals of a null market. */
export const nullSpace: Space = {
  min_momentum: [0, 1.5, 2, 3, 4],
  min_surge: [0, 1, 1.2, 1.5],
  min_noise: [0, 0.3, 0.6],
  atr_tp_multiplier: [2, 4, 8],
  atr_stop_multiplier: [1, 2, 4],
  max_holding_hours: [2, 6],
};

/** How large a null market is. */
export interface NullSize {
  readonly symbols: number;
  /** Candles of a symbol, and how many of them the run sees. */
  readonly bars: number;
  readonly seenBars: number;
}

const volatility = 0.003;
/** A strong bull market, which ends with what the run sees: log move of a candle, 0.3 % a day. */
const bullDrift = 0.003 / 96;
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
  /** Log move of a bar that is seen. */
  readonly drift: number;
}

const plain = { common: 0.3, swing: 0, memory: 0, tails: Number.POSITIVE_INFINITY, drift: 0 };
const shapes: Readonly<Record<Exclude<NullMarketKind, "shuffled">, Shape>> = {
  walk: plain,
  regimes: { common: 0.7, swing: 0.6, memory: 0.99, tails: 5, drift: 0 },
  drift: { ...plain, drift: bullDrift },
};

/**
 * A market without anything to find, the same for the same seed. `folder` holds the real candles of which `shuffled` deals whole days, the same for
 * all symbols.
 */
export async function nullMarket(
  kind: NullMarketKind,
  seed: number,
  size: NullSize,
  folder: string | null,
): Promise<KnownMarket> {
  const draws = drawsOf(seed);
  const candles = kind === "shuffled" ? await shuffled(folder, seed, size) : walked(shapes[kind], size, draws);
  const startMs = candles[0]!.firstOpenTimeMs;
  const timeAt = (bar: number): number => startMs + bar * walkTimeframeMs;
  return {
    candles,
    signals: signalsText(
      ["momentum", "surge", "noise"],
      candles.flatMap((series) => signalsOf(series, draws.uniform)),
    ),
    space: nullSpace,
    nightMs: timeAt(size.seenBars),
    endMs: timeAt(size.bars),
    minProfit: 0.02,
    lookaheadHours: 6,
  };
}

function walked(shape: Shape, { symbols, bars, seenBars }: NullSize, draws: Draws): Candles[] {
  const deviations = deviationsOf(shape, bars, draws.normal);
  return walks(
    {
      symbols: Array.from({ length: symbols }, (_, k) => `COIN${k}USDT`),
      bars,
      commonShare: shape.common,
      deviationAt: (bar) => deviations[bar]!,
      driftAt: (_, bar) => (bar < seenBars ? shape.drift : 0),
    },
    draws,
  );
}

/** Volatility by bar: regimes that last, and bars with fat tails (Student's t as a mixture of normals). */
function deviationsOf({ swing, memory, tails }: Shape, bars: number, normal: () => number): Float64Array {
  let level = swing * normal();
  return Float64Array.from({ length: bars }, () => {
    level = memory * level + Math.sqrt(1 - memory * memory) * swing * normal();
    let mixture = 1;
    if (Number.isFinite(tails)) {
      let squares = 0;
      for (let k = 0; k < tails; k++) squares += normal() ** 2;
      mixture = Math.sqrt((tails - 2) / squares);
    }
    return volatility * Math.exp(level - swing * swing) * mixture;
  });
}

let real: Promise<Awaited<ReturnType<typeof readMarket>>> | null = null;

/** The first candles of a real market whose days were dealt anew. */
async function shuffled(folder: string | null, seed: number, { symbols, bars }: NullSize): Promise<Candles[]> {
  if (folder === null) throw new Error("shuffled days need --candles DIR: a folder of real candles, 15 minutes each");
  const options = { timeframeMs: walkTimeframeMs, lenient: false, nowMs: Date.now(), withVolume: true };
  real ??= readMarket(folder, options);
  const market = await real;
  const bySymbol = new Map([...market.bySymbol].slice(0, symbols));
  const series = shuffledDays({ ...market, bySymbol }, seed);
  const firstMs = Math.max(...series.map(({ times }) => times![0]!));
  const toMs = firstMs + (bars - 1) * walkTimeframeMs;
  const dealt = marketOfSeries(series, { ...options, fromMs: firstMs, toMs });
  return [...dealt.bySymbol.values()];
}

/** Signals in the direction of a move that was large for its bars, as trend followers get them: many at once, over many symbols, in wild hours. */
function signalsOf(series: Candles, uniform: () => number): SignalRow[] {
  const { symbol, close, count, firstOpenTimeMs } = series;
  const atr = wilderAtr(series);
  const rows: SignalRow[] = [];
  for (let bar = warmBars; bar < count - 1; bar++) {
    const move = (close[bar]! - close[bar - momentumBars]!) / atr[bar]!;
    if (Math.abs(move) < 2) continue;
    const surge = atr[bar]! / atr[bar - warmBars + 14]!;
    const time = firstOpenTimeMs + bar * walkTimeframeMs;
    const known = [Math.abs(move), surge, uniform()].map((value) => value.toFixed(4)).join();
    rows.push({ time, text: `${symbol},${time},${move > 0 ? 1 : -1},all,${known}` });
    bar += restBars;
  }
  return rows;
}

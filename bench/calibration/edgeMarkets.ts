import type { Space } from "../engine.ts";
import { type Draws, drawsOf } from "./draws.ts";
import { type EdgeKind, type KnownMarket, type SignalRow, signalsText } from "./known.ts";
import { walkStartMs, walks, walkTimeframeMs } from "./walks.ts";

/** From this strength on a signal may be followed by a move in its direction, where the market has an edge at all. */
export const plantedThreshold = 70;

/** What is searched: the planted threshold is one of its candidates. */
export const edgeSpace: Space = {
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
/** Signals of one symbol, those that the run sees and those that come later. */
export interface EdgeSize {
  readonly seenSignals: number;
  readonly laterSignals: number;
  /** Of the other symbols, only every so many-th of them; 1 where all symbols have as many. */
  readonly othersEvery?: number;
  /** Bars between signals, and those that a planted move takes. */
  readonly spacingBars?: number;
  readonly driftBars?: number;
}

/** 350 of ten symbols make 1,050 of the hold-out, three in ten of them strong. */
const wholeSize: EdgeSize = { seenSignals: 350, laterSignals: 110 };
const firstSignalBar = 40;
const endBars = 80;
const commonShare = 0.3;
/** A trade as long as a planted move has this deviation, what is planted counted, as a fraction. */
const tradeDeviation = 0.02;
const costs = 0.0014;

/** What is planted after a strong signal. */
interface Plant {
  /** Net mean of the strong signals' trades, a fraction. */
  readonly net: number;
  /** Share of the strong signals that a move follows: 1 spreads it evenly over all. */
  readonly share: number;
  /** Part of the whole that is left of it, by the part of the seen signals that has gone by; from 1 on the later ones. */
  readonly left: (gone: number) => number;
  readonly inSymbol: (place: number) => boolean;
}

const lasting = { left: () => 1, inSymbol: () => true };
const runShare = 1 / 7;
const plants: Readonly<Record<EdgeKind, Plant>> = {
  "runs 0.5 %": { net: 0.005, share: runShare, ...lasting },
  "even 0.5 %": { net: 0.005, share: 1, ...lasting },
  "runs 0.3 %": { net: 0.003, share: runShare, ...lasting },
  "even 0.3 %": { net: 0.003, share: 1, ...lasting },
  "one symbol": { net: 0.03, share: 1, left: () => 1, inSymbol: (place) => place === 0 },
  dying: { net: 0.005, share: runShare, left: (gone) => (gone < 0.5 ? 1 : 0), inSymbol: () => true },
  fading: { net: 0.01, share: 1, left: (gone) => Math.max(0, 1 - gone), inSymbol: () => true },
};

/** Random walks with an edge of a kind after strong signals, the same for the same seed. */
export function edgeMarket(kind: EdgeKind, seed: number, size = wholeSize): KnownMarket {
  return plantedMarket(plants[kind], seed, size);
}

/** The same walks and signals with nothing planted. */
export function edgelessMarket(seed: number, size = wholeSize): KnownMarket {
  return plantedMarket({ net: -costs, share: 1, ...lasting }, seed, size);
}

/**
 * An edge of 0.5 % in one symbol of ten, with enough signals to be sure of it there: 3,500, of which 1,050 are strong, 315 of them in the hold-out. The other symbols
 * have a tenth of them. Signals come every four hours, and a planted move takes three.
 */
export function oneCoinMarket(seed: number): KnownMarket {
  const plant: Plant = { net: 0.005, share: 1, left: () => 1, inSymbol: (place) => place === 0 };
  const size = { seenSignals: 3500, laterSignals: 350, othersEvery: 10, spacingBars: 16, driftBars: 12 };
  const space = { ...edgeSpace, max_holding_hours: [1.5, 3] };
  return { ...plantedMarket(plant, seed, size), space, lookaheadHours: 3 };
}

function plantedMarket(plant: Plant, seed: number, size: EdgeSize): KnownMarket {
  const { seenSignals, laterSignals, othersEvery = 1, spacingBars = 72, driftBars = 24 } = size;
  const draws = drawsOf(seed);
  const count = seenSignals + laterSignals;
  const bars = firstSignalBar + count * spacingBars + endBars;
  const move = (plant.net + costs) / plant.share;
  const drifts = symbols.map(() => new Float32Array(bars));
  const rows = symbols.flatMap((symbol, place) =>
    everyOf(count, place === 0 ? 1 : othersEvery).map((k): SignalRow => {
      const bar = firstSignalBar + k * spacingBars + Math.floor((spacingBars - driftBars) * draws.uniform());
      const { direction, strength, row } = signalAt(symbol, bar, draws);
      const isFollowed = draws.uniform() < plant.share && strength >= plantedThreshold && plant.inSymbol(place);
      const planted = isFollowed ? direction * move * plant.left(k / seenSignals) : 0;
      drifts[place]!.fill(planted / driftBars, bar + 1, bar + 1 + driftBars);
      return row;
    }),
  );
  const ofRuns = move * move * plant.share * (1 - plant.share);
  const deviation = Math.sqrt((tradeDeviation * tradeDeviation - ofRuns) / driftBars);
  const shape = { symbols, bars, commonShare, deviationAt: () => deviation };
  const timeAt = (bar: number): number => walkStartMs + bar * walkTimeframeMs;
  return {
    candles: walks({ ...shape, driftAt: (place, bar) => drifts[place]![bar]! }, draws),
    signals: signalsText(["strength", "noise"], rows),
    space: edgeSpace,
    // The last seen signals' paths are over by then.
    nightMs: timeAt(firstSignalBar + seenSignals * spacingBars),
    endMs: timeAt(bars),
    minProfit: 0.035,
    lookaheadHours: 6,
  };
}

/** Every so many-th of the first whole numbers. */
function everyOf(count: number, step: number): number[] {
  return Array.from({ length: Math.ceil(count / step) }, (_, k) => k * step);
}

function signalAt(symbol: string, bar: number, { uniform }: Draws) {
  const direction = uniform() < 0.5 ? 1 : -1;
  const strength = Math.floor(100 * uniform());
  const time = walkStartMs + bar * walkTimeframeMs;
  return {
    direction,
    strength,
    row: { time, text: `${symbol},${time},${direction},all,${strength},${uniform().toFixed(4)}` },
  };
}

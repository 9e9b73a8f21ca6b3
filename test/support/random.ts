import fc from "fast-check";
import { type Candles, type Market, openTimeMs, unbroken } from "../../src/candles/candles.ts";
import type { Labels, OpportunityTable } from "../../src/opportunities/table.ts";
import { without } from "./holes.ts";

/** A generator of numbers in [0,1) from a seed (mulberry32): enough for test data. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Candles that jump: opens gap, bars are wide against the ATRs used, some are flat, and prices sit on a coarse grid so that levels are met exactly. */
export function jumpyCandles(symbol: string, count: number, random: () => number, timeframeMs = 900_000): Candles {
  const columns = Array.from({ length: 5 }, () => new Float64Array(count)) as [
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  const tick = (price: number): number => Math.max(1, Math.round(price * 4) / 4);
  let close = 100;
  for (let i = 0; i < count; i++) {
    const isFlat = random() < 0.1;
    const open = random() < 0.3 ? tick(close + 6 * (random() - 0.5)) : close;
    const end = isFlat ? open : tick(open + 6 * (random() - 0.5));
    const high = isFlat ? open : tick(Math.max(open, end) + 3 * random());
    const low = isFlat ? open : Math.min(open, end, tick(Math.min(open, end) - 3 * random()));
    columns[0][i] = open;
    columns[1][i] = Math.max(open, end, high);
    columns[2][i] = low;
    columns[3][i] = end;
    columns[4][i] = isFlat ? 0 : 1 + random();
    close = end;
  }
  const [open, high, low, closes, volume] = columns;
  return unbroken({
    symbol,
    timeframeMs,
    firstOpenTimeMs: 0,
    count,
    open,
    high,
    low,
    close: closes,
    volume,
  });
}

/** Midnight of 2025-01-01 UTC, as a time that the doors take. */
export const startMs = 1_735_689_600_000;

/** The same candles from another time on. */
export const begunAt = (firstOpenTimeMs: number, candles: Candles): Candles => ({ ...candles, firstOpenTimeMs });

export interface RandomCase {
  readonly market: Market;
  readonly table: OpportunityTable;
  readonly labels: Labels;
}

/** A market of two symbols and opportunities on any bar of it, the last ones included; features on small grids, some cells empty. */
export function randomCase(seed: number, rows: number, bars: number): RandomCase {
  const random = randomFrom(seed);
  return caseOf(
    random,
    rows,
    symbols.map((symbol) => jumpyCandles(symbol, bars, random)),
  );
}

/** The same with candles missing: single ones and runs of up to 20; those of the second symbol open five minutes after the first's. */
export function holedCase(seed: number, rows: number, bars: number): RandomCase {
  const random = randomFrom(seed);
  const series = symbols.map((symbol, k) => {
    const missing = new Set<number>();
    for (let slot = 1; slot < bars; slot++)
      if (random() < 0.1) for (let left = random() < 0.5 ? 1 : 20 * random(); left > 0; left--) missing.add(slot++);
    const candles = without(jumpyCandles(symbol, bars, random), (slot) => missing.has(slot));
    return { ...candles, firstOpenTimeMs: k * 300_000 };
  });
  return caseOf(random, rows, series);
}

const symbols = ["AAA", "BBB"];

function caseOf(random: () => number, rows: number, series: readonly Candles[]): RandomCase {
  const market: Market = {
    timeframeMs: 900_000,
    bySymbol: new Map(series.map((candles) => [candles.symbol, candles])),
  };
  const pick = (n: number): number => Math.floor(random() * n);
  const symbol = Uint16Array.from({ length: rows }, () => pick(2));
  const bar = Int32Array.from({ length: rows }, (_, row) => pick(series[symbol[row]!]!.count));
  const direction = Int8Array.from({ length: rows }, () => (random() < 0.5 ? 1 : -1));
  const entry = Float64Array.from(bar, (at, row) => {
    const { close, open } = market.bySymbol.get(symbols[symbol[row]!]!)!;
    return random() < 0.8 ? close[at]! : open[at]!;
  });
  const feature = (levels: number): Float64Array =>
    Float64Array.from({ length: rows }, () => (random() < 0.05 ? Number.NaN : pick(levels)));
  const zeros = (): Float64Array => new Float64Array(rows);
  return {
    market,
    table: {
      count: rows,
      symbols,
      symbol,
      timestampMs: Float64Array.from(bar, (at, row) => openTimeMs(series[symbol[row]!]!, at)),
      bar,
      direction,
      types: ["all"],
      type: new Uint8Array(rows),
      entry,
      atr: Float64Array.from({ length: rows }, () => 0.5 + pick(8) / 4),
      featureNames: ["score", "level", "flag", "group"],
      features: [feature(10), feature(5), feature(2), feature(4)],
    },
    labels: {
      mfe: zeros(),
      mae: zeros(),
      hoursToMfe: zeros(),
      density: zeros(),
      objective: Uint8Array.from({ length: rows }, () => (random() < 0.3 ? 1 : 0)),
    },
  };
}

/** The same opportunities with exit signals: some have none, some one beyond any holding time. */
export function withExitSignals(one: RandomCase, seed: number): RandomCase {
  const random = randomFrom(seed);
  const exitBars = Int32Array.from({ length: one.table.count }, () =>
    random() < 0.3 ? 0 : 1 + Math.floor(random() * 20),
  );
  return { ...one, table: { ...one.table, exitBars } };
}

/** Candles with sums of funding rates, of which each may have any bits: up and down, as rates are. */
export function withRandomFunding(candles: Candles, seed: number): Candles {
  const random = randomFrom(seed + 1e6);
  let sum = 0;
  const fundingSums = candles.close.map(() => {
    sum += random() < 0.5 ? 0 : 0.01 * (random() - 0.4);
    return sum;
  });
  return { ...candles, fundingSums };
}

/** The same opportunities where every symbol has such sums of its own. */
export function chargedAtRandom(one: RandomCase, seed: number): RandomCase {
  const charged = [...one.market.bySymbol].map(
    ([symbol, candles], k) => [symbol, withRandomFunding(candles, seed + k)] as const,
  );
  return { ...one, market: { ...one.market, bySymbol: new Map(charged) } };
}

/** Exits on a small grid, so that random prices meet them exactly now and then. */
export const exitArbitrary = fc.record({
  takeProfit: fc.constantFrom(0.5, 1, 1.5, 2, 4),
  stopLoss: fc.constantFrom(0.5, 1, 1.5, 3),
  holdingBars: fc.integer({ min: 1, max: 30 }),
  trailing: fc.option(
    fc.record({ activation: fc.constantFrom(0, 0.5, 1, 2), distance: fc.constantFrom(0.25, 0.5, 1, 2) }),
  ),
});

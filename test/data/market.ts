import { randomFrom } from "../support/random.ts";

/** Candles as rows of a CSV file hold them. */
export interface Row {
  readonly timestamp: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
}

export const timeframeMs = 900_000;
const firstOpenMs = Date.UTC(2025, 0, 1);
const days = 120;
const stepsPerBar = 6;
/** Bars for which a strong move goes on, and by how much a bar. */
const edge = { bars: 24, drift: 0.0009 };

/** The symbols, each with its first price and the smallest step of a price: coarse ones, so that levels are met exactly now and then. */
const symbols = [
  { name: "AAAUSDT", price: 60_000, tick: 0.1 },
  { name: "BBBUSDT", price: 150, tick: 0.01 },
  { name: "CCCUSDT", price: 0.25, tick: 0.00001 },
] as const;

/**
 * The made-up market of test/data: weeks of up, down and sideways drift that all symbols share, calm and stormy days, rare jumps, volume that
 * rises with the move, and an edge that a search can find: a strong move along the drift goes on for six hours.
 * Nothing but + - * / and square roots, so that it is the same to the bit on every machine.
 */
export function madeMarket(): ReadonlyMap<string, readonly Row[]> {
  const random = randomFrom(20250101);
  const normal = (): number => {
    let sum = -6;
    for (let k = 0; k < 12; k++) sum += random();
    return sum;
  };
  const bars = (days * 86_400_000) / timeframeMs;
  const drift: number[] = [];
  const shared: number[] = [];
  for (let bar = 0, left = 0, regime = 0, storm = 1; bar < bars; bar++) {
    if (left-- <= 0) {
      regime = [-1, 1, 0][Math.floor(3 * random())]!;
      left = Math.floor((4 + 6 * random()) * 96);
    }
    if (bar % 96 === 0) storm = 0.6 + 1.6 * random() * random();
    drift.push(regime * 0.00012);
    shared.push(storm * 0.002 * normal() + (random() < 0.001 ? 0.02 * normal() : 0));
  }
  return new Map(
    symbols.map(({ name, price, tick }) => {
      const steps = Math.round(1 / tick);
      const rounded = (value: number): number => Math.max(1, Math.round(value * steps)) / steps;
      const rows: Row[] = [];
      let open = rounded(price);
      let [edgeLeft, edgeSide] = [0, 0];
      for (let bar = 0; bar < bars; bar++) {
        const move = drift[bar]! + shared[bar]! + 0.0022 * normal() + (edgeLeft-- > 0 ? edgeSide * edge.drift : 0);
        const end = open * (1 + move);
        const noise = 0.4 * Math.abs(move) + 0.0006;
        let [high, low] = [Math.max(open, end), Math.min(open, end)];
        for (let step = 1; step < stepsPerBar; step++) {
          const at = open + ((end - open) * step) / stepsPerBar + open * noise * normal() * 0.5;
          high = Math.max(high, at);
          low = Math.min(low, at);
        }
        const close = rounded(end);
        rows.push({
          timestamp: firstOpenMs + bar * timeframeMs,
          open,
          high: Math.max(open, close, rounded(high)),
          low: Math.min(open, close, rounded(low)),
          close,
          volume: Math.round(1000 * (0.3 + random() + Math.abs(move) / 0.003)) / 10,
        });
        if (Math.abs(move) > 0.008 && move * drift[bar]! > 0) [edgeLeft, edgeSide] = [edge.bars, Math.sign(move)];
        // Some bars open a little away from the last close, as on thin markets.
        open = random() < 0.05 ? rounded(close * (1 + 0.001 * normal())) : close;
      }
      return [name, rows];
    }),
  );
}

import { activationsOf, penaltyOf } from "./activations.ts";
import { type BarSource, featuresAt } from "./features.ts";
import type { Reading, Signal } from "./gate.ts";
import type { Row } from "./growingTable.ts";
import { signalScore } from "./score.ts";
import { snapshotAt } from "./snapshot.ts";
import { components, defaultWeights } from "./weights.ts";

/** Where a row stands. */
export type RowPlace = Pick<Row, "symbol" | "timestampMs" | "bar" | "entry">;

/** The opportunity of a bar that passed the gate. `isLegacy`: directional activations count in either direction. */
export function scannedRow(
  source: BarSource,
  place: RowPlace,
  reading: Reading,
  signal: Signal,
  isLegacy = false,
): Row {
  const { direction, type } = signal;
  const { bar } = place;
  const activations = activationsOf(snapshotAt(source, bar, reading), type, isLegacy ? 0 : direction);
  const penalty = penaltyOf(reading.rsi14, type);
  const score = signalScore(components, activations, penalty, defaultWeights(type).values);
  return {
    symbol: place.symbol,
    timestampMs: place.timestampMs,
    bar,
    direction,
    type,
    entry: place.entry,
    atr: source.atrAt(bar),
    activations,
    penalty,
    features: featuresAt(source, bar, reading, signal, score),
  };
}

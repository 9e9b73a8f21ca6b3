import type { Snapshot } from "./snapshot.ts";
import { components, defaultWeights } from "./weights.ts";

type Steps = readonly (readonly [bound: number, activation: number])[];

/** Activation of the first bound that the value exceeds, 0 if it exceeds none. */
function above(value: number, ...steps: Steps): number {
  return steps.find(([bound]) => value > bound)?.[1] ?? 0;
}

/** Activation of the first bound that the value reaches, 0 if it reaches none. */
function atLeast(value: number, ...steps: Steps): number {
  return steps.find(([bound]) => value >= bound)?.[1] ?? 0;
}

/**
 * Activation of each component, 0-1. Directional ones (momentum, breakout, pattern, trend_align, momentum_accel) count in the trade's
 * direction only; `direction` 0 lets them count in either, as the older system did.
 */
const rules: Readonly<Record<string, (bar: Snapshot, type: string, direction: 1 | -1 | 0) => number>> = {
  momentum: (bar, _type, direction) =>
    isWith(bar, direction) ? above(bodyOf(bar), [0.015, 1], [0.01, 0.75], [0.005, 0.5]) : 0,
  volume: ({ volumeRatio }) => above(volumeRatio, [2, 1], [1.5, 0.6], [1.2, 0.3]),
  breakout: ({ close, support, resistance }, _type, direction) =>
    (direction !== -1 && close > 1.001 * resistance) || (direction !== 1 && close < 0.999 * support) ? 1 : 0,
  pattern: ({ open, high, low, close }, _type, direction) => {
    const body = Math.abs(close - open);
    const upper = high - Math.max(open, close);
    const lower = Math.min(open, close) - low;
    const rejectsLow = lower > 2 * body && upper < 0.5 * body;
    const rejectsHigh = upper > 2 * body && lower < 0.5 * body;
    return (direction !== -1 && rejectsLow) || (direction !== 1 && rejectsHigh) ? 1 : 0;
  },
  trend_align: ({ trends }, type, direction) => {
    const up = trends.filter((trend) => trend > 0).length;
    const down = trends.filter((trend) => trend < 0).length;
    const aligned = direction === 1 ? up : direction === -1 ? down : Math.max(up, down);
    return type === "scalping" ? atLeast(aligned, [2, 1]) : atLeast(aligned, [3, 1], [2, 0.6]);
  },
  ema_divergence: ({ emaDistance1h }) => atLeast(emaDistance1h, [0.05, 1], [0.03, 0.67]),
  trend_4h_strength: ({ trends }) => atLeast(Math.abs(trends[2]), [2, 1], [1, 0.6]),
  volatility: ({ atrShare }) => atLeast(atrShare, [0.02, 1], [0.015, 0.75], [0.012, 0.5]),
  volume_pulse: ({ volumeRatio }) => above(volumeRatio, [2.5, 1], [2, 0.67]),
  momentum_accel: (bar, _type, direction) =>
    isWith(bar, direction) ? atLeast(bodyOf(bar), [0.015, 1], [0.01, 0.67]) : 0,
};

function bodyOf({ open, close }: Snapshot): number {
  return Math.abs(close - open) / open;
}

function isWith({ open, close }: Snapshot, direction: 1 | -1 | 0): boolean {
  return direction === 0 || (close - open) * direction > 0;
}

/** Activations in the order of `components`; NaN for components that the type's score does not have. */
export function activationsOf(bar: Snapshot, type: string, direction: 1 | -1 | 0): number[] {
  const own = defaultWeights(type).values;
  return components.map((name) => (name in own ? rules[name]!(bar, type, direction) : Number.NaN));
}

/** Points off for an RSI beyond 80 or 20. */
export function penaltyOf(rsi14: number, type: string): number {
  if (!(rsi14 > 80 || rsi14 < 20)) return 0;
  return type === "scalping" ? 5 : 10;
}

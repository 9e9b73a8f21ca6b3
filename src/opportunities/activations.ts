import { candidateWeights, components } from "./weights.ts";

/** One bar as the components of the signal score see it. Ratios and distances are fractions; trends -2..2; levels NaN where none. */
export interface Snapshot {
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volumeRatio: number;
  /** Levels around the close before. */
  readonly support: number;
  readonly resistance: number;
  readonly trends: readonly [m15: number, h1: number, h4: number];
  /** EMA 20 and 50 of 1 h. */
  readonly emaDistance: number;
  /** ATR over close. */
  readonly atrShare: number;
  readonly rsi14: number;
}

/** Value of the first step whose bound is passed, 0 where none is. */
function stepped(
  value: number,
  steps: readonly (readonly [bound: number, activation: number])[],
  isInclusive: boolean,
): number {
  return steps.find(([bound]) => (isInclusive ? value >= bound : value > bound))?.[1] ?? 0;
}

/**
 * Activation of each component, 0-1. Directional ones (momentum, breakout, pattern, trend_align, momentum_accel) count in the trade's
 * direction only; `direction` 0 lets them count in either, as the older system did.
 */
const rules: Readonly<Record<string, (bar: Snapshot, type: string, direction: 1 | -1 | 0) => number>> = {
  momentum: (bar, _type, direction) =>
    isWith(bar.close - bar.open, direction)
      ? stepped(
          bodyOf(bar),
          [
            [0.015, 1],
            [0.01, 0.75],
            [0.005, 0.5],
          ],
          false,
        )
      : 0,
  volume: ({ volumeRatio }) =>
    stepped(
      volumeRatio,
      [
        [2, 1],
        [1.5, 0.6],
        [1.2, 0.3],
      ],
      false,
    ),
  breakout: ({ close, support, resistance }, _type, direction) =>
    (direction !== -1 && close > 1.001 * resistance) || (direction !== 1 && close < 0.999 * support) ? 1 : 0,
  pattern: ({ open, high, low, close }, _type, direction) => {
    const body = Math.abs(close - open);
    const upper = high - Math.max(open, close);
    const lower = Math.min(open, close) - low;
    const rejectsDown = lower > 2 * body && upper < 0.5 * body;
    const rejectsUp = upper > 2 * body && lower < 0.5 * body;
    return (direction !== -1 && rejectsDown) || (direction !== 1 && rejectsUp) ? 1 : 0;
  },
  trend_align: ({ trends }, type, direction) => {
    const up = trends.filter((trend) => trend > 0).length;
    const down = trends.filter((trend) => trend < 0).length;
    const aligned = direction === 1 ? up : direction === -1 ? down : Math.max(up, down);
    if (type === "scalping") return aligned >= 2 ? 1 : 0;
    return aligned === 3 ? 1 : aligned === 2 ? 0.6 : 0;
  },
  ema_divergence: ({ emaDistance }) =>
    stepped(
      emaDistance,
      [
        [0.05, 1],
        [0.03, 0.67],
      ],
      true,
    ),
  trend_4h_strength: ({ trends }) => (Math.abs(trends[2]) === 2 ? 1 : trends[2] !== 0 ? 0.6 : 0),
  volatility: ({ atrShare }) =>
    stepped(
      atrShare,
      [
        [0.02, 1],
        [0.015, 0.75],
        [0.012, 0.5],
      ],
      true,
    ),
  volume_pulse: ({ volumeRatio }) =>
    stepped(
      volumeRatio,
      [
        [2.5, 1],
        [2, 0.67],
      ],
      false,
    ),
  momentum_accel: (bar, _type, direction) =>
    isWith(bar.close - bar.open, direction)
      ? stepped(
          bodyOf(bar),
          [
            [0.015, 1],
            [0.01, 0.67],
          ],
          true,
        )
      : 0,
};

function bodyOf({ open, close }: Snapshot): number {
  return Math.abs(close - open) / open;
}

function isWith(move: number, direction: 1 | -1 | 0): boolean {
  return direction === 0 || move * direction > 0;
}

/** Activations in the order of `components`; NaN for components that the type's score does not have. */
export function activationsOf(bar: Snapshot, type: string, direction: 1 | -1 | 0): number[] {
  const own = candidateWeights[type]![0]!.values;
  return components.map((name) => (name in own ? rules[name]!(bar, type, direction) : Number.NaN));
}

/** Points off for an RSI beyond 80 or 20. */
export function penaltyOf(rsi14: number, type: string): number {
  if (!(rsi14 > 80 || rsi14 < 20)) return 0;
  return type === "scalping" ? 5 : 10;
}

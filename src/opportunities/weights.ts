/** A named set of score weights, by component. */
export interface WeightSet {
  readonly name: string;
  readonly values: Readonly<Record<string, number>>;
}

const scalpingComponents = [
  "momentum",
  "volume",
  "breakout",
  "pattern",
  "trend_align",
  "volatility",
  "volume_pulse",
  "momentum_accel",
];
const swingComponents = ["momentum", "volume", "breakout", "trend_align", "ema_divergence", "trend_4h_strength"];

function weightSets(components: readonly string[], rows: Readonly<Record<string, readonly number[]>>): WeightSet[] {
  return Object.entries(rows).map(([name, row]) => ({
    name,
    values: Object.fromEntries(components.map((component, k) => [component, row[k]!])),
  }));
}

/** Candidate weights by signal type, the default first. */
export const candidateWeights: Readonly<Record<string, readonly WeightSet[]>> = {
  scalping: weightSets(scalpingComponents, {
    default: [25, 30, 25, 15, 12, 20, 15, 15],
    momentum: [30, 28, 25, 15, 10, 18, 12, 20],
    volume: [22, 35, 22, 15, 10, 18, 20, 12],
    breakout: [22, 28, 30, 15, 10, 25, 12, 12],
    balanced: [24, 29, 24, 14, 11, 19, 14, 14],
    burst: [35, 20, 20, 10, 5, 25, 10, 30],
  }),
  swing: weightSets(swingComponents, {
    default: [20, 35, 25, 35, 15, 25],
    trend: [20, 30, 20, 40, 15, 25],
    "four-hour": [20, 30, 20, 35, 10, 35],
    momentum: [25, 40, 20, 30, 15, 20],
    balanced: [22, 33, 23, 33, 15, 25],
    early: [15, 15, 15, 10, 5, 10],
  }),
};

/** The default weights of a type. */
export function defaultWeights(type: string): WeightSet {
  return candidateWeights[type]![0]!;
}

/** Components that the scanner stores: those of any type. */
export const components: readonly string[] = [...new Set([...scalpingComponents, ...swingComponents])];

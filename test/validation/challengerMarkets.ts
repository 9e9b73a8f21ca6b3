import { beginChallenge, type Challenge, continueChallenge } from "../../src/validation/challenger.ts";
import { randomFrom } from "../support/random.ts";

type Uniform = () => number;

/** A standard normal number (Box and Muller). */
function normal(uniform: Uniform): number {
  return Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

/** Student's t with three degrees of freedom, scaled to a standard deviation of 1. */
function heavy(uniform: Uniform): number {
  const squares = [0, 0, 0].map(() => normal(uniform)).reduce((sum, z) => sum + z * z, 0);
  return normal(uniform) / Math.sqrt(squares / 3) / Math.sqrt(3);
}

/** Volatility that follows yesterday's: GARCH(1,1) with a mean variance of 1. */
function clustered(): (uniform: Uniform) => number {
  let variance = 1;
  return (uniform) => {
    const day = normal(uniform) * Math.sqrt(variance);
    variance = 0.1 + 0.2 * day * day + 0.7 * variance;
    return day;
  };
}

/** Days of mean 0 and standard deviation 1, each given the days before. */
export const dayKinds = {
  normal: () => normal,
  "heavy-tailed": () => heavy,
  clustered,
  /** Three days in five have no trade. */
  sparse: () => (uniform: Uniform) => (uniform() < 0.6 ? 0 : normal(uniform) * Math.sqrt(2.5)),
  /** Many small gains and rare losses of up to ten times their size. */
  "left-skewed": () => (uniform: Uniform) => 1 + Math.log(1 - uniform()),
  /** Small gains, and a ruin of nearly six standard deviations on three days in a hundred. */
  ruinous: () => (uniform: Uniform) => (uniform() < 0.03 ? -Math.sqrt(97 / 3) : Math.sqrt(3 / 97)),
} as const satisfies Record<string, () => (uniform: Uniform) => number>;

export type DayKind = keyof typeof dayKinds;

export interface Lives {
  /** Of a day, in standard deviations, against the current set. */
  readonly mean: number;
  /** Against not trading; as against the current set, day by day, where it is missing. */
  readonly meanOfOther?: number;
  readonly count: number;
  readonly seed: number;
  readonly threshold: number;
}

/** Challengers of a known worth, each frozen with 200 known days and scored until it ends. */
export function livesOf(kind: DayKind, { mean, meanOfOther, count, seed, threshold }: Lives): Challenge[] {
  const uniform = randomFrom(seed);
  return Array.from({ length: count }, () => {
    const [one, other] = [dayKinds[kind](), dayKinds[kind]()];
    const difference = (): { current: number; nothing: number } => {
      const current = one(uniform) + mean;
      return { current, nothing: meanOfOther === undefined ? current : other(uniform) + meanOfOther };
    };
    const known = Array.from({ length: 200 }, difference);
    const challenge = beginChallenge(1, 0, {
      current: known.map(({ current }) => current),
      nothing: known.map(({ nothing }) => nothing),
    })!;
    const days = Array.from({ length: 90 }, (_, k) => ({ day: k + 1, ...difference() }));
    return continueChallenge({ ...challenge, threshold }, days, 90);
  });
}

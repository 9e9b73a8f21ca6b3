/** What one of several decisions of a run must show. */
export interface HolmLevel {
  /** Its p must be at most this. */
  readonly level: number;
  readonly isRejected: boolean;
}

/** Tolerance for rounding in a share. */
const rounding = 1e-12;

/**
 * Holm's step-down (1979): of `m` decisions the one with the smallest p must reach `doubt`/m, the next `doubt`/(m-1), and so on; from the first
 * that does not, none holds. The probability that any is wrong is at most `doubt`, however they depend on one another. In the order given; equal p's keep it.
 */
export function holmLevels(ps: readonly number[], doubt: number): HolmLevel[] {
  const order = ps.map((p, k) => ({ p, k })).sort((a, b) => a.p - b.p || a.k - b.k);
  const levels = new Array<HolmLevel>(ps.length);
  let holds = true;
  for (const [place, { p, k }] of order.entries()) {
    const level = doubt / (ps.length - place);
    holds &&= p <= level + rounding;
    levels[k] = { level, isRejected: holds };
  }
  return levels;
}

/**
 * Signal score of one opportunity, 0-100: clamp(trunc(50 + sum of weight * activation - penalty), 0, 100). Added in the order of
 * `names`; a component without a weight, or with an empty activation (NaN), counts as 0.
 */
export function signalScore(
  names: readonly string[],
  activations: ArrayLike<number>,
  penalty: number,
  weights: Readonly<Record<string, number>>,
): number {
  let points = 50;
  for (const [k, name] of names.entries()) {
    const activation = activations[k]!;
    if (!Number.isNaN(activation)) points += (weights[name] ?? 0) * activation;
  }
  return Math.min(100, Math.max(0, Math.trunc(points - penalty)));
}

/**
 * Probability that a positive scores above a negative, ties counted half (the Mann-Whitney statistic over n1*n0); 0.5 where a class is
 * empty. Scores by row; `isPositive` 1 or 0.
 */
export function auc(scores: Float64Array, isPositive: Uint8Array): number {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]!);
  let positives = 0;
  let rankSum = 0;
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && scores[order[to]!] === scores[order[from]!]) to++;
    const rank = (from + 1 + to) / 2;
    for (let k = from; k < to; k++)
      if (isPositive[order[k]!] === 1) {
        positives++;
        rankSum += rank;
      }
    from = to;
  }
  const negatives = order.length - positives;
  if (positives === 0 || negatives === 0) return 0.5;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

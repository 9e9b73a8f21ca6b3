import type { BlockSums } from "./blocks.ts";

/**
 * The sums without duplicates: of sets that are equal in every figure of every block - the same trades under different values, by a filter
 * that rejects nothing or an exit that is never reached - only the first. They are one choice, not several.
 */
export function distinctSets(sums: BlockSums): BlockSums {
  const { sets, blocks } = sums;
  const columns = columnsOf(sums);
  // Compared by bits: adding 0 turns -0 into 0.
  const row = new Float64Array(blocks * columns.length);
  const bytes = Buffer.from(row.buffer);
  const seen = new Set<string>();
  const kept: number[] = [];
  for (let set = 0; set < sets; set++) {
    let k = 0;
    for (const column of columns)
      for (let block = 0; block < blocks; block++) row[k++] = column[block * sets + set]! + 0;
    const figures = bytes.toString("latin1");
    if (seen.has(figures)) continue;
    seen.add(figures);
    kept.push(set);
  }
  if (kept.length === sets) return sums;
  const picked = (column: Float64Array): Float64Array => {
    const result = new Float64Array(blocks * kept.length);
    let at = 0;
    for (let block = 0; block < blocks; block++) for (const set of kept) result[at++] = column[block * sets + set]!;
    return result;
  };
  const { count, wins, objective, total, squares, losingSquares, gain, loss, objectiveTotals } = sums;
  return {
    sets: kept.length,
    blocks,
    count: picked(count),
    wins: picked(wins),
    objective: picked(objective),
    total: picked(total),
    squares: picked(squares),
    losingSquares: picked(losingSquares),
    gain: picked(gain),
    loss: picked(loss),
    objectiveTotals,
  };
}

function columnsOf({ count, wins, objective, total, squares, losingSquares, gain, loss }: BlockSums): Float64Array[] {
  return [count, wins, objective, total, squares, losingSquares, gain, loss];
}

import type { BlockSums } from "../../src/validation/blocks.ts";

/** Adds one captured opportunity of a set: its net return in points, and whether it is an objective one. */
export function addToBlock(sums: BlockSums, set: number, block: number, points: number, isObjective: boolean): void {
  const at = block * sums.sets + set;
  sums.count[at]!++;
  sums.total[at]! += points;
  sums.squares[at]! += points * points;
  if (points > 0) {
    sums.wins[at]!++;
    sums.gain[at]! += points;
  } else {
    sums.losingSquares[at]! += points * points;
    sums.loss[at]! += points;
  }
  if (isObjective) sums.objective[at]!++;
}

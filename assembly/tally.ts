import { BALANCED, GAIN_KEY, SWEEP_FLAGGED, SWEEP_OBJECTIVE, SWEEP_SLAB_CELLS } from "../src/core/abi";
import { finishedSums } from "./slabs";
import { keyAt } from "./tiles";

/** Adds one score to the sum, the squares and the best that stand at `at`. */
function tally(at: usize, score: f64): void {
  store<f64>(at, load<f64>(at) + score);
  store<f64>(at, load<f64>(at, 8) + score * score, 8);
  if (score > load<f64>(at, 16)) store<f64>(at, score, 16);
}

/**
 * Adds the scores of `count` flagged cells of a finished slab, each exit of its lanes, to the tallies of their cell and of their exit: f64
 * sum, squares and best at `cells` by cell of the grid and at `exits` by exit; other arguments as `offerFlagged`. A score is the ordering key
 * without what `balanced` adds to it for a gain, and without the drawdown; a set that made nothing adds nothing, as one that is not ranked.
 */
export function tallyFlagged(
  sweep: usize,
  own: usize,
  slab: i32,
  exit: i32,
  lanes: i32,
  count: i32,
  cells: usize,
  exits: usize,
): void {
  const sums = finishedSums(sweep, own);
  const flagged = load<usize>(sweep, SWEEP_FLAGGED);
  const firstCell = slab * (load<u32>(sweep, SWEEP_SLAB_CELLS) as i32);
  const isBalanced = load<u32>(sweep, SWEEP_OBJECTIVE) == BALANCED;
  for (let k = 0; k < count; k++) {
    const inSlab = load<u32>(flagged + ((k as usize) << 2)) as i32;
    const cell = firstCell + inSlab;
    for (let j = 0; j < lanes; j++) {
      const key = keyAt(sweep, sums, inSlab, cell, j);
      if (key == -Infinity) continue;
      const score = isBalanced && key >= (GAIN_KEY as f64) ? key - (GAIN_KEY as f64) : key;
      tally(cells + (cell as usize) * 24, score);
      tally(exits + ((exit + j) as usize) * 24, score);
    }
  }
}

import {
  FLAG_BALANCED,
  FLAG_FACTORS,
  FLAG_MEANS,
  FLAG_RATIOS,
  FLAG_RATIOS_BELOW,
  FLAG_TOTALS,
  GROUP_BYTES,
  STATISTIC_BYTES,
  SWEEP_BLOCKS,
  SWEEP_CONSTANT,
  SWEEP_FACTOR,
  SWEEP_FILTER,
  SWEEP_FLAGGED,
  SWEEP_GROUP_COUNT,
  SWEEP_GROUPS,
  SWEEP_LENGTH,
  SWEEP_POSITIONS,
  SWEEP_ROW_BYTES,
  SWEEP_SCRATCH,
  SWEEP_SLAB_CELLS,
  SWEEP_WEIGHTS,
} from "../src/core/abi";
import { flagAll, flagBalanced, flagFactors, flagMeans, flagRatios, flagRatiosBelow, flagTotals } from "./flags";
import { suffixFour, suffixOne, suffixThree, suffixThreeTwo, suffixTwo, suffixTwoTwo } from "./suffix";

/** Where the sums of a slab stand once `finishSlab` has been over them. */
export function finishedSums(sweep: usize, own: usize): usize {
  return load<u32>(sweep, SWEEP_GROUP_COUNT) > 0 ? load<usize>(sweep, SWEEP_SCRATCH) : own;
}

/**
 * Sums one slab of a tile from its `own` cells along every axis but the last, into the scratch region (where there is a group), and flags
 * the cells that may reach what was aimed at. `sweep` describes the layout, see abi.ts. Returns the number flagged.
 */
export function finishSlab(sweep: usize, own: usize, slab: i32): i32 {
  const rowBytes = load<u32>(sweep, SWEEP_ROW_BYTES) as usize;
  const blocks = load<u32>(sweep, SWEEP_BLOCKS) as i32;
  const length = load<u32>(sweep, SWEEP_LENGTH) as i32;
  const positions = load<u32>(sweep, SWEEP_POSITIONS) as i32;
  const from = finishedSums(sweep, own);
  if (from != own) {
    // Piece by piece, so that one group's results are still in cache for the next.
    const pieceBytes = (positions as usize) * rowBytes;
    const end = ((blocks * length) as usize) * pieceBytes;
    for (let at: usize = 0; at < end; at += pieceBytes) sumPiece(sweep, own + at, from + at, 1);
  }
  const cells = load<u32>(sweep, SWEEP_SLAB_CELLS) as i32;
  const weights = load<usize>(sweep, SWEEP_WEIGHTS) + (((slab * cells) as usize) << 3);
  const flagged = load<usize>(sweep, SWEEP_FLAGGED);
  const constant = load<f64>(sweep, SWEEP_CONSTANT);
  const factor = load<f64>(sweep, SWEEP_FACTOR);
  switch (load<u32>(sweep, SWEEP_FILTER)) {
    case FLAG_TOTALS:
      return flagTotals(from, rowBytes, blocks, length, positions, weights, constant, factor, flagged);
    case FLAG_RATIOS:
      return flagRatios(from, rowBytes, blocks, length, positions, weights, constant, factor, flagged);
    case FLAG_FACTORS:
      return flagFactors(from, rowBytes, blocks, length, positions, weights, constant, factor, flagged);
    case FLAG_RATIOS_BELOW:
      return flagRatiosBelow(from, rowBytes, blocks, length, positions, weights, constant, factor, flagged);
    case FLAG_MEANS:
      return flagMeans(from, rowBytes, blocks, length, positions, weights, constant, flagged);
    case FLAG_BALANCED:
      return flagBalanced(from, rowBytes, blocks, length, positions, weights, constant, factor, flagged);
    default:
      return flagAll(cells, weights, flagged);
  }
}

/**
 * Sums one statistic that stands alone, 32 bytes per cell of a slab, as `finishSlab` does all of them: from `own` into `scratch`, or where
 * it stands already if there is no group. Returns where.
 */
export function finishOne(sweep: usize, own: usize, scratch: usize): usize {
  if (load<u32>(sweep, SWEEP_GROUP_COUNT) == 0) return own;
  const statistics = load<u32>(sweep, SWEEP_ROW_BYTES) / STATISTIC_BYTES;
  const pieceBytes = (load<u32>(sweep, SWEEP_POSITIONS) as usize) * STATISTIC_BYTES;
  const end = ((load<u32>(sweep, SWEEP_BLOCKS) * load<u32>(sweep, SWEEP_LENGTH)) as usize) * pieceBytes;
  for (let at: usize = 0; at < end; at += pieceBytes) sumPiece(sweep, own + at, scratch + at, statistics);
  return scratch;
}

/** The positions under one candidate of the last axis: along every axis of the groups. Cells hold a `share`th of all statistics. */
function sumPiece(sweep: usize, own: usize, scratch: usize, share: u32): void {
  let from = own;
  let group = sweep + SWEEP_GROUPS;
  for (let g = load<u32>(sweep, SWEEP_GROUP_COUNT); g > 0; g--) {
    const blocks = load<u32>(group, 4) as i32;
    const length = load<u32>(group, 8) as i32;
    const span = (load<u32>(group, 12) / share) as usize;
    switch (load<u32>(group)) {
      case 0:
        suffixOne(from, scratch, blocks, length, span);
        break;
      case 1:
        suffixTwo(from, scratch, blocks, length, span);
        break;
      case 2:
        suffixThree(from, scratch, blocks, length, span);
        break;
      case 3:
        suffixFour(from, scratch, blocks, length, span);
        break;
      case 4:
        suffixTwoTwo(from, scratch, blocks, length, span);
        break;
      default:
        suffixThreeTwo(from, scratch, blocks, length, span);
    }
    from = scratch;
    group += GROUP_BYTES;
  }
}

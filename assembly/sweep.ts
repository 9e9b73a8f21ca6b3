import {
  LANE_GROUP_BYTES,
  PARTIAL_LANE_GROUP_BYTES,
  PARTIAL_ROW_BYTES,
  ROW_BYTES,
  SETTLE_FALLS,
  STATISTIC_BYTES,
  SWEEP_CAPACITY,
  SWEEP_FLOOR,
  SWEEP_HEAP,
  SWEEP_LANE_ITEMS,
  SWEEP_LANES,
  SWEEP_OFFSETS,
  SWEEP_OWN,
  SWEEP_PARTIAL,
  SWEEP_ROW_BYTES,
  SWEEP_ROWS,
  SWEEP_SETTLE,
  SWEEP_SIZE,
  SWEEP_SLAB_CELLS,
  SWEEP_SLAB_STARTS,
  SWEEP_SLABS,
  SWEEP_SLOTS,
  SWEEP_SUMS,
} from "../src/core/abi";
import { accumulate } from "./accumulate";
import { aim } from "./aim";
import { settledKey, settleFlagged } from "./drawdowns";
import { accumulateFalls, chooseSpans, finishFalls } from "./falls";
import { finishSlab } from "./slabs";
import { offerFlagged } from "./tiles";

/** Sets of one tile that are settled one by one before the next tile's are bounded first. */
const MANY = 256;

/** Ordering key that a set must reach to come onto the leaderboard. */
export function wantedKey(sweep: usize): f64 {
  const isFull = load<u32>(load<usize>(sweep, SWEEP_SIZE)) == load<u32>(sweep, SWEEP_CAPACITY);
  const floor = load<f64>(sweep, SWEEP_FLOOR);
  return isFull ? max<f64>(floor, load<f64>(load<usize>(sweep, SWEEP_HEAP))) : floor;
}

/**
 * Offers every set of the tiles of one lane group, row items `firstRow` to `endRow` - 1, to the leaderboard. All opportunities are held:
 * slots by slab, strictest first, then cell. Slab after slab adds to the same sums, which so hold all that passes its candidate.
 * Or, where settling, walks those whose bound may matter and settles them.
 */
export function sweepTiles(sweep: usize, group: i32, firstRow: i32, endRow: i32, isSettling: bool): void {
  const slabs = load<u32>(sweep, SWEEP_SLABS) as i32;
  const starts = load<usize>(sweep, SWEEP_SLAB_STARTS);
  const own = load<usize>(sweep, SWEEP_OWN);
  const ownBytes = load<u32>(sweep, SWEEP_SLAB_CELLS) * load<u32>(sweep, SWEEP_ROW_BYTES);
  const slots = load<usize>(sweep, SWEEP_SLOTS);
  const offsets = load<usize>(sweep, SWEEP_OFFSETS);
  const laneItems = load<u32>(sweep, SWEEP_LANE_ITEMS) as i32;
  const isPartial = load<u32>(sweep, SWEEP_PARTIAL) != 0;
  const rowBytes: usize = isPartial ? PARTIAL_ROW_BYTES : ROW_BYTES;
  const laneGroupBytes: usize = isPartial ? PARTIAL_LANE_GROUP_BYTES : LANE_GROUP_BYTES;
  const lanes = load<usize>(sweep, SWEEP_LANES) + (group as usize) * slots * laneGroupBytes;
  const sums = load<u32>(sweep, SWEEP_SUMS) as i32;
  const falls = isSettling ? load<usize>(load<usize>(sweep, SWEEP_SETTLE), SETTLE_FALLS) : 0;
  const cells = load<u32>(sweep, SWEEP_SLAB_CELLS) as usize;
  const laneCount = min<i32>(4, laneItems - 4 * group);
  // Whether so many sets must be settled that bounding all of them costs less, as far as the tile before tells.
  let areMany = falls != 0;
  let hasSpans = false;
  for (let row = firstRow; row < endRow; row++) {
    const rows = load<usize>(sweep, SWEEP_ROWS) + (row as usize) * slots * rowBytes;
    const exit = row * laneItems + 4 * group;
    memory.fill(own, 0, ownBytes);
    if (areMany) {
      memory.fill(falls, 0, cells * STATISTIC_BYTES);
      // Any span bounds, and the exits of one lane group fall at much the same time.
      if (!hasSpans) chooseSpans(sweep, exit, laneCount);
      hasSpans = true;
    }
    let settled = 0;
    for (let s = 0; s < slabs; s++) {
      const from = load<u32>(starts + ((s as usize) << 2)) as usize;
      const count = (load<u32>(starts + ((s as usize) << 2), 4) as i32) - (from as i32);
      const slotRows = rows + from * rowBytes;
      const slotLanes = lanes + from * laneGroupBytes;
      const slotOffsets = offsets + (from << 2);
      accumulate(slotRows, slotLanes, slotOffsets, count, sums, isPartial, own);
      if (areMany) accumulateFalls(sweep, slotRows, slotLanes, slotOffsets, from, count);
      aim(sweep, isSettling ? settledKey(sweep) : wantedKey(sweep));
      const slab = slabs - 1 - s;
      const flagged = finishSlab(sweep, own, slab);
      if (flagged == 0) continue;
      if (isSettling)
        settled += settleFlagged(sweep, own, slab, exit, laneCount, flagged, areMany ? finishFalls(sweep) : 0);
      else offerFlagged(sweep, own, slab, exit, laneCount, flagged);
    }
    areMany = falls != 0 && settled > MANY;
  }
}

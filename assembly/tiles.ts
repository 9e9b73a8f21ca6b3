import { AXIS_BYTES, ENTRY_BYTES } from "../src/core/abi";
import { offer } from "./leaderboard";
import { orderingKey } from "./scores";

/** One statistic of one cell and exit: summed along the last axis, from its strictest candidate down to the cell's. */
function sumDown(sums: usize, rowBytes: usize, length: i32, positions: i32, cell: i32, at: usize): f64 {
  const candidate = (cell / positions) % length;
  const step = (positions as usize) * rowBytes;
  let from = sums + ((cell + (length - 1 - candidate) * positions) as usize) * rowBytes + at;
  let sum: f64 = 0;
  for (let c = length - 1; c >= candidate; c--) {
    sum += load<f64>(from);
    from -= step;
  }
  return sum;
}

/** Ordering key of one cell and exit; `second` and `third` are the statistics of its kind, 0 where it has fewer. */
function keyAt(
  sums: usize,
  rowBytes: usize,
  length: i32,
  positions: i32,
  cell: i32,
  lane: i32,
  counts: usize,
  captureRates: usize,
  objective: i32,
): f64 {
  const at = (lane as usize) << 3;
  return orderingKey(
    objective,
    load<u32>(counts + ((cell as usize) << 2)) as f64,
    sumDown(sums, rowBytes, length, positions, cell, at),
    rowBytes > 32 ? sumDown(sums, rowBytes, length, positions, cell, at + 32) : 0.0,
    rowBytes > 64 ? sumDown(sums, rowBytes, length, positions, cell, at + 64) : 0.0,
    load<f64>(captureRates + ((cell as usize) << 3)),
  );
}

/**
 * Rank of a set: its exit's part, and what each filter axis adds. `axes` holds for each of `axisCount` u32 stride (in cells), length and
 * first step; `steps` f64, `stepCount` of them for each kind of exit.
 */
function rankOf(
  exit: i32,
  cell: i32,
  exitRanks: usize,
  exitKinds: usize,
  axes: usize,
  axisCount: i32,
  steps: usize,
  stepCount: i32,
): f64 {
  let rank = load<f64>(exitRanks + ((exit as usize) << 3));
  const from = steps + (((load<u8>(exitKinds + (exit as usize)) as i32) * stepCount) << 3);
  for (let k = 0; k < axisCount; k++) {
    const axis = axes + (k as usize) * AXIS_BYTES;
    const candidate = ((cell as u32) / load<u32>(axis)) % load<u32>(axis, 4);
    rank += load<f64>(from + (((load<u32>(axis, 8) + candidate) as usize) << 3));
  }
  return rank;
}

/**
 * Scores the flagged cells of a tile exactly and offers them to the leaderboard. Exits `firstExit` .. + `laneCount` - 1 stand in the
 * lanes; `counts` u32 and `captureRates` f64 by cell, of the slab that begins at cell `firstCell` of the grid.
 */
export function offerFlagged(
  flagged: usize,
  flaggedCount: i32,
  sums: usize,
  rowBytes: usize,
  length: i32,
  positions: i32,
  firstCell: i32,
  firstExit: i32,
  laneCount: i32,
  counts: usize,
  captureRates: usize,
  exitRanks: usize,
  exitKinds: usize,
  axes: usize,
  axisCount: i32,
  steps: usize,
  stepCount: i32,
  objective: i32,
  heap: usize,
  size: usize,
  capacity: i32,
): void {
  for (let k = 0; k < flaggedCount; k++) {
    const cell = load<u32>(flagged + ((k as usize) << 2)) as i32;
    for (let j = 0; j < laneCount; j++) {
      const key = keyAt(sums, rowBytes, length, positions, cell, j, counts, captureRates, objective);
      if ((load<u32>(size) as i32) == capacity && key < load<f64>(heap)) continue;
      const rank = rankOf(firstExit + j, firstCell + cell, exitRanks, exitKinds, axes, axisCount, steps, stepCount);
      offer(heap, size, capacity, key, rank, (firstExit + j) as u32, (firstCell + cell) as u32);
    }
  }
}

/**
 * Lists the sets among the flagged cells whose key is at least `threshold`, from flagged cell `from` on, while another four fit
 * `capacity` entries. Returns the flagged cell to go on from (`flaggedCount` when done); the number listed stands (u32) at `size`.
 * Entries have no rank.
 */
export function listFlagged(
  flagged: usize,
  from: i32,
  flaggedCount: i32,
  sums: usize,
  rowBytes: usize,
  length: i32,
  positions: i32,
  firstCell: i32,
  firstExit: i32,
  laneCount: i32,
  counts: usize,
  captureRates: usize,
  objective: i32,
  threshold: f64,
  list: usize,
  size: usize,
  capacity: i32,
): i32 {
  let found = 0;
  let k = from;
  for (; k < flaggedCount && found + 4 <= capacity; k++) {
    const cell = load<u32>(flagged + ((k as usize) << 2)) as i32;
    for (let j = 0; j < laneCount; j++) {
      const key = keyAt(sums, rowBytes, length, positions, cell, j, counts, captureRates, objective);
      if (key < threshold) continue;
      const entry = list + (found as usize) * ENTRY_BYTES;
      store<f64>(entry, key);
      store<u32>(entry, (firstExit + j) as u32, 16);
      store<u32>(entry, (firstCell + cell) as u32, 20);
      found++;
    }
  }
  store<u32>(size, found as u32);
  return k;
}

/** Rank of the set of one exit and cell, for entries that were listed without. */
export function rankOfSet(
  exit: i32,
  cell: i32,
  exitRanks: usize,
  exitKinds: usize,
  axes: usize,
  axisCount: i32,
  steps: usize,
  stepCount: i32,
): f64 {
  return rankOf(exit, cell, exitRanks, exitKinds, axes, axisCount, steps, stepCount);
}

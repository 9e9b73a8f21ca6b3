import {
  AXIS_BYTES,
  ENTRY_BYTES,
  SWEEP_AXES,
  SWEEP_AXIS_COUNT,
  SWEEP_CAPACITY,
  SWEEP_CAPTURE_RATES,
  SWEEP_COUNTS,
  SWEEP_EXIT_KINDS,
  SWEEP_EXIT_RANKS,
  SWEEP_FLAGGED,
  SWEEP_FLOOR,
  SWEEP_HEAP,
  SWEEP_LENGTH,
  SWEEP_OBJECTIVE,
  SWEEP_POSITIONS,
  SWEEP_ROW_BYTES,
  SWEEP_SIZE,
  SWEEP_SLAB_CELLS,
  SWEEP_STEP_COUNT,
  SWEEP_STEPS,
} from "../src/core/abi";
import { offer } from "./leaderboard";
import { orderingKey } from "./scores";
import { finishedSums } from "./slabs";

/** One statistic of one cell and exit: summed along the last axis, from its strictest candidate down to the cell's. */
export function sumDown(sums: usize, rowBytes: usize, length: i32, positions: i32, cell: i32, at: usize): f64 {
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

/** Ordering key of one lane of a finished slab's cell (`inSlab`), which is `cell` of the whole grid. */
export function keyAt(sweep: usize, sums: usize, inSlab: i32, cell: i32, lane: i32): f64 {
  const rowBytes = load<u32>(sweep, SWEEP_ROW_BYTES) as usize;
  const length = load<u32>(sweep, SWEEP_LENGTH) as i32;
  const positions = load<u32>(sweep, SWEEP_POSITIONS) as i32;
  const rates = load<usize>(sweep, SWEEP_CAPTURE_RATES);
  const at = (lane as usize) << 3;
  return orderingKey(
    load<u32>(sweep, SWEEP_OBJECTIVE) as i32,
    load<u32>(load<usize>(sweep, SWEEP_COUNTS) + ((cell as usize) << 2)) as f64,
    sumDown(sums, rowBytes, length, positions, inSlab, at),
    rowBytes > 32 ? sumDown(sums, rowBytes, length, positions, inSlab, at + 32) : 1.0,
    rowBytes > 64 ? sumDown(sums, rowBytes, length, positions, inSlab, at + 64) : 1.0,
    rates != 0 ? load<f64>(rates + ((cell as usize) << 3)) : 0.0,
  );
}

/** Rank of the set of one exit and cell of the grid: its exit's part, and what the candidate on each filter axis adds. */
export function rankOf(sweep: usize, exit: i32, cell: i32): f64 {
  const kind = load<u8>(load<usize>(sweep, SWEEP_EXIT_KINDS) + (exit as usize)) as u32;
  const steps = load<usize>(sweep, SWEEP_STEPS) + (((kind * load<u32>(sweep, SWEEP_STEP_COUNT)) as usize) << 3);
  let rank = load<f64>(load<usize>(sweep, SWEEP_EXIT_RANKS) + ((exit as usize) << 3));
  let axis = load<usize>(sweep, SWEEP_AXES);
  for (let k = load<u32>(sweep, SWEEP_AXIS_COUNT); k > 0; k--) {
    const candidate = ((cell as u32) / load<u32>(axis)) % load<u32>(axis, 4);
    rank += load<f64>(steps + (((load<u32>(axis, 8) + candidate) as usize) << 3));
    axis += AXIS_BYTES;
  }
  return rank;
}

/** Scores `count` flagged cells of a finished slab exactly and offers them to the leaderboard; exits `exit` .. + `lanes` - 1 stand in its lanes. */
export function offerFlagged(sweep: usize, own: usize, slab: i32, exit: i32, lanes: i32, count: i32): void {
  const sums = finishedSums(sweep, own);
  const flagged = load<usize>(sweep, SWEEP_FLAGGED);
  const firstCell = slab * (load<u32>(sweep, SWEEP_SLAB_CELLS) as i32);
  const heap = load<usize>(sweep, SWEEP_HEAP);
  const size = load<usize>(sweep, SWEEP_SIZE);
  const capacity = load<u32>(sweep, SWEEP_CAPACITY) as i32;
  const floor = load<f64>(sweep, SWEEP_FLOOR);
  for (let k = 0; k < count; k++) {
    const inSlab = load<u32>(flagged + ((k as usize) << 2)) as i32;
    const cell = firstCell + inSlab;
    for (let j = 0; j < lanes; j++) {
      const key = keyAt(sweep, sums, inSlab, cell, j);
      if (key < floor || key == -Infinity) continue;
      if ((load<u32>(size) as i32) == capacity && key < load<f64>(heap)) continue;
      offer(heap, size, capacity, key, rankOf(sweep, exit + j, cell), (exit + j) as u32, cell as u32);
    }
  }
}

/**
 * Lists the sets among the flagged cells whose key is at least `threshold`, from flagged cell `from` on, while another four fit
 * `capacity` entries at `list`. Returns the flagged cell to go on from (`count` when done); the number listed stands (u32) at `size`.
 */
export function listFlagged(
  sweep: usize,
  own: usize,
  slab: i32,
  exit: i32,
  lanes: i32,
  count: i32,
  from: i32,
  threshold: f64,
  list: usize,
  size: usize,
  capacity: i32,
): i32 {
  const sums = finishedSums(sweep, own);
  const flagged = load<usize>(sweep, SWEEP_FLAGGED);
  const firstCell = slab * (load<u32>(sweep, SWEEP_SLAB_CELLS) as i32);
  let found = 0;
  let k = from;
  for (; k < count && found + 4 <= capacity; k++) {
    const inSlab = load<u32>(flagged + ((k as usize) << 2)) as i32;
    const cell = firstCell + inSlab;
    for (let j = 0; j < lanes; j++) {
      const key = keyAt(sweep, sums, inSlab, cell, j);
      if (key < threshold || key == -Infinity) continue;
      const entry = list + (found as usize) * ENTRY_BYTES;
      store<f64>(entry, key);
      store<f64>(entry, rankOf(sweep, exit + j, cell), 8);
      store<u32>(entry, (exit + j) as u32, 16);
      store<u32>(entry, cell as u32, 20);
      found++;
    }
  }
  store<u32>(size, found as u32);
  return k;
}

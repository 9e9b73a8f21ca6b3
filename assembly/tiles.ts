import { ENTRY_BYTES, STATISTICS } from "../src/core/abi";
import { offer } from "./leaderboard";
import { orderingKey } from "./scores";

/** Ordering key of one cell and exit of a tile whose sums are complete. */
function keyAt(
  sums: usize,
  cell: i32,
  j: i32,
  rowBytes: usize,
  counts: usize,
  captureRates: usize,
  objective: i32,
): f64 {
  const at = sums + (cell as usize) * STATISTICS * rowBytes + ((j as usize) << 3);
  return orderingKey(
    objective,
    load<f64>(counts + ((cell as usize) << 3)),
    load<f64>(at),
    load<f64>(at + rowBytes),
    load<f64>(at + 2 * rowBytes),
    load<f64>(at + 3 * rowBytes),
    load<f64>(captureRates + ((cell as usize) << 3)),
  );
}

/**
 * Offers every rankable set of a tile to the leaderboard. `counts` and `captureRates` f64[cells], of all that pass a cell's filters;
 * `isRankable` u8[cells]; rank of a set = f64 at `exitRanks` by exit + f64 at `cellRanks` by the exit's order (u32 at `exitOrders`) and cell.
 */
export function offerTile(
  sums: usize,
  cells: i32,
  firstExit: i32,
  exitCount: i32,
  tileWidth: i32,
  counts: usize,
  captureRates: usize,
  isRankable: usize,
  exitRanks: usize,
  exitOrders: usize,
  cellRanks: usize,
  objective: i32,
  heap: usize,
  size: usize,
  capacity: i32,
): void {
  const rowBytes = (tileWidth as usize) << 3;
  for (let cell = 0; cell < cells; cell++) {
    if (load<u8>(isRankable + (cell as usize)) == 0) continue;
    for (let j = 0; j < exitCount; j++) {
      const key = keyAt(sums, cell, j, rowBytes, counts, captureRates, objective);
      if ((load<u32>(size) as i32) == capacity && key < load<f64>(heap)) continue;
      const exit = firstExit + j;
      const order = load<u32>(exitOrders + ((exit as usize) << 2)) as i32;
      const rank =
        load<f64>(exitRanks + ((exit as usize) << 3)) + load<f64>(cellRanks + (((order * cells + cell) as usize) << 3));
      offer(heap, size, capacity, key, rank, exit as u32, cell as u32);
    }
  }
}

/**
 * Lists the rankable sets of one exit of a tile whose key is at least `threshold`, from `firstCell` on, until `capacity` entries are
 * full. Returns the cell to go on from (`cells` when done); the number listed stands (u32) at `size`.
 */
export function listCandidates(
  sums: usize,
  cells: i32,
  firstCell: i32,
  j: i32,
  exit: i32,
  tileWidth: i32,
  counts: usize,
  captureRates: usize,
  isRankable: usize,
  objective: i32,
  threshold: f64,
  list: usize,
  size: usize,
  capacity: i32,
): i32 {
  const rowBytes = (tileWidth as usize) << 3;
  let found = 0;
  let cell = firstCell;
  for (; cell < cells && found < capacity; cell++) {
    if (load<u8>(isRankable + (cell as usize)) == 0) continue;
    const key = keyAt(sums, cell, j, rowBytes, counts, captureRates, objective);
    if (key < threshold) continue;
    const entry = list + (found as usize) * ENTRY_BYTES;
    store<f64>(entry, key);
    store<u32>(entry, exit as u32, 16);
    store<u32>(entry, cell as u32, 20);
    found++;
  }
  store<u32>(size, found as u32);
  return cell;
}

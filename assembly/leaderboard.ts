import { ENTRY_BYTES } from "../src/core/abi";

// A bounded binary heap of entries, the worst at the root; entry: f64 key, f64 rank, u32 exit, u32 cell.

/** Whether entry a stands behind entry b: smaller key, or the same key and a higher rank. */
function isWorse(a: usize, b: usize): bool {
  const keyA = load<f64>(a);
  const keyB = load<f64>(b);
  return keyA < keyB || (keyA == keyB && load<f64>(a, 8) > load<f64>(b, 8));
}

function move(from: usize, to: usize): void {
  memory.copy(to, from, ENTRY_BYTES);
}

/**
 * Offers a set to the heap of at most `capacity` entries whose present count stands (u32) at `size`; keeps the best.
 * `heap` has room for capacity + 1 entries, the last as scratch.
 */
export function offer(heap: usize, size: usize, capacity: i32, key: f64, rank: f64, exit: u32, cell: u32): void {
  const count = load<u32>(size) as i32;
  const scratch = heap + (capacity as usize) * ENTRY_BYTES;
  store<f64>(scratch, key);
  store<f64>(scratch, rank, 8);
  store<u32>(scratch, exit, 16);
  store<u32>(scratch, cell, 20);
  if (count < capacity) {
    let at = count;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      const parentEntry = heap + (parent as usize) * ENTRY_BYTES;
      if (!isWorse(scratch, parentEntry)) break;
      move(parentEntry, heap + (at as usize) * ENTRY_BYTES);
      at = parent;
    }
    move(scratch, heap + (at as usize) * ENTRY_BYTES);
    store<u32>(size, (count + 1) as u32);
    return;
  }
  if (!isWorse(heap, scratch)) return;
  let at = 0;
  for (;;) {
    let child = 2 * at + 1;
    if (child >= count) break;
    let childEntry = heap + (child as usize) * ENTRY_BYTES;
    if (child + 1 < count && isWorse(childEntry + ENTRY_BYTES, childEntry)) {
      child++;
      childEntry += ENTRY_BYTES;
    }
    if (!isWorse(childEntry, scratch)) break;
    move(childEntry, heap + (at as usize) * ENTRY_BYTES);
    at = child;
  }
  move(scratch, heap + (at as usize) * ENTRY_BYTES);
}

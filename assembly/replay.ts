import { LANE_GROUP_BYTES, MASK_WORD_BYTES, ROW_BYTES } from "../src/core/abi";

/**
 * Points and exit time of one exit over `count` entries in table order, from the sides that `packSides` made: entry k stands in slot
 * `slots` u32[k]; `rows` is the exit's row item, `lanes` its lane of its group (see sides.ts for `areStopsInLanes` and `shift`).
 * `ticks` u32: the exit bar's open time in bars from the first signal on (`entryTicks` u32 plus bars held).
 */
export function exitColumn(
  rows: usize,
  lanes: usize,
  slots: usize,
  count: i32,
  areStopsInLanes: bool,
  shift: f64,
  entryTicks: usize,
  points: usize,
  ticks: usize,
): void {
  for (let k = 0; k < count; k++) {
    const slot = load<u32>(slots + ((k as usize) << 2)) as usize;
    const row = rows + slot * ROW_BYTES;
    const lane = lanes + slot * LANE_GROUP_BYTES;
    const isRow = load<f64>(row) <= load<f64>(lane);
    const taken = isRow ? load<f64>(row, 8) : load<f64>(lane, 32);
    // A latest time of a target that ties are lost to is less than its own half bar by up to one; the bar is the same.
    const time = isRow ? load<f64>(row) : load<f64>(lane) + (areStopsInLanes ? shift : 0.0);
    const held = ((time as i32) + 1) >> 1;
    store<f64>(points + ((k as usize) << 3), taken);
    store<u32>(ticks + ((k as usize) << 2), load<u32>(entryTicks + ((k as usize) << 2)) + (held as u32));
  }
}
/**
 * Sorts u32 `order` (already by entry time, then row) by exit tick, keeping that order among equals: a radix sort in as many passes of
 * 8 bits as `maxTick` needs. `scratch` u32[count], `buckets` u32[256]. The result stands in `order`.
 */
export function sortByExit(order: usize, scratch: usize, count: i32, ticks: usize, maxTick: u32, buckets: usize): void {
  let from = order;
  let to = scratch;
  for (let shift: u32 = 0; shift < 32 && maxTick >> shift != 0; shift += 8) {
    memory.fill(buckets, 0, 1024);
    for (let k = 0; k < count; k++) {
      const row = load<u32>(from + ((k as usize) << 2));
      const digit = (load<u32>(ticks + ((row as usize) << 2)) >> shift) & 255;
      const at = buckets + ((digit as usize) << 2);
      store<u32>(at, load<u32>(at) + 1);
    }
    let start: u32 = 0;
    for (let d: usize = 0; d < 1024; d += 4) {
      const size = load<u32>(buckets + d);
      store<u32>(buckets + d, start);
      start += size;
    }
    for (let k = 0; k < count; k++) {
      const row = load<u32>(from + ((k as usize) << 2));
      const digit = (load<u32>(ticks + ((row as usize) << 2)) >> shift) & 255;
      const at = buckets + ((digit as usize) << 2);
      const place = load<u32>(at);
      store<u32>(at, place + 1);
      store<u32>(to + ((place as usize) << 2), row);
    }
    const swap = from;
    from = to;
    to = swap;
  }
  if (from != order) memory.copy(order, from, (count as usize) << 2);
}

/**
 * Exact drawdown in points of one set: the largest fall of its running sum from its running peak, over the rows of `order` that pass
 * its filters. A row passes where its mask has every bit of `wanted` (both `words` words of 16 bytes). Gives up, with what it has,
 * as soon as the drawdown exceeds `enough`.
 */
export function drawdown(
  order: usize,
  count: i32,
  points: usize,
  masks: usize,
  wanted: usize,
  words: i32,
  enough: f64,
): f64 {
  let equity: f64 = 0.0;
  let peak: f64 = 0.0;
  let deepest: f64 = 0.0;
  const maskBytes = (words as usize) * MASK_WORD_BYTES;
  const first = v128.load(wanted);
  for (let k = 0; k < count; k++) {
    const row = load<u32>(order + ((k as usize) << 2)) as usize;
    const mask = masks + row * maskBytes;
    let isCaptured = i8x16.all_true(i8x16.eq(v128.and(v128.load(mask), first), first));
    for (let w: usize = MASK_WORD_BYTES; w < maskBytes && isCaptured; w += MASK_WORD_BYTES) {
      const word = v128.load(wanted + w);
      isCaptured = i8x16.all_true(i8x16.eq(v128.and(v128.load(mask + w), word), word));
    }
    if (!isCaptured) continue;
    equity += load<f64>(points + (row << 3));
    if (equity > peak) peak = equity;
    else if (peak - equity > deepest) {
      deepest = peak - equity;
      if (deepest > enough) return deepest;
    }
  }
  return deepest;
}

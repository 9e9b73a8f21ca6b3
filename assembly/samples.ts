import {
  BLOCK_STATISTICS,
  SETTLE_CAPTURED,
  SETTLE_ENTRY_SLOTS,
  SETTLE_POINTS,
  SWEEP_LANE_ITEMS,
  SWEEP_LANES,
  SWEEP_PARTIAL,
  SWEEP_ROWS,
  SWEEP_SETTLE,
  SWEEP_SLOTS,
} from "../src/core/abi";
import { capture } from "./drawdowns";
import { laneGroupBytesOf, Parted, pointsOf, rowBytesOf, Whole } from "./tradeSides";

/**
 * Adds the trades of one set, block by block, to f64[blocks][8] at `sums`: trades, points, squares, squares of the losing ones, gains,
 * losses, wins, objective trades. Of the entries those of words `from` .. `to` - 1, 64 a word in order of entry. `marks` u8 by entry, in
 * that order: its block, and 128 more where the opportunity is an objective one.
 */
export function blockSums(sweep: usize, exit: i32, cell: i32, marks: usize, sums: usize, from: usize, to: usize): void {
  if (load<u32>(sweep, SWEEP_PARTIAL) != 0) blockSumsOf<Parted>(sweep, exit, cell, marks, sums, from, to);
  else blockSumsOf<Whole>(sweep, exit, cell, marks, sums, from, to);
}

function blockSumsOf<Kind>(
  sweep: usize,
  exit: i32,
  cell: i32,
  marks: usize,
  sums: usize,
  from: usize,
  to: usize,
): void {
  const settle = load<usize>(sweep, SWEEP_SETTLE);
  const captured = load<usize>(settle, SETTLE_CAPTURED);
  const entrySlots = load<usize>(settle, SETTLE_ENTRY_SLOTS);
  const points = load<usize>(settle, SETTLE_POINTS);
  const laneItems = load<u32>(sweep, SWEEP_LANE_ITEMS) as i32;
  const slots = load<u32>(sweep, SWEEP_SLOTS) as usize;
  const lane = exit % laneItems;
  const rows = load<usize>(sweep, SWEEP_ROWS) + ((exit / laneItems) as usize) * slots * rowBytesOf<Kind>();
  const lanes =
    load<usize>(sweep, SWEEP_LANES) +
    ((lane >> 2) as usize) * slots * laneGroupBytesOf<Kind>() +
    (((lane & 3) as usize) << 3);
  capture(sweep, settle, cell);
  for (let w = from; w < to; w++)
    for (let mask = load<u64>(captured + (w << 3)); mask != 0; mask &= mask - 1) {
      const entry = (w << 6) + (ctz(mask) as usize);
      let value: f64;
      if (points != 0) value = load<f64>(points + (entry << 3));
      else {
        const slot = load<u32>(entrySlots + (entry << 2)) as usize;
        value = pointsOf<Kind>(rows + slot * rowBytesOf<Kind>(), lanes + slot * laneGroupBytesOf<Kind>());
      }
      const mark = load<u8>(marks + entry);
      const at = sums + ((mark & 127) as usize) * BLOCK_STATISTICS * 8;
      store<f64>(at, load<f64>(at) + 1.0);
      store<f64>(at, load<f64>(at, 8) + value, 8);
      store<f64>(at, load<f64>(at, 16) + value * value, 16);
      if (value > 0) {
        store<f64>(at, load<f64>(at, 32) + value, 32);
        store<f64>(at, load<f64>(at, 48) + 1.0, 48);
      } else {
        store<f64>(at, load<f64>(at, 24) + value * value, 24);
        store<f64>(at, load<f64>(at, 40) + value, 40);
      }
      if (mark > 127) store<f64>(at, load<f64>(at, 56) + 1.0, 56);
    }
}

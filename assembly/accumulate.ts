import { CACHE_LINE_BYTES, GAINS_LOSSES, LOSS_SQUARES, SQUARES, SUMS, WINS } from "../src/core/abi";
import { laneGroupBytesOf, Parted, pointsOfTwo, rowBytesOf, Whole } from "./tradeSides";

// One row item against one group of four lanes, opportunity by opportunity. A lane is one exit; a slot's outcome goes to its own cell only.
//
//   sums   [cell] | f64 first[4] | f64 second[4] | ... |      statistic by kind, four exits side by side
//
//   SUMS           points
//   SQUARES        points, their squares
//   LOSS_SQUARES   points, squares of the losing ones
//   GAINS_LOSSES   points above 0, points below
//   WINS           points, points above 0, number above 0

/** Points of the trade in two lanes: the row's where its time is not after the lane's. */
function outcomes<Kind>(row: usize, time: v128, points: v128, lane: usize): v128 {
  return pointsOfTwo<Kind>(row, points, lane, f64x2.le(time, v128.load(lane)));
}

function add(at: usize, value: v128): void {
  v128.store(at, f64x2.add(v128.load(at), value));
}

/**
 * Adds slots 0 .. count - 1 of one row item and one lane group to `sums`; `offsets` u32[count]: byte offset of each slot's cell. `isPartial` says that
 * the sides know partial exits.
 */
export function accumulate(
  rows: usize,
  lanes: usize,
  offsets: usize,
  count: i32,
  kind: i32,
  isPartial: bool,
  sums: usize,
): void {
  if (isPartial) accumulateSides<Parted>(rows, lanes, offsets, count, kind, sums);
  else accumulateSides<Whole>(rows, lanes, offsets, count, kind, sums);
}

function accumulateSides<Kind>(rows: usize, lanes: usize, offsets: usize, count: i32, kind: i32, sums: usize): void {
  const zero = f64x2.splat(0);
  const one = f64x2.splat(1);
  if (kind == SUMS)
    for (let k = 0; k < count; k++) {
      const time = v128.load64_splat(rows);
      const points = v128.load64_splat(rows, 8);
      const at = sums + load<u32>(offsets);
      add(at, outcomes<Kind>(rows, time, points, lanes));
      add(at + 16, outcomes<Kind>(rows, time, points, lanes + 16));
      rows += rowBytesOf<Kind>();
      lanes += laneGroupBytesOf<Kind>();
      offsets += 4;
    }
  else if (kind == SQUARES)
    for (let k = 0; k < count; k++) {
      const time = v128.load64_splat(rows);
      const points = v128.load64_splat(rows, 8);
      const at = sums + load<u32>(offsets);
      const low = outcomes<Kind>(rows, time, points, lanes);
      const high = outcomes<Kind>(rows, time, points, lanes + 16);
      add(at, low);
      add(at + 16, high);
      add(at + 32, f64x2.mul(low, low));
      add(at + 48, f64x2.mul(high, high));
      rows += rowBytesOf<Kind>();
      lanes += laneGroupBytesOf<Kind>();
      offsets += 4;
    }
  else if (kind == LOSS_SQUARES)
    for (let k = 0; k < count; k++) {
      const time = v128.load64_splat(rows);
      const points = v128.load64_splat(rows, 8);
      const at = sums + load<u32>(offsets);
      const low = outcomes<Kind>(rows, time, points, lanes);
      const high = outcomes<Kind>(rows, time, points, lanes + 16);
      add(at, low);
      add(at + 16, high);
      const lowLoss = f64x2.pmin(zero, low);
      const highLoss = f64x2.pmin(zero, high);
      add(at + 32, f64x2.mul(lowLoss, lowLoss));
      add(at + 48, f64x2.mul(highLoss, highLoss));
      rows += rowBytesOf<Kind>();
      lanes += laneGroupBytesOf<Kind>();
      offsets += 4;
    }
  else if (kind == GAINS_LOSSES)
    for (let k = 0; k < count; k++) {
      const time = v128.load64_splat(rows);
      const points = v128.load64_splat(rows, 8);
      const at = sums + load<u32>(offsets);
      const low = outcomes<Kind>(rows, time, points, lanes);
      const high = outcomes<Kind>(rows, time, points, lanes + 16);
      add(at, f64x2.pmax(zero, low));
      add(at + 16, f64x2.pmax(zero, high));
      add(at + 32, f64x2.pmin(zero, low));
      add(at + 48, f64x2.pmin(zero, high));
      rows += rowBytesOf<Kind>();
      lanes += laneGroupBytesOf<Kind>();
      offsets += 4;
    }
  else if (kind == WINS)
    for (let k = 0; k < count; k++) {
      const time = v128.load64_splat(rows);
      const points = v128.load64_splat(rows, 8);
      const at = sums + load<u32>(offsets);
      const low = outcomes<Kind>(rows, time, points, lanes);
      const high = outcomes<Kind>(rows, time, points, lanes + 16);
      add(at, low);
      add(at + 16, high);
      const lowGain = f64x2.gt(low, zero);
      const highGain = f64x2.gt(high, zero);
      add(at + 32, v128.and(lowGain, low));
      add(at + 48, v128.and(highGain, high));
      add(at + 64, v128.and(lowGain, one));
      add(at + 80, v128.and(highGain, one));
      rows += rowBytesOf<Kind>();
      lanes += laneGroupBytesOf<Kind>();
      offsets += 4;
    }
}

/**
 * Reads `bytes` from `at` on, a line of the cache at a time: `accumulate` comes to sums in no order, and would wait for each of them where
 * they are far. Returns the sum of every line's first f64, so that nobody leaves the reads out.
 */
export function readAhead(at: usize, bytes: i32): f64 {
  let sum: f64 = 0;
  for (let offset = 0; offset < bytes; offset += CACHE_LINE_BYTES) sum += load<f64>(at + offset);
  return sum;
}

import { CACHE_LINE_BYTES, EVERYTHING, GAINS_LOSSES, LOSS_SQUARES, SQUARES, SUMS, WINS } from "../src/core/abi";
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
//   EVERYTHING     points above 0, points below, squares, squares of the losing ones, number above 0

function add(at: usize, value: v128): void {
  v128.store(at, f64x2.add(v128.load(at), value));
}

/** Adds `first` and `second` of two pairs of lanes to a statistic. */
function addBoth(at: usize, low: v128, high: v128): void {
  add(at, low);
  add(at + 16, high);
}

// Kinds of sums as types: the compiler makes of each a loop of its own, which asks nothing.
class Sums {}
class Squares {}
class LossSquares {}
class GainsLosses {}
class Wins {}
class Everything {}

/** Adds the outcomes of one slot, four exits side by side, to its cell. */
function addOutcomes<Of>(at: usize, low: v128, high: v128): void {
  const zero = f64x2.splat(0);
  if (idof<Of>() == idof<GainsLosses>()) {
    addBoth(at, f64x2.pmax(zero, low), f64x2.pmax(zero, high));
    addBoth(at + 32, f64x2.pmin(zero, low), f64x2.pmin(zero, high));
    return;
  }
  if (idof<Of>() == idof<Everything>()) {
    const lowLoss = f64x2.pmin(zero, low);
    const highLoss = f64x2.pmin(zero, high);
    const one = f64x2.splat(1);
    addBoth(at, f64x2.pmax(zero, low), f64x2.pmax(zero, high));
    addBoth(at + 32, lowLoss, highLoss);
    addBoth(at + 64, f64x2.mul(low, low), f64x2.mul(high, high));
    addBoth(at + 96, f64x2.mul(lowLoss, lowLoss), f64x2.mul(highLoss, highLoss));
    addBoth(at + 128, v128.and(f64x2.gt(low, zero), one), v128.and(f64x2.gt(high, zero), one));
    return;
  }
  addBoth(at, low, high);
  if (idof<Of>() == idof<Squares>()) addBoth(at + 32, f64x2.mul(low, low), f64x2.mul(high, high));
  if (idof<Of>() == idof<LossSquares>()) {
    const lowLoss = f64x2.pmin(zero, low);
    const highLoss = f64x2.pmin(zero, high);
    addBoth(at + 32, f64x2.mul(lowLoss, lowLoss), f64x2.mul(highLoss, highLoss));
  }
  if (idof<Of>() == idof<Wins>()) {
    const one = f64x2.splat(1);
    const lowGain = f64x2.gt(low, zero);
    const highGain = f64x2.gt(high, zero);
    addBoth(at + 32, v128.and(lowGain, low), v128.and(highGain, high));
    addBoth(at + 64, v128.and(lowGain, one), v128.and(highGain, one));
  }
}

function accumulateOf<Of, Kind>(rows: usize, lanes: usize, offsets: usize, count: i32, sums: usize): void {
  for (let k = 0; k < count; k++) {
    const time = v128.load64_splat(rows);
    const points = v128.load64_splat(rows, 8);
    // The row's where its time is not after the lane's.
    const low = pointsOfTwo<Kind>(rows, points, lanes, f64x2.le(time, v128.load(lanes)));
    const high = pointsOfTwo<Kind>(rows, points, lanes + 16, f64x2.le(time, v128.load(lanes + 16)));
    addOutcomes<Of>(sums + load<u32>(offsets), low, high);
    rows += rowBytesOf<Kind>();
    lanes += laneGroupBytesOf<Kind>();
    offsets += 4;
  }
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
  if (kind == SUMS) accumulateOf<Sums, Kind>(rows, lanes, offsets, count, sums);
  else if (kind == SQUARES) accumulateOf<Squares, Kind>(rows, lanes, offsets, count, sums);
  else if (kind == LOSS_SQUARES) accumulateOf<LossSquares, Kind>(rows, lanes, offsets, count, sums);
  else if (kind == GAINS_LOSSES) accumulateOf<GainsLosses, Kind>(rows, lanes, offsets, count, sums);
  else if (kind == WINS) accumulateOf<Wins, Kind>(rows, lanes, offsets, count, sums);
  else if (kind == EVERYTHING) accumulateOf<Everything, Kind>(rows, lanes, offsets, count, sums);
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

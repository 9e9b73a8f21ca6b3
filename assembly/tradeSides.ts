import { LANE_GROUP_BYTES, PARTIAL_LANE_GROUP_BYTES, PARTIAL_ROW_BYTES, ROW_BYTES } from "../src/core/abi";

// What a row item and a lane make of one slot, for the two kinds of sides that `packSides` writes. The compiler makes a kernel of each: where all
// of a trade leaves at once nothing is asked about parts.

/** Stands for sides whose trades leave all at once. */
export type Whole = i32;
/** Stands for sides whose trades may leave in two parts. */
export type Parted = f64;

export function rowBytesOf<Kind>(): usize {
  return isFloat<Kind>() ? PARTIAL_ROW_BYTES : ROW_BYTES;
}

export function laneGroupBytesOf<Kind>(): usize {
  return isFloat<Kind>() ? PARTIAL_LANE_GROUP_BYTES : LANE_GROUP_BYTES;
}

/** Points of a trade that the target side ends: blended with the part that left before, or all of it. */
function partedPoints(row: usize, lane: usize): f64 {
  const points = load<f64>(lane, 32);
  const blended = load<f64>(row, 24) + load<f64>(row, 32) * points;
  const part = load<f64>(row, 16);
  const target = load<f64>(lane, 64);
  // In the half bar of the target itself the part left before it if its level was nearer, and so its points fewer.
  return part < target || (part == target && blended < points) ? blended : points;
}

/** Points of the trade of one slot: the row's where its time is not after the lane's. */
export function pointsOf<Kind>(row: usize, lane: usize): f64 {
  if (load<f64>(row) <= load<f64>(lane)) return load<f64>(row, 8);
  return isFloat<Kind>() ? partedPoints(row, lane) : load<f64>(lane, 32);
}

/** The same of two lanes at once, given the row's own points in both and where its time is not after the lane's. */
export function pointsOfTwo<Kind>(row: usize, rowPoints: v128, lane: usize, isRow: v128): v128 {
  const points = v128.load(lane, 32);
  if (!isFloat<Kind>()) return v128.bitselect(rowPoints, points, isRow);
  const blended = f64x2.add(v128.load64_splat(row, 24), f64x2.mul(v128.load64_splat(row, 32), points));
  const part = v128.load64_splat(row, 16);
  const target = v128.load(lane, 64);
  const isBlended = v128.or(f64x2.lt(part, target), v128.and(f64x2.eq(part, target), f64x2.lt(blended, points)));
  return v128.bitselect(rowPoints, v128.bitselect(blended, points, isBlended), isRow);
}

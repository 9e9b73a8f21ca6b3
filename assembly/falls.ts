import {
  SETTLE_BAR_TICKS,
  SETTLE_FALL_FROM,
  SETTLE_FALL_SCRATCH,
  SETTLE_FALL_TO,
  SETTLE_FALLS,
  SETTLE_SHIFT,
  SETTLE_SLOT_TICKS,
  SETTLE_SPANS,
  STATISTIC_BYTES,
  SWEEP_LENGTH,
  SWEEP_PARTIAL,
  SWEEP_POSITIONS,
  SWEEP_ROW_BYTES,
  SWEEP_SETTLE,
} from "../src/core/abi";
import { fallOf } from "./drawdowns";
import { finishOne } from "./slabs";
import { sumDown } from "./tiles";
import { laneGroupBytesOf, Parted, pointsOfTwo, rowBytesOf, Whole } from "./tradeSides";

// What a set loses over any span of time bounds its drawdown from below. The loosest set of an exit shows where that exit draws down most;
// the points of what ends inside that span are one more sum by cell, and every set of the exit is bounded at the price of an addition.

/** Chooses the span of each of a tile's lanes: where the loosest set falls most. Exits from `exit` on stand in its lanes. */
export function chooseSpans(sweep: usize, exit: i32, lanes: i32): void {
  const settle = load<usize>(sweep, SWEEP_SETTLE);
  const spans = settle + SETTLE_SPANS;
  for (let j = 0; j < 4; j++) {
    const at = spans + ((j as usize) << 3);
    // A lane that is no exit has a span that nothing ends in.
    if (j < lanes) fallOf(sweep, exit + j, 0, Infinity);
    store<f64>(at, j < lanes ? (load<i32>(settle, SETTLE_FALL_FROM) as f64) : 0.0);
    store<f64>(at, j < lanes ? (load<i32>(settle, SETTLE_FALL_TO) as f64) : 0.0, 32);
  }
}

/** Points of two lanes where their trades end inside the lanes' spans, else 0. */
function inside<Kind>(row: usize, lane: usize, tick: v128, shift: v128, barTicks: v128, span: usize): v128 {
  const one = f64x2.splat(1);
  const rowTime = v128.load64_splat(row);
  const laneTime = v128.load(lane);
  const isRow = f64x2.le(rowTime, laneTime);
  const time = f64x2.floor(v128.bitselect(rowTime, f64x2.add(laneTime, shift), isRow));
  const bars = f64x2.floor(f64x2.mul(f64x2.add(time, one), f64x2.splat(0.5)));
  const end = f64x2.add(tick, f64x2.mul(bars, barTicks));
  const isInside = v128.and(f64x2.gt(end, v128.load(span)), f64x2.le(end, v128.load(span, 32)));
  return v128.and(isInside, pointsOfTwo<Kind>(row, v128.load64_splat(row, 8), lane, isRow));
}

/** Adds slots `first` .. `first + count` - 1 of a tile to the sums of falls; `offsets` are theirs, in bytes of a cell's own sums. */
export function accumulateFalls(
  sweep: usize,
  rows: usize,
  lanes: usize,
  offsets: usize,
  first: usize,
  count: i32,
): void {
  if (load<u32>(sweep, SWEEP_PARTIAL) != 0) accumulateFallsOf<Parted>(sweep, rows, lanes, offsets, first, count);
  else accumulateFallsOf<Whole>(sweep, rows, lanes, offsets, first, count);
}

function accumulateFallsOf<Kind>(
  sweep: usize,
  rows: usize,
  lanes: usize,
  offsets: usize,
  first: usize,
  count: i32,
): void {
  const settle = load<usize>(sweep, SWEEP_SETTLE);
  const falls = load<usize>(settle, SETTLE_FALLS);
  const spans = settle + SETTLE_SPANS;
  const shift = v128.load64_splat(settle + SETTLE_SHIFT);
  const barTicks = v128.load64_splat(settle + SETTLE_BAR_TICKS);
  const statistics = load<u32>(sweep, SWEEP_ROW_BYTES) / STATISTIC_BYTES;
  let tick = load<usize>(settle, SETTLE_SLOT_TICKS) + (first << 2);
  for (let k = 0; k < count; k++) {
    const entered = f64x2.splat(load<u32>(tick) as f64);
    const at = falls + ((load<u32>(offsets) / statistics) as usize);
    v128.store(at, f64x2.add(v128.load(at), inside<Kind>(rows, lanes, entered, shift, barTicks, spans)));
    v128.store(
      at,
      f64x2.add(v128.load(at, 16), inside<Kind>(rows, lanes + 16, entered, shift, barTicks, spans + 16)),
      16,
    );
    tick += 4;
    offsets += 4;
    rows += rowBytesOf<Kind>();
    lanes += laneGroupBytesOf<Kind>();
  }
}

/** Sums a slab's falls along every axis but the last. Returns where they stand. */
export function finishFalls(sweep: usize): usize {
  const settle = load<usize>(sweep, SWEEP_SETTLE);
  return finishOne(sweep, load<usize>(settle, SETTLE_FALLS), load<usize>(settle, SETTLE_FALL_SCRATCH));
}

/** Points that one lane of a slab's cell makes over its span: what it falls by at least, negative. */
export function fallAt(sweep: usize, falls: usize, inSlab: i32, lane: i32): f64 {
  const length = load<u32>(sweep, SWEEP_LENGTH) as i32;
  const positions = load<u32>(sweep, SWEEP_POSITIONS) as i32;
  return sumDown(falls, STATISTIC_BYTES, length, positions, inSlab, (lane as usize) << 3);
}

// Long because both sides of an exit are laid out by loops that have to agree on every byte.

import {
  LANE_GROUP_BYTES,
  NEAREST_OPEN,
  NEVER,
  NO_LEVEL,
  PARTIAL_LANE_GROUP_BYTES,
  PARTIAL_ROW_BYTES,
  ROW_BYTES,
  STOP_ITEM_BYTES,
  TARGET_FIRST,
  TARGET_ITEM_BYTES,
} from "../src/core/abi";
import { isStopFirst } from "./outcomes";

// An exit is one item of the stop side (a stop with what else may stop it out, and a partial exit) and one of the target side (a target with
// what else ends it in time). Which of the two ends the trade is one comparison: the stop side does where its time is not after the latest at
// which a stop still wins. Where exits may be partial, two more say whether the part has left by then.

/** Bytes of a stop item before the further stops: its stop and its partial exit. */
const FURTHER: usize = 4;

/** Whether level `other` was met before `level`, both stops; in one half bar the one with the higher value of `values` was. */
function isMetFirst(times: usize, values: usize, other: i32, level: i32): bool {
  const time = load<i32>(times + ((level as usize) << 2));
  const otherTime = load<i32>(times + ((other as usize) << 2));
  if (otherTime != time) return otherTime < time;
  if (otherTime == NEVER) return false;
  return load<f64>(values + ((other as usize) << 3)) > load<f64>(values + ((level as usize) << 3));
}

/**
 * The level that counts of a stop item: the one met first, of several in one half bar the one with the highest of `values` (bounds, or returns,
 * which have the same order), of equal ones the first.
 */
export function stopLevelOf(times: usize, values: usize, item: usize): i32 {
  let level = load<u16>(item) as i32;
  for (let at = FURTHER; at < (STOP_ITEM_BYTES as usize); at += 2) {
    const other = load<u16>(item + at) as i32;
    if (other == NO_LEVEL) break;
    if (isMetFirst(times, values, other, level)) level = other;
  }
  return level;
}

/** The level that ends a target item in time: its holding time, or the exit signal where that comes first. */
function limitLevelOf(times: usize, item: usize): i32 {
  const holding = load<u16>(item, 2) as i32;
  const exitSignal = load<u16>(item, 4) as i32;
  if (exitSignal == NO_LEVEL) return holding;
  return load<i32>(times + ((exitSignal as usize) << 2)) < load<i32>(times + ((holding as usize) << 2))
    ? exitSignal
    : holding;
}

/** Whether the part of a partial exit leaves before a stop does that ends the trade. */
export function isPartialFirst(times: usize, bounds: usize, rooms: usize, partial: i32, stop: i32, rule: i32): bool {
  const partialTime = load<i32>(times + ((partial as usize) << 2));
  if (partialTime == NEVER) return false;
  const stopTime = load<i32>(times + ((stop as usize) << 2));
  // Only this rule looks at bounds and rooms, and records without them are not read there.
  if (rule != NEAREST_OPEN) return !isStopFirst(stopTime, partialTime, rule, 0, 0);
  const risk = load<f64>(bounds + ((partial as usize) << 3)) - load<f64>(bounds + ((stop as usize) << 3));
  return !isStopFirst(stopTime, partialTime, rule, load<f64>(rooms + ((partial as usize) << 3)), risk);
}

let firstRecord: usize;
let bytesOfRecord: usize;
let recordCount: i32;
let recordSources: usize;
let recordSlots: usize;
let timeBytes: usize;
let columnBytes: usize;
let firstStopItem: usize;
let stopItemCount: i32;
let intrabarRule: i32;

// The side that is written: its first byte, how far apart its slots stand, and how far from a slot's time its points.
let side: usize;
let isLaneSide: bool;
let bytesOfSlot: usize;
let bytesOfItem: usize;
let pointsAt: usize;

function setRecords(records: usize, recordBytes: usize, count: i32, sources: usize, slots: usize): void {
  firstRecord = records;
  bytesOfRecord = recordBytes;
  recordCount = count;
  recordSources = sources;
  recordSlots = slots;
}

function setSide(to: usize, isLane: bool, isPartial: bool, slotCount: usize): void {
  side = to;
  isLaneSide = isLane;
  if (isLane) bytesOfSlot = isPartial ? PARTIAL_LANE_GROUP_BYTES : LANE_GROUP_BYTES;
  else bytesOfSlot = isPartial ? PARTIAL_ROW_BYTES : ROW_BYTES;
  bytesOfItem = slotCount * bytesOfSlot;
  pointsAt = isLane ? 32 : 8;
}

/** How many items a side of `count` has with those that fill its last lanes. */
function paddedCount(count: i32): i32 {
  return isLaneSide ? (count + 3) & ~3 : count;
}

/** Where item `j` keeps slot 0. */
function columnOf(j: i32): usize {
  return isLaneSide
    ? side + ((j >> 2) as usize) * bytesOfItem + (((j & 3) as usize) << 3)
    : side + (j as usize) * bytesOfItem;
}

/** Times of the record that comes as the k-th. */
function recordOf(k: i32): usize {
  return firstRecord + (load<u32>(recordSources + ((k as usize) << 2)) as usize) * bytesOfRecord;
}

/** Where that record's slot stands in a column. */
function slotOf(k: i32, column: usize): usize {
  return column + (load<u32>(recordSlots + ((k as usize) << 2)) as usize) * bytesOfSlot;
}

/**
 * Turns passages into the two sides that `accumulate` compares: for each k below `count`, record `sources` u32[k] fills slot
 * `slots` u32[k] of `slotCount`.
 *
 *   rows    [item][slot]         | f64 time | f64 points |
 *   lanes   [item / 4][slot]     | f64 time[4] | f64 points[4] |
 *
 * The stop side holds when its stop is touched, the target side the latest time at which a stop still wins; where the stop side is in
 * the lanes, its times are less by `shift`, so that "row not after lane" then says that the target wins. Under NEAREST_OPEN stops of
 * one half bar are told apart by fractions of it, the higher stop the earlier. `stopItems` and `targetItems` as abi.ts has them. Lanes past the
 * last item repeat it.
 *
 * Where exits may be partial, `shares` f64[stopCount] are what leaves by each stop item's partial exit (0 if there is none), and stops stand in the
 * rows. A row's points are then those of both parts together; where the part has not left by the stop, its time is infinite:
 *
 *   rows    [item][slot]         | f64 time | f64 points | f64 time of the part | f64 its points times its share | f64 share of the rest |
 *   lanes   [item / 4][slot]     | f64 time[4] | f64 points[4] | f64 time of the target itself[4] |
 */
export function packSides(
  records: usize,
  recordBytes: usize,
  count: i32,
  sources: usize,
  slots: usize,
  levelCount: i32,
  stopItems: usize,
  stopCount: i32,
  targetItems: usize,
  targetCount: i32,
  areStopsInLanes: bool,
  shift: f64,
  shares: usize,
  rule: i32,
  rows: usize,
  lanes: usize,
  slotCount: usize,
): void {
  setRecords(records, recordBytes, count, sources, slots);
  timeBytes = (((levelCount as usize) << 2) + 7) & ~7;
  columnBytes = (levelCount as usize) << 3;
  firstStopItem = stopItems;
  stopItemCount = stopCount;
  intrabarRule = rule;
  setSide(areStopsInLanes ? lanes : rows, areStopsInLanes, shares != 0, slotCount);
  packStops(shift, shares);
  setSide(areStopsInLanes ? rows : lanes, !areStopsInLanes, shares != 0, slotCount);
  packTargets(targetItems, targetCount, shares != 0);
}

// Both sides are packed item by item, so that a column is written while it is in cache.

function packStops(shift: f64, shares: usize): void {
  for (let j = 0; j < paddedCount(stopItemCount); j++) {
    const place = min<i32>(j, stopItemCount - 1) as usize;
    const item = firstStopItem + place * STOP_ITEM_BYTES;
    const stop = load<u16>(item) as i32;
    const further = load<u16>(item, FURTHER) as i32;
    const isPair = further == NO_LEVEL || (load<u16>(item, FURTHER + 2) as i32) == NO_LEVEL;
    if (intrabarRule != NEAREST_OPEN && isPair && shares == 0) {
      // Without a further stop the stop stands in for it: the same passage twice.
      packPair(stop, further == NO_LEVEL ? stop : further, columnOf(j), shift);
      continue;
    }
    for (let k = 0; k < recordCount; k++) {
      const at = slotOf(k, columnOf(j));
      const level = packStop(recordOf(k), item, at, shift);
      if (shares != 0) packPart(recordOf(k), load<u16>(item, 2) as i32, level, load<f64>(shares + (place << 3)), at);
    }
  }
}

/** One stop item of a stop and a further one, where neither bounds nor partial exits are asked for. */
function packPair(stop: i32, second: i32, column: usize, shift: f64): void {
  const stopTimeAt = (stop as usize) << 2;
  const stopReturnAt = timeBytes + ((stop as usize) << 3);
  const secondTimeAt = (second as usize) << 2;
  const secondReturnAt = timeBytes + ((second as usize) << 3);
  const points = pointsAt;
  for (let k = 0; k < recordCount; k++) {
    const times = recordOf(k);
    const stopTime = load<i32>(times + stopTimeAt);
    const secondTime = load<i32>(times + secondTimeAt);
    const stopReturn = load<f64>(times + stopReturnAt);
    const secondReturn = load<f64>(times + secondReturnAt);
    // Of two stops in one half bar the one with the better return was met first. No branch: either may be first as often.
    const isSecond =
      ((secondTime < stopTime) as i32) | (((secondTime == stopTime) as i32) & ((secondReturn > stopReturn) as i32));
    const at = slotOf(k, column);
    store<f64>(at, (select(secondTime, stopTime, isSecond != 0) as f64) - shift);
    store<f64>(at + points, 100.0 * select(secondReturn, stopReturn, isSecond != 0));
  }
}

/** Time and points of a stop item in one record; returns the level that counts. */
function packStop(times: usize, item: usize, at: usize, shift: f64): i32 {
  const returns = times + timeBytes;
  const bounds = returns + columnBytes;
  // In one half bar the higher stop has the better return, unless both were gapped through, and then it is the same.
  const level = stopLevelOf(times, intrabarRule == NEAREST_OPEN ? bounds : returns, item);
  const time = load<i32>(times + ((level as usize) << 2));
  let fraction: f64 = 0;
  if (intrabarRule == NEAREST_OPEN)
    fraction = fractionOf(times, bounds, time, load<f64>(bounds + ((level as usize) << 3)));
  store<f64>(at, (time as f64) + fraction - shift);
  store<f64>(at + pointsAt, 100.0 * load<f64>(returns + ((level as usize) << 3)));
  return level;
}

/** What a partial exit changes in the row that `packStop` has written. */
function packPart(times: usize, partial: i32, stop: i32, shareOfPart: f64, at: usize): void {
  const returns = times + timeBytes;
  const bounds = returns + columnBytes;
  const points = load<f64>(at, 8);
  const hasLeft =
    partial != NO_LEVEL && isPartialFirst(times, bounds, bounds + columnBytes, partial, stop, intrabarRule);
  const share = hasLeft ? shareOfPart : 0.0;
  const part = hasLeft ? share * (100.0 * load<f64>(returns + ((partial as usize) << 3))) : 0.0;
  store<f64>(at, hasLeft ? part + (1.0 - share) * points : points, 8);
  store<f64>(at, hasLeft ? (load<i32>(times + ((partial as usize) << 2)) as f64) : Infinity, 16);
  store<f64>(at, part, 24);
  store<f64>(at, 1.0 - share, 32);
}

function packTargets(targetItems: usize, targetCount: i32, isPartial: bool): void {
  // A target touched inside its bar loses that half bar to a stop, or wins it under TARGET_FIRST.
  const inside = intrabarRule == TARGET_FIRST ? 1 : 0;
  for (let j = 0; j < paddedCount(targetCount); j++) {
    const item = targetItems + (min<i32>(j, targetCount - 1) as usize) * TARGET_ITEM_BYTES;
    const column = columnOf(j);
    const target = load<u16>(item) as i32;
    const hasSignal = (load<u16>(item, 4) as i32) != NO_LEVEL;
    if (intrabarRule != NEAREST_OPEN && !hasSignal && !isPartial) {
      packTimed(target, load<u16>(item, 2) as i32, column, inside);
      continue;
    }
    for (let k = 0; k < recordCount; k++) packTarget(recordOf(k), item, slotOf(k, column), inside, isPartial);
  }
}

/** One target item of a target and a holding time, where neither bounds nor partial exits are asked for. */
function packTimed(target: i32, holding: i32, column: usize, inside: i32): void {
  const targetTimeAt = (target as usize) << 2;
  const targetReturnAt = timeBytes + ((target as usize) << 3);
  const holdingTimeAt = (holding as usize) << 2;
  const holdingReturnAt = timeBytes + ((holding as usize) << 3);
  const points = pointsAt;
  for (let k = 0; k < recordCount; k++) {
    const times = recordOf(k);
    const targetTime = load<i32>(times + targetTimeAt);
    const limit = load<i32>(times + holdingTimeAt);
    const isTarget = targetTime <= limit;
    const winner = targetTime - (inside & ~targetTime);
    const value = select(load<f64>(times + targetReturnAt), load<f64>(times + holdingReturnAt), isTarget);
    const at = slotOf(k, column);
    store<f64>(at, select(winner, limit, isTarget) as f64);
    store<f64>(at + points, 100.0 * value);
  }
}

/** Any target item in one record. */
function packTarget(times: usize, item: usize, at: usize, inside: i32, isPartial: bool): void {
  const target = load<u16>(item) as i32;
  const targetTime = load<i32>(times + ((target as usize) << 2));
  const limitLevel = limitLevelOf(times, item);
  const limit = load<i32>(times + ((limitLevel as usize) << 2));
  const isTarget = targetTime <= limit;
  let latest = (isTarget ? targetTime - (inside & ~targetTime) : limit) as f64;
  if (intrabarRule == NEAREST_OPEN) {
    // Every fraction of an odd half bar, or of the last one, is still within it.
    latest = ((isTarget ? targetTime : limit) as f64) + 0.5;
    if (isTarget && (targetTime & 1) == 0) latest = latestWinner(times, target, targetTime);
  }
  const level = isTarget ? target : limitLevel;
  store<f64>(at, latest);
  store<f64>(at + pointsAt, 100.0 * load<f64>(times + timeBytes + ((level as usize) << 3)));
  // What leaves at the limit leaves after every part of that bar.
  if (isPartial) store<f64>(at, isTarget ? (targetTime as f64) : (limit as f64) + 0.5, 64);
}

/** Under NEAREST_OPEN: how much later than `time` a stop at `bound` stands: half the share of the stop side that lies higher in that half bar. */
function fractionOf(times: usize, bounds: usize, time: i32, bound: f64): f64 {
  if (time == NEVER) return 0;
  let higher = 0;
  for (let j = 0; j < stopItemCount; j++) {
    const level = stopLevelOf(times, bounds, firstStopItem + (j as usize) * STOP_ITEM_BYTES);
    if (load<i32>(times + ((level as usize) << 2)) != time) continue;
    if (load<f64>(bounds + ((level as usize) << 3)) > bound) higher++;
  }
  return (higher as f64) / ((2 * stopItemCount) as f64);
}

/** Under NEAREST_OPEN: the time of the latest stop that still wins against a target touched at `targetTime` inside its bar. */
function latestWinner(times: usize, target: i32, targetTime: i32): f64 {
  const bounds = times + timeBytes + columnBytes;
  const open = load<f64>(bounds + ((target as usize) << 3));
  const room = load<f64>(bounds + columnBytes + ((target as usize) << 3));
  let latest: f64 = (targetTime as f64) - 0.25;
  for (let j = 0; j < stopItemCount; j++) {
    const level = stopLevelOf(times, bounds, firstStopItem + (j as usize) * STOP_ITEM_BYTES);
    if (load<i32>(times + ((level as usize) << 2)) != targetTime) continue;
    const bound = load<f64>(bounds + ((level as usize) << 3));
    if (!isStopFirst(targetTime, targetTime, NEAREST_OPEN, room, open - bound)) continue;
    const time = (targetTime as f64) + fractionOf(times, bounds, targetTime, bound);
    if (time > latest) latest = time;
  }
  return latest;
}

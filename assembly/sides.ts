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

/** Where item `j` of a side keeps slot 0, and how far apart slots stand; see `packSides`. */
function columnOf(to: usize, isLane: bool, slotBytes: usize, slotCount: usize, j: i32): usize {
  return isLane
    ? to + ((j >> 2) as usize) * slotCount * slotBytes + (((j & 3) as usize) << 3)
    : to + (j as usize) * slotCount * slotBytes;
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
  const timeBytes = (((levelCount as usize) << 2) + 7) & ~7;
  const columnBytes = (levelCount as usize) << 3;
  const rowBytes: usize = shares == 0 ? ROW_BYTES : PARTIAL_ROW_BYTES;
  const laneBytes: usize = shares == 0 ? LANE_GROUP_BYTES : PARTIAL_LANE_GROUP_BYTES;
  const slotBytes = areStopsInLanes ? laneBytes : rowBytes;
  const pointsAt: usize = areStopsInLanes ? 32 : 8;
  const paddedStops = areStopsInLanes ? (stopCount + 3) & ~3 : stopCount;
  // Item by item, so that a column is written while it is in cache.
  for (let j = 0; j < paddedStops; j++) {
    const place = min<i32>(j, stopCount - 1) as usize;
    const item = stopItems + place * STOP_ITEM_BYTES;
    const stop = load<u16>(item) as i32;
    const further = load<u16>(item, FURTHER) as i32;
    const column = columnOf(areStopsInLanes ? lanes : rows, areStopsInLanes, slotBytes, slotCount, j);
    const isPair = further == NO_LEVEL || (load<u16>(item, FURTHER + 2) as i32) == NO_LEVEL;
    if (rule != NEAREST_OPEN && isPair && shares == 0) {
      // Without a further stop the stop stands in for it: the same passage twice.
      const second = further == NO_LEVEL ? stop : further;
      packPair(
        records,
        recordBytes,
        count,
        sources,
        slots,
        timeBytes,
        stop,
        second,
        column,
        slotBytes,
        pointsAt,
        shift,
      );
      continue;
    }
    for (let k = 0; k < count; k++) {
      const source = load<u32>(sources + ((k as usize) << 2)) as usize;
      const times = records + source * recordBytes;
      const returns = times + timeBytes;
      const bounds = returns + columnBytes;
      // In one half bar the higher stop has the better return, unless both were gapped through, and then it is the same.
      const level = stopLevelOf(times, rule == NEAREST_OPEN ? bounds : returns, item);
      const time = load<i32>(times + ((level as usize) << 2));
      const points = 100.0 * load<f64>(returns + ((level as usize) << 3));
      const at = column + (load<u32>(slots + ((k as usize) << 2)) as usize) * slotBytes;
      let fraction: f64 = 0;
      if (rule == NEAREST_OPEN) {
        const bound = load<f64>(bounds + ((level as usize) << 3));
        fraction = fractionOf(times, bounds, stopItems, stopCount, time, bound);
      }
      store<f64>(at, (time as f64) + fraction - shift);
      if (shares == 0) {
        store<f64>(at + pointsAt, points);
        continue;
      }
      const partial = load<u16>(item, 2) as i32;
      const isPartial =
        partial != NO_LEVEL && isPartialFirst(times, bounds, bounds + columnBytes, partial, level, rule);
      const share = isPartial ? load<f64>(shares + (place << 3)) : 0.0;
      const part = isPartial ? share * (100.0 * load<f64>(returns + ((partial as usize) << 3))) : 0.0;
      store<f64>(at, isPartial ? part + (1.0 - share) * points : points, 8);
      store<f64>(at, isPartial ? (load<i32>(times + ((partial as usize) << 2)) as f64) : Infinity, 16);
      store<f64>(at, part, 24);
      store<f64>(at, 1.0 - share, 32);
    }
  }
  packTargets(
    records,
    recordBytes,
    count,
    sources,
    slots,
    timeBytes,
    columnBytes,
    stopItems,
    stopCount,
    targetItems,
    targetCount,
    !areStopsInLanes,
    rule,
    shares != 0,
    areStopsInLanes ? rows : lanes,
    areStopsInLanes ? rowBytes : laneBytes,
    slotCount,
  );
}

/** One stop item of a stop and a further one, where neither bounds nor partial exits are asked for. */
function packPair(
  records: usize,
  recordBytes: usize,
  count: i32,
  sources: usize,
  slots: usize,
  timeBytes: usize,
  stop: i32,
  second: i32,
  column: usize,
  slotBytes: usize,
  pointsAt: usize,
  shift: f64,
): void {
  const stopTimeAt = (stop as usize) << 2;
  const stopReturnAt = timeBytes + ((stop as usize) << 3);
  const secondTimeAt = (second as usize) << 2;
  const secondReturnAt = timeBytes + ((second as usize) << 3);
  for (let k = 0; k < count; k++) {
    const source = load<u32>(sources + ((k as usize) << 2)) as usize;
    const times = records + source * recordBytes;
    const stopTime = load<i32>(times + stopTimeAt);
    const secondTime = load<i32>(times + secondTimeAt);
    const stopReturn = load<f64>(times + stopReturnAt);
    const secondReturn = load<f64>(times + secondReturnAt);
    // Of two stops in one half bar the one with the better return was met first. No branch: either may be first as often.
    const isSecond =
      ((secondTime < stopTime) as i32) | (((secondTime == stopTime) as i32) & ((secondReturn > stopReturn) as i32));
    const at = column + (load<u32>(slots + ((k as usize) << 2)) as usize) * slotBytes;
    store<f64>(at, (select(secondTime, stopTime, isSecond != 0) as f64) - shift);
    store<f64>(at + pointsAt, 100.0 * select(secondReturn, stopReturn, isSecond != 0));
  }
}

/** The target side alone. */
function packTargets(
  records: usize,
  recordBytes: usize,
  count: i32,
  sources: usize,
  slots: usize,
  timeBytes: usize,
  columnBytes: usize,
  stopItems: usize,
  stopCount: i32,
  targetItems: usize,
  targetCount: i32,
  areTargetsInLanes: bool,
  rule: i32,
  isPartial: bool,
  to: usize,
  slotBytes: usize,
  slotCount: usize,
): void {
  const pointsAt: usize = areTargetsInLanes ? 32 : 8;
  const padded = areTargetsInLanes ? (targetCount + 3) & ~3 : targetCount;
  for (let j = 0; j < padded; j++) {
    const item = targetItems + (min<i32>(j, targetCount - 1) as usize) * TARGET_ITEM_BYTES;
    const target = load<u16>(item) as i32;
    const column = columnOf(to, areTargetsInLanes, slotBytes, slotCount, j);
    const targetTimeAt = (target as usize) << 2;
    const targetReturnAt = timeBytes + ((target as usize) << 3);
    const holding = load<u16>(item, 2) as i32;
    const holdingTimeAt = (holding as usize) << 2;
    const holdingReturnAt = timeBytes + ((holding as usize) << 3);
    const hasSignal = (load<u16>(item, 4) as i32) != NO_LEVEL;
    // A target touched inside its bar loses that half bar to a stop, or wins it under TARGET_FIRST.
    const inside = rule == TARGET_FIRST ? 1 : 0;
    if (rule != NEAREST_OPEN && !hasSignal && !isPartial)
      for (let k = 0; k < count; k++) {
        const source = load<u32>(sources + ((k as usize) << 2)) as usize;
        const times = records + source * recordBytes;
        const targetTime = load<i32>(times + targetTimeAt);
        const limit = load<i32>(times + holdingTimeAt);
        const isTarget = targetTime <= limit;
        const winner = targetTime - (inside & ~targetTime);
        const at = column + (load<u32>(slots + ((k as usize) << 2)) as usize) * slotBytes;
        store<f64>(at, select(winner, limit, isTarget) as f64);
        store<f64>(
          at + pointsAt,
          100.0 * select(load<f64>(times + targetReturnAt), load<f64>(times + holdingReturnAt), isTarget),
        );
      }
    else
      for (let k = 0; k < count; k++) {
        const source = load<u32>(sources + ((k as usize) << 2)) as usize;
        const times = records + source * recordBytes;
        const targetTime = load<i32>(times + targetTimeAt);
        const limitLevel = limitLevelOf(times, item);
        const limit = load<i32>(times + ((limitLevel as usize) << 2));
        const isTarget = targetTime <= limit;
        let latest = (isTarget ? targetTime - (inside & ~targetTime) : limit) as f64;
        if (rule == NEAREST_OPEN) {
          // Every fraction of an odd half bar, or of the last one, is still within it.
          latest = ((isTarget ? targetTime : limit) as f64) + 0.5;
          if (isTarget && (targetTime & 1) == 0) {
            const bounds = times + timeBytes + columnBytes;
            const open = load<f64>(bounds + ((target as usize) << 3));
            const room = load<f64>(bounds + columnBytes + ((target as usize) << 3));
            latest = latestWinner(times, bounds, stopItems, stopCount, targetTime, open, room);
          }
        }
        const at = column + (load<u32>(slots + ((k as usize) << 2)) as usize) * slotBytes;
        const level = isTarget ? target : limitLevel;
        store<f64>(at, latest);
        store<f64>(at + pointsAt, 100.0 * load<f64>(times + timeBytes + ((level as usize) << 3)));
        // What leaves at the limit leaves after every part of that bar.
        if (isPartial) store<f64>(at, isTarget ? (targetTime as f64) : (limit as f64) + 0.5, 64);
      }
  }
}

/** Under NEAREST_OPEN: how much later than `time` a stop at `bound` stands: half the share of the stop side that lies higher in that half bar. */
function fractionOf(times: usize, bounds: usize, stopItems: usize, stopCount: i32, time: i32, bound: f64): f64 {
  if (time == NEVER) return 0;
  let higher = 0;
  for (let j = 0; j < stopCount; j++) {
    const level = stopLevelOf(times, bounds, stopItems + (j as usize) * STOP_ITEM_BYTES);
    if (load<i32>(times + ((level as usize) << 2)) != time) continue;
    if (load<f64>(bounds + ((level as usize) << 3)) > bound) higher++;
  }
  return (higher as f64) / ((2 * stopCount) as f64);
}

/** Under NEAREST_OPEN: the time of the latest stop that still wins against a target touched at `targetTime` inside its bar. */
function latestWinner(
  times: usize,
  bounds: usize,
  stopItems: usize,
  stopCount: i32,
  targetTime: i32,
  open: f64,
  room: f64,
): f64 {
  let latest: f64 = (targetTime as f64) - 0.25;
  for (let j = 0; j < stopCount; j++) {
    const level = stopLevelOf(times, bounds, stopItems + (j as usize) * STOP_ITEM_BYTES);
    if (load<i32>(times + ((level as usize) << 2)) != targetTime) continue;
    const bound = load<f64>(bounds + ((level as usize) << 3));
    if (!isStopFirst(targetTime, targetTime, NEAREST_OPEN, room, open - bound)) continue;
    const time = (targetTime as f64) + fractionOf(times, bounds, stopItems, stopCount, targetTime, bound);
    if (time > latest) latest = time;
  }
  return latest;
}

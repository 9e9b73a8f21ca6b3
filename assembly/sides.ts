import { LANE_GROUP_BYTES, NEAREST_OPEN, NEVER, NO_TRAILING, ROW_BYTES, TARGET_FIRST } from "../src/core/abi";
import { isStopFirst } from "./outcomes";

// An exit is one item of the stop side (a stop with a trailing variant) and one of the target side (a target with a holding time).
// Which of the two ends the trade is one comparison: the stop side does where its time is not after the latest at which a stop still wins.

/** Whether a trailing variant was met before a plain stop; in one half bar the higher of the two was. */
function isTrailingFirst(times: usize, bounds: usize, stop: i32, trailing: i32): bool {
  const stopTime = load<i32>(times + ((stop as usize) << 2));
  const trailingTime = load<i32>(times + ((trailing as usize) << 2));
  if (trailingTime != stopTime) return trailingTime < stopTime;
  if (trailingTime == NEVER) return false;
  return load<f64>(bounds + ((trailing as usize) << 3)) > load<f64>(bounds + ((stop as usize) << 3));
}

/** The level that counts of a stop item. */
function stopLevelOf(times: usize, bounds: usize, item: usize): i32 {
  const stop = load<u16>(item) as i32;
  const trailing = load<u16>(item, 2) as i32;
  return trailing != NO_TRAILING && isTrailingFirst(times, bounds, stop, trailing) ? trailing : stop;
}

/** Where item `j` of a side keeps slot 0, and how far apart slots stand; see `packSides`. */
function columnOf(to: usize, isLane: bool, slotCount: usize, j: i32): usize {
  return isLane
    ? to + ((j >> 2) as usize) * slotCount * LANE_GROUP_BYTES + (((j & 3) as usize) << 3)
    : to + (j as usize) * slotCount * ROW_BYTES;
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
 * one half bar are told apart by fractions of it, the higher stop the earlier. `stopItems` u16[stopCount][2]: levels of stop and
 * trailing variant; `targetItems` u16[targetCount][2]: levels of target and holding time. Lanes past the last item repeat it.
 */
export function packSides(
  records: usize,
  recordBytes: usize,
  count: i32,
  sources: usize,
  slots: usize,
  levels: usize,
  levelCount: i32,
  atrs: usize,
  stopItems: usize,
  stopCount: i32,
  targetItems: usize,
  targetCount: i32,
  areStopsInLanes: bool,
  shift: f64,
  rule: i32,
  rows: usize,
  lanes: usize,
  slotCount: usize,
): void {
  const timeBytes = (((levelCount as usize) << 2) + 7) & ~7;
  const columnBytes = (levelCount as usize) << 3;
  const slotShift: usize = areStopsInLanes ? 6 : 4;
  const pointsAt: usize = areStopsInLanes ? 32 : 8;
  const paddedStops = areStopsInLanes ? (stopCount + 3) & ~3 : stopCount;
  // Item by item, so that a column is written while it is in cache.
  for (let j = 0; j < paddedStops; j++) {
    const item = stopItems + ((min<i32>(j, stopCount - 1) as usize) << 2);
    const stop = load<u16>(item) as i32;
    const trailing = load<u16>(item, 2) as i32;
    const column = columnOf(areStopsInLanes ? lanes : rows, areStopsInLanes, slotCount, j);
    // Without a trailing variant the stop stands in for it: the same passage twice.
    const second = trailing == NO_TRAILING ? stop : trailing;
    const stopTimeAt = (stop as usize) << 2;
    const stopReturnAt = timeBytes + ((stop as usize) << 3);
    const secondTimeAt = (second as usize) << 2;
    const secondReturnAt = timeBytes + ((second as usize) << 3);
    if (rule != NEAREST_OPEN)
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
        const at = column + ((load<u32>(slots + ((k as usize) << 2)) as usize) << slotShift);
        store<f64>(at, (select(secondTime, stopTime, isSecond != 0) as f64) - shift);
        store<f64>(at + pointsAt, 100.0 * select(secondReturn, stopReturn, isSecond != 0));
      }
    else
      for (let k = 0; k < count; k++) {
        const source = load<u32>(sources + ((k as usize) << 2)) as usize;
        const times = records + source * recordBytes;
        const returns = times + timeBytes;
        const bounds = returns + columnBytes;
        const level = isTrailingFirst(times, bounds, stop, second) ? second : stop;
        const time = load<i32>(times + ((level as usize) << 2));
        const bound = load<f64>(bounds + ((level as usize) << 3));
        const at = column + ((load<u32>(slots + ((k as usize) << 2)) as usize) << slotShift);
        store<f64>(at, (time as f64) + fractionOf(times, bounds, stopItems, stopCount, time, bound) - shift);
        store<f64>(at + pointsAt, 100.0 * load<f64>(returns + ((level as usize) << 3)));
      }
  }
  packTargets(
    records,
    recordBytes,
    count,
    sources,
    slots,
    levels,
    timeBytes,
    columnBytes,
    atrs,
    stopItems,
    stopCount,
    targetItems,
    targetCount,
    !areStopsInLanes,
    rule,
    areStopsInLanes ? rows : lanes,
    slotCount,
  );
}

/** The target side alone. */
function packTargets(
  records: usize,
  recordBytes: usize,
  count: i32,
  sources: usize,
  slots: usize,
  levels: usize,
  timeBytes: usize,
  columnBytes: usize,
  atrs: usize,
  stopItems: usize,
  stopCount: i32,
  targetItems: usize,
  targetCount: i32,
  areTargetsInLanes: bool,
  rule: i32,
  to: usize,
  slotCount: usize,
): void {
  const slotShift: usize = areTargetsInLanes ? 6 : 4;
  const pointsAt: usize = areTargetsInLanes ? 32 : 8;
  const padded = areTargetsInLanes ? (targetCount + 3) & ~3 : targetCount;
  for (let j = 0; j < padded; j++) {
    const item = targetItems + ((min<i32>(j, targetCount - 1) as usize) << 2);
    const target = load<u16>(item) as i32;
    const holding = load<u16>(item, 2) as i32;
    const column = columnOf(to, areTargetsInLanes, slotCount, j);
    const targetTimeAt = (target as usize) << 2;
    const targetReturnAt = timeBytes + ((target as usize) << 3);
    const holdingTimeAt = (holding as usize) << 2;
    const holdingReturnAt = timeBytes + ((holding as usize) << 3);
    // A target touched inside its bar loses that half bar to a stop, or wins it under TARGET_FIRST.
    const inside = rule == TARGET_FIRST ? 1 : 0;
    if (rule != NEAREST_OPEN)
      for (let k = 0; k < count; k++) {
        const source = load<u32>(sources + ((k as usize) << 2)) as usize;
        const times = records + source * recordBytes;
        const targetTime = load<i32>(times + targetTimeAt);
        const limit = load<i32>(times + holdingTimeAt);
        const isTarget = targetTime <= limit;
        const winner = targetTime - (inside & ~targetTime);
        const at = column + ((load<u32>(slots + ((k as usize) << 2)) as usize) << slotShift);
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
        const limit = load<i32>(times + holdingTimeAt);
        const isTarget = targetTime <= limit;
        // Every fraction of an odd half bar, or of the last one, is still within it.
        let latest = ((isTarget ? targetTime : limit) as f64) + 0.5;
        if (isTarget && (targetTime & 1) == 0) {
          const bounds = times + timeBytes + columnBytes;
          const open = load<f64>(bounds + ((target as usize) << 3));
          const room = load<f64>(levels + ((target as usize) << 3)) * load<f64>(atrs + (source << 3)) - open;
          latest = latestWinner(times, bounds, stopItems, stopCount, targetTime, open, room);
        }
        const at = column + ((load<u32>(slots + ((k as usize) << 2)) as usize) << slotShift);
        store<f64>(at, latest);
        store<f64>(at + pointsAt, 100.0 * load<f64>(times + (isTarget ? targetReturnAt : holdingReturnAt)));
      }
  }
}

/** Under NEAREST_OPEN: how much later than `time` a stop at `bound` stands: half the share of the stop side that lies higher in that half bar. */
function fractionOf(times: usize, bounds: usize, stopItems: usize, stopCount: i32, time: i32, bound: f64): f64 {
  if (time == NEVER) return 0;
  let higher = 0;
  for (let j = 0; j < stopCount; j++) {
    const level = stopLevelOf(times, bounds, stopItems + ((j as usize) << 2));
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
    const level = stopLevelOf(times, bounds, stopItems + ((j as usize) << 2));
    if (load<i32>(times + ((level as usize) << 2)) != targetTime) continue;
    const bound = load<f64>(bounds + ((level as usize) << 3));
    if (!isStopFirst(targetTime, targetTime, NEAREST_OPEN, room, open - bound)) continue;
    const time = (targetTime as f64) + fractionOf(times, bounds, stopItems, stopCount, targetTime, bound);
    if (time > latest) latest = time;
  }
  return latest;
}

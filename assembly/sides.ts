import { LANE_GROUP_BYTES, NEAREST_OPEN, NEVER, NO_TRAILING, RECORD_HEADER_BYTES, ROW_BYTES, TARGET_FIRST } from "../src/core/abi";
import { isStopFirst } from "./outcomes";

// An exit is one item of the stop side (a stop with a trailing variant) and one of the target side (a target with a holding time).
// Which of the two ends the trade is one comparison: the stop side does where its time is not after the latest at which a stop still wins.

/** Stop or trailing stop, whichever ends the trade: its level, or NO_TRAILING's own meaning of "the plain stop". */
function isTrailingFirst(times: usize, returns: usize, bounds: usize, stop: i32, trailing: i32, rule: i32): bool {
  const stopTime = load<i32>(times + ((stop as usize) << 2));
  const trailingTime = load<i32>(times + ((trailing as usize) << 2));
  if (trailingTime != stopTime) return trailingTime < stopTime;
  if (trailingTime == NEVER) return false;
  // Of two stops in one half bar the higher was met first; under NEAREST_OPEN the level itself counts, not only its return.
  const values = rule == NEAREST_OPEN ? bounds : returns;
  return load<f64>(values + ((trailing as usize) << 3)) > load<f64>(values + ((stop as usize) << 3));
}

/** Stores item `j` of a side: a row's {time, points} or one lane of a group's four times and four points. */
function place(to: usize, isLane: bool, slots: usize, slot: usize, j: i32, time: f64, points: f64): void {
  if (isLane) {
    const at = to + (((j >> 2) as usize) * slots + slot) * LANE_GROUP_BYTES + (((j & 3) as usize) << 3);
    store<f64>(at, time);
    store<f64>(at, points, 32);
  } else {
    const at = to + ((j as usize) * slots + slot) * ROW_BYTES;
    store<f64>(at, time);
    store<f64>(at, points, 8);
  }
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
  const stopTo = areStopsInLanes ? lanes : rows;
  const targetTo = areStopsInLanes ? rows : lanes;
  const paddedStops = areStopsInLanes ? (stopCount + 3) & ~3 : stopCount;
  const paddedTargets = areStopsInLanes ? targetCount : (targetCount + 3) & ~3;
  for (let k = 0; k < count; k++) {
    const source = load<u32>(sources + ((k as usize) << 2)) as usize;
    const times = records + source * recordBytes + RECORD_HEADER_BYTES;
    const returns = times + timeBytes;
    const bounds = returns + columnBytes;
    const slot = load<u32>(slots + ((k as usize) << 2)) as usize;
    for (let j = 0; j < paddedStops; j++) {
      const item = stopItems + ((min<i32>(j, stopCount - 1) as usize) << 2);
      let level = load<u16>(item) as i32;
      const trailing = load<u16>(item, 2) as i32;
      if (trailing != NO_TRAILING && isTrailingFirst(times, returns, bounds, level, trailing, rule)) level = trailing;
      let time = load<i32>(times + ((level as usize) << 2)) as f64;
      if (rule == NEAREST_OPEN)
        time += fractionOf(times, returns, bounds, stopItems, stopCount, time as i32, load<f64>(bounds + ((level as usize) << 3)), rule);
      place(stopTo, areStopsInLanes, slotCount, slot, j, time - shift, 100.0 * load<f64>(returns + ((level as usize) << 3)));
    }
    for (let j = 0; j < paddedTargets; j++) {
      const item = targetItems + ((min<i32>(j, targetCount - 1) as usize) << 2);
      let level = load<u16>(item) as i32;
      const holding = load<u16>(item, 2) as i32;
      const limit = 2 * (load<f64>(levels + ((holding as usize) << 3)) as i32);
      const targetTime = load<i32>(times + ((level as usize) << 2));
      let latest = targetTime as f64;
      if (targetTime > limit) {
        level = holding;
        latest = limit as f64;
        // Every fraction of the last half bar is still within the holding time.
        if (rule == NEAREST_OPEN) latest += 0.5;
      } else if ((targetTime & 1) == 0) {
        if (rule == TARGET_FIRST) latest -= 1.0;
        else if (rule == NEAREST_OPEN)
          latest = latestWinner(times, returns, bounds, stopItems, stopCount, levels, load<f64>(atrs + (source << 3)), level, targetTime, rule);
      } else if (rule == NEAREST_OPEN) latest += 0.5;
      place(targetTo, !areStopsInLanes, slotCount, slot, j, latest, 100.0 * load<f64>(returns + ((level as usize) << 3)));
    }
  }
}

/** Under NEAREST_OPEN: how much later than `time` a stop at `bound` stands: half the share of the stop side that lies higher in that half bar. */
function fractionOf(
  times: usize,
  returns: usize,
  bounds: usize,
  stopItems: usize,
  stopCount: i32,
  time: i32,
  bound: f64,
  rule: i32,
): f64 {
  if (time == NEVER) return 0;
  let higher = 0;
  for (let j = 0; j < stopCount; j++) {
    const item = stopItems + ((j as usize) << 2);
    let level = load<u16>(item) as i32;
    const trailing = load<u16>(item, 2) as i32;
    if (trailing != NO_TRAILING && isTrailingFirst(times, returns, bounds, level, trailing, rule)) level = trailing;
    if (load<i32>(times + ((level as usize) << 2)) == time && load<f64>(bounds + ((level as usize) << 3)) > bound) higher++;
  }
  return (higher as f64) / ((2 * stopCount) as f64);
}

/** Under NEAREST_OPEN: the time of the latest stop that still wins against a target touched at `targetTime` inside its bar. */
function latestWinner(
  times: usize,
  returns: usize,
  bounds: usize,
  stopItems: usize,
  stopCount: i32,
  levels: usize,
  atr: f64,
  target: i32,
  targetTime: i32,
  rule: i32,
): f64 {
  const openExcursion = load<f64>(bounds + ((target as usize) << 3));
  const room = load<f64>(levels + ((target as usize) << 3)) * atr - openExcursion;
  let latest: f64 = (targetTime as f64) - 0.25;
  for (let j = 0; j < stopCount; j++) {
    const item = stopItems + ((j as usize) << 2);
    let level = load<u16>(item) as i32;
    const trailing = load<u16>(item, 2) as i32;
    if (trailing != NO_TRAILING && isTrailingFirst(times, returns, bounds, level, trailing, rule)) level = trailing;
    if (load<i32>(times + ((level as usize) << 2)) != targetTime) continue;
    const bound = load<f64>(bounds + ((level as usize) << 3));
    if (!isStopFirst(targetTime, targetTime, rule, room, openExcursion - bound)) continue;
    const time = (targetTime as f64) + fractionOf(times, returns, bounds, stopItems, stopCount, targetTime, bound, rule);
    if (time > latest) latest = time;
  }
  return latest;
}

import {
  ENDED_BY_DATA,
  ENDED_BY_SIGNAL,
  ENDED_BY_STOP,
  ENDED_BY_TARGET,
  ENDED_BY_TIME,
  NEAREST_OPEN,
  NEVER,
  NO_LEVEL,
  TARGET_FIRST,
} from "../src/core/abi";
import { isPartialFirst, stopLevelOf } from "./sides";

/** Whether the stop is what ends the trade, given the half-bar times of stop and target and, at equal times, the intrabar rule. */
export function isStopFirst(stopTime: i32, targetTime: i32, rule: i32, room: f64, risk: f64): bool {
  if (stopTime != targetTime) return stopTime < targetTime;
  // A gap through both at one open is the stop's whatever the rule: only a touch inside the bar is ambiguous.
  if ((stopTime & 1) == 1) return true;
  if (rule == TARGET_FIRST) return false;
  if (rule == NEAREST_OPEN) return !(room < risk);
  return true;
}

/** Which stop of its item a level is, counted from the first. */
function placeOf(item: usize, level: i32): i32 {
  if ((load<u16>(item) as i32) == level) return 0;
  let place = 1;
  while ((load<u16>(item + ((place as usize) << 1), 2) as i32) != level) place++;
  return place;
}

/**
 * Everything about one exit combination over `count` opportunities, from records with details 3, one result column each:
 * bars held (i32), what ended it (u8), net return and exit price (f64), 1 if the bar of the exit could have gone the other way (u8), and the net
 * return had it (f64); of a partial exit the bars until its part left, 0 if it did not (i32), and what that made (f64).
 *
 * `stopItem` and `targetItem` as `packSides` has them, `share` what leaves by the partial exit. A bar could have gone the other way where stop and
 * target, or stop and a part that had not left, were touched inside it: then the other of the two ends the trade, or the part has left or not.
 */
export function describeOutcomes(
  records: usize,
  recordBytes: usize,
  levelCount: i32,
  count: i32,
  stopItem: usize,
  targetItem: usize,
  share: f64,
  holdingBars: i32,
  rule: i32,
  bars: usize,
  reasons: usize,
  returns: usize,
  prices: usize,
  ambiguous: usize,
  otherReturns: usize,
  partialBars: usize,
  partialReturns: usize,
): void {
  const timeBytes = (((levelCount as usize) << 2) + 7) & ~7;
  const columnBytes = (levelCount as usize) << 3;
  const partial = load<u16>(stopItem, 2) as i32;
  const target = load<u16>(targetItem) as i32;
  const holding = load<u16>(targetItem, 2) as i32;
  const exitSignal = load<u16>(targetItem, 4) as i32;
  for (let k = 0; k < count; k++) {
    const times = records + (k as usize) * recordBytes;
    const value = times + timeBytes;
    const bound = value + columnBytes;
    const rooms = bound + columnBytes;
    const price = rooms + columnBytes;

    let limit = load<i32>(times + ((holding as usize) << 2));
    let last = holding;
    let reason = ENDED_BY_TIME;
    // A path that the data cut short ends at its last close, which an exit signal may have meant.
    const isCut = (limit + 1) >> 1 < holdingBars;
    if (isCut) reason = ENDED_BY_DATA;
    if (exitSignal != NO_LEVEL) {
      const signalTime = load<i32>(times + ((exitSignal as usize) << 2));
      if (signalTime < limit || (isCut && signalTime == limit)) {
        limit = signalTime;
        last = exitSignal;
        reason = ENDED_BY_SIGNAL;
      }
    }
    const stop = stopLevelOf(times, bound, stopItem);
    const stopTime = load<i32>(times + ((stop as usize) << 2));
    const targetTime = load<i32>(times + ((target as usize) << 2));
    const first = min<i32>(stopTime, targetTime);
    const room = load<f64>(rooms + ((target as usize) << 3));
    const risk = load<f64>(bound + ((target as usize) << 3)) - load<f64>(bound + ((stop as usize) << 3));
    const isStop = isStopFirst(stopTime, targetTime, rule, room, risk);
    let taken = last;
    let held = (limit + 1) >> 1;
    if (first <= limit) {
      taken = isStop ? stop : target;
      reason = isStop ? ENDED_BY_STOP + placeOf(stopItem, stop) : ENDED_BY_TARGET;
      held = (first + 1) >> 1;
    }
    let part: f64 = 0;
    let partTime = NEVER;
    let hasLeft = false;
    if (partial != NO_LEVEL) {
      partTime = load<i32>(times + ((partial as usize) << 2));
      part = load<f64>(value + ((partial as usize) << 3));
      hasLeft =
        partTime <= limit &&
        isPartialFirst(times, bound, rooms, partial, stop, rule) &&
        (partTime < targetTime || (partTime == targetTime && load<f64>(rooms + ((partial as usize) << 3)) < room));
    }
    // Inside one bar: the stop and the target, or the stop and the part.
    const isInside = first <= limit && stopTime == first && (stopTime & 1) == 0;
    const isEither = isInside && stopTime == targetTime;
    const isPartInside = isInside && partTime == stopTime;
    const other = isEither ? (isStop ? target : stop) : taken;
    // A part that left in an earlier half bar has left either way; one of this bar before a target goes with it, else the other way.
    let hasLeftOther = hasLeft;
    if (isPartInside)
      hasLeftOther = isEither ? isStop && load<f64>(rooms + ((partial as usize) << 3)) < room : !hasLeft;
    const isAmbiguous = isEither || isPartInside;
    const net = load<f64>(value + ((taken as usize) << 3));
    const otherNet = load<f64>(value + ((other as usize) << 3));
    store<i32>(bars + ((k as usize) << 2), held);
    store<u8>(reasons + (k as usize), reason as u8);
    store<f64>(returns + ((k as usize) << 3), hasLeft ? share * part + (1.0 - share) * net : net);
    store<f64>(prices + ((k as usize) << 3), load<f64>(price + ((taken as usize) << 3)));
    store<u8>(ambiguous + (k as usize), isAmbiguous ? 1 : 0);
    store<f64>(otherReturns + ((k as usize) << 3), hasLeftOther ? share * part + (1.0 - share) * otherNet : otherNet);
    store<i32>(partialBars + ((k as usize) << 2), hasLeft ? (partTime + 1) >> 1 : 0);
    store<f64>(partialReturns + ((k as usize) << 3), hasLeft ? part : 0.0);
  }
}

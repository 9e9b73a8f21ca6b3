import {
  ENDED_BY_DATA,
  ENDED_BY_SIGNAL,
  ENDED_BY_STOP,
  ENDED_BY_TARGET,
  ENDED_BY_TIME,
  NEAREST_OPEN,
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

let recordTimes: usize;
let recordReturns: usize;
let recordBounds: usize;
let recordRooms: usize;
let recordPrices: usize;

// The exit that is described.
let stopItemAt: usize;
let targetLevel: i32;
let holdingLevel: i32;
let signalLevel: i32;
let partialLevel: i32;
let partialShare: f64;
let barsHeldAtMost: i32;
let intrabarRule: i32;

/** The level that ends the trade of the record at hand if no stop or target does, and why. */
let limitLevel: i32;
let limitReason: i32;

function beginRecord(record: usize, levelCount: i32): void {
  const columnBytes = (levelCount as usize) << 3;
  recordTimes = record;
  recordReturns = recordTimes + ((((levelCount as usize) << 2) + 7) & ~7);
  recordBounds = recordReturns + columnBytes;
  recordRooms = recordBounds + columnBytes;
  recordPrices = recordRooms + columnBytes;
}

function timeOf(level: i32): i32 {
  return load<i32>(recordTimes + ((level as usize) << 2));
}

function valueAt(column: usize, level: i32): f64 {
  return load<f64>(column + ((level as usize) << 3));
}

function findLimit(): void {
  const holdingTime = timeOf(holdingLevel);
  // A path that the data cut short ends at its last close, which an exit signal may have meant.
  const isCut = (holdingTime + 1) >> 1 < barsHeldAtMost;
  limitLevel = holdingLevel;
  limitReason = isCut ? ENDED_BY_DATA : ENDED_BY_TIME;
  if (signalLevel == NO_LEVEL) return;
  const signalTime = timeOf(signalLevel);
  if (signalTime > holdingTime || (signalTime == holdingTime && !isCut)) return;
  limitLevel = signalLevel;
  limitReason = ENDED_BY_SIGNAL;
}

/** Whether the part of a partial exit is met before the target, given the times of both. */
function isPartBeforeTarget(partTime: i32, targetTime: i32): bool {
  if (partTime != targetTime) return partTime < targetTime;
  return valueAt(recordRooms, partialLevel) < valueAt(recordRooms, targetLevel);
}

/** Whether the part of a partial exit leaves before the rest does. */
function hasPartLeft(stop: i32, targetTime: i32): bool {
  if (partialLevel == NO_LEVEL) return false;
  const partTime = timeOf(partialLevel);
  if (partTime > timeOf(limitLevel) || !isPartBeforeTarget(partTime, targetTime)) return false;
  return isPartialFirst(recordTimes, recordBounds, recordRooms, partialLevel, stop, intrabarRule);
}

/** Net return of leaving by `level`, a part of it by the partial exit where that has left. */
function blendedReturn(level: i32, hasLeft: bool): f64 {
  const net = valueAt(recordReturns, level);
  return hasLeft ? partialShare * valueAt(recordReturns, partialLevel) + (1.0 - partialShare) * net : net;
}

// How that trade ends, and how it would if the bar of its exit went the other way.
let endLevel: i32;
let endTime: i32;
let endReason: i32;
let hasLeft: bool;
let isAmbiguous: bool;
let otherLevel: i32;
let hasLeftOther: bool;

function endTrade(): void {
  const stop = stopLevelOf(recordTimes, recordBounds, stopItemAt);
  const stopTime = timeOf(stop);
  const targetTime = timeOf(targetLevel);
  const first = min<i32>(stopTime, targetTime);
  const room = valueAt(recordRooms, targetLevel);
  const risk = valueAt(recordBounds, targetLevel) - valueAt(recordBounds, stop);
  const isStop = isStopFirst(stopTime, targetTime, intrabarRule, room, risk);
  const isInTime = first <= timeOf(limitLevel);
  endLevel = limitLevel;
  endReason = limitReason;
  if (isInTime) {
    endLevel = isStop ? stop : targetLevel;
    endReason = isStop ? ENDED_BY_STOP + placeOf(stopItemAt, stop) : ENDED_BY_TARGET;
  }
  endTime = timeOf(endLevel);
  hasLeft = hasPartLeft(stop, targetTime);
  // Inside one bar: the stop and the target, or the stop and the part.
  const isInside = isInTime && stopTime == first && (stopTime & 1) == 0;
  const isEither = isInside && stopTime == targetTime;
  const isPartInside = isInside && partialLevel != NO_LEVEL && timeOf(partialLevel) == stopTime;
  isAmbiguous = isEither || isPartInside;
  otherLevel = isEither ? (isStop ? targetLevel : stop) : endLevel;
  // A part that left in an earlier half bar has left either way; one of this bar before a target goes with it, else the other way.
  hasLeftOther = hasLeft;
  if (isPartInside) hasLeftOther = isEither ? isStop && isPartBeforeTarget(stopTime, targetTime) : !hasLeft;
}

/**
 * Everything about one exit combination over `count` opportunities, from records with details 3, one result column each:
 * when it ends in half bars (i32), what ended it (u8), net return and exit price (f64), 1 if the bar of the exit could have gone the other way (u8), and the net
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
  times: usize,
  reasons: usize,
  returns: usize,
  prices: usize,
  ambiguous: usize,
  otherReturns: usize,
  partialBars: usize,
  partialReturns: usize,
): void {
  stopItemAt = stopItem;
  targetLevel = load<u16>(targetItem) as i32;
  holdingLevel = load<u16>(targetItem, 2) as i32;
  signalLevel = load<u16>(targetItem, 4) as i32;
  partialLevel = load<u16>(stopItem, 2) as i32;
  partialShare = share;
  barsHeldAtMost = holdingBars;
  intrabarRule = rule;
  for (let k = 0; k < count; k++) {
    beginRecord(records + (k as usize) * recordBytes, levelCount);
    findLimit();
    endTrade();
    store<i32>(times + ((k as usize) << 2), endTime);
    store<u8>(reasons + (k as usize), endReason as u8);
    store<f64>(returns + ((k as usize) << 3), blendedReturn(endLevel, hasLeft));
    store<f64>(prices + ((k as usize) << 3), valueAt(recordPrices, endLevel));
    store<u8>(ambiguous + (k as usize), isAmbiguous ? 1 : 0);
    store<f64>(otherReturns + ((k as usize) << 3), blendedReturn(otherLevel, hasLeftOther));
    store<i32>(partialBars + ((k as usize) << 2), hasLeft ? (timeOf(partialLevel) + 1) >> 1 : 0);
    store<f64>(partialReturns + ((k as usize) << 3), hasLeft ? valueAt(recordReturns, partialLevel) : 0.0);
  }
}

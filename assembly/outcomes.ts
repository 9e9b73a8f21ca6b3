import {
  END_OF_DATA,
  NEAREST_OPEN,
  NEVER,
  NO_TRAILING,
  STOP_LOSS,
  TAKE_PROFIT,
  TARGET_FIRST,
  TIMEOUT,
  TRAILING_STOP,
} from "../src/core/abi";

/** Whether the stop is what ends the trade, given the half-bar times of stop and target and, at equal times, the intrabar rule. */
export function isStopFirst(stopTime: i32, targetTime: i32, rule: i32, room: f64, risk: f64): bool {
  if (stopTime != targetTime) return stopTime < targetTime;
  // A gap through both at one open is the stop's whatever the rule: only a touch inside the bar is ambiguous.
  if ((stopTime & 1) == 1) return true;
  if (rule == TARGET_FIRST) return false;
  if (rule == NEAREST_OPEN) return !(room < risk);
  return true;
}

/**
 * Everything about one exit combination over `count` opportunities, from records with details 3, one result column each:
 * bars held (i32), reason (u8), net return and exit price (f64), 1 if stop and target were touched inside the exit bar (u8),
 * and the net return had the other of the two been taken (f64).
 */
export function describeOutcomes(
  records: usize,
  recordBytes: usize,
  levelCount: i32,
  levels: usize,
  atrs: usize,
  count: i32,
  target: i32,
  stop: i32,
  trailing: i32,
  holding: i32,
  holdingBars: i32,
  rule: i32,
  bars: usize,
  reasons: usize,
  returns: usize,
  prices: usize,
  ambiguous: usize,
  otherReturns: usize,
): void {
  const timeBytes = (((levelCount as usize) << 2) + 7) & ~7;
  const columnBytes = (levelCount as usize) << 3;
  for (let k = 0; k < count; k++) {
    const times = records + (k as usize) * recordBytes;
    const value = times + timeBytes;
    const bound = value + columnBytes;
    const price = bound + columnBytes;
    const limit = load<i32>(times + ((holding as usize) << 2));

    let stopLevel = stop;
    let stopTime = load<i32>(times + ((stop as usize) << 2));
    if (trailing != NO_TRAILING) {
      const trailingTime = load<i32>(times + ((trailing as usize) << 2));
      const isHigher = load<f64>(bound + ((trailing as usize) << 3)) > load<f64>(bound + ((stop as usize) << 3));
      if (trailingTime < stopTime || (trailingTime == stopTime && trailingTime != NEVER && isHigher)) {
        stopTime = trailingTime;
        stopLevel = trailing;
      }
    }
    const targetTime = load<i32>(times + ((target as usize) << 2));
    const first = stopTime < targetTime ? stopTime : targetTime;

    let taken = holding;
    let other = holding;
    let reason = TIMEOUT;
    let held = (limit + 1) >> 1;
    let isAmbiguous = false;
    if (first > limit) {
      if (held < holdingBars) reason = END_OF_DATA;
    } else {
      const openExcursion = load<f64>(bound + ((target as usize) << 3));
      const room = load<f64>(levels + ((target as usize) << 3)) * load<f64>(atrs + ((k as usize) << 3)) - openExcursion;
      const risk = openExcursion - load<f64>(bound + ((stopLevel as usize) << 3));
      isAmbiguous = stopTime == targetTime && (stopTime & 1) == 0;
      const isStop = isStopFirst(stopTime, targetTime, rule, room, risk);
      taken = isStop ? stopLevel : target;
      other = isAmbiguous ? (isStop ? target : stopLevel) : taken;
      reason = isStop ? (stopLevel == stop ? STOP_LOSS : TRAILING_STOP) : TAKE_PROFIT;
      held = (first + 1) >> 1;
    }
    const net = load<f64>(value + ((taken as usize) << 3));
    store<i32>(bars + ((k as usize) << 2), held);
    store<u8>(reasons + (k as usize), reason as u8);
    store<f64>(returns + ((k as usize) << 3), net);
    store<f64>(prices + ((k as usize) << 3), load<f64>(price + ((taken as usize) << 3)));
    store<u8>(ambiguous + (k as usize), isAmbiguous ? 1 : 0);
    store<f64>(otherReturns + ((k as usize) << 3), isAmbiguous ? load<f64>(value + ((other as usize) << 3)) : net);
  }
}

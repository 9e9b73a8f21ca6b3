import { LOCK_BYTES, NEVER } from "../src/core/abi";
import { barsAfter, divisorOf, netReturn, scaleOf, touch } from "./passages";

/** f64 fields of a locked stop. */
const UNIT: usize = 8;
const OFFSET: usize = 16;
const ACTIVATION: usize = 24;
const LEVEL: usize = 32;

/** Highest level of the untouched locks that the peak has activated; minus infinity if there is none. */
function highestActive(locks: usize, lockCount: i32, times: usize, firstLevel: i32, peak: f64): f64 {
  let highest: f64 = -Infinity;
  for (let v = 0; v < lockCount; v++) {
    if (load<i32>(times + (((firstLevel + v) as usize) << 2)) != NEVER) continue;
    const lock = locks + (v as usize) * LOCK_BYTES;
    if (peak >= load<f64>(lock, ACTIVATION)) highest = max<f64>(highest, load<f64>(lock, LEVEL));
  }
  return highest;
}

/** Lowest activation above the peak; infinite if there is none. */
function nextActivation(locks: usize, lockCount: i32, peak: f64): f64 {
  let next: f64 = Infinity;
  for (let v = 0; v < lockCount; v++) {
    const activation = load<f64>(locks + (v as usize) * LOCK_BYTES, ACTIVATION);
    if (activation > peak) next = min<f64>(next, activation);
  }
  return next;
}

/**
 * First passages of locked stops, as levels `firstLevel` on of records that `passages` has begun: arguments as there. Once the peak of the bars
 * before has reached its activation, a locked stop stands at its offset from the entry, for good: break-even is one.
 *
 *   locks   f64 activation, its unit, offset in percent of entry, -, - [lockCount]
 *
 * The walk ends at the widest stop's passage, `lastStop` of the record.
 */
export function lockPassages(
  open: usize,
  high: usize,
  low: usize,
  slots: usize,
  count: i32,
  bars: usize,
  entries: usize,
  atrs: usize,
  directions: usize,
  reach: usize,
  locks: usize,
  lockCount: i32,
  firstLevel: i32,
  lastStop: i32,
  levelCount: i32,
  cost: f64,
  fundingPer8h: f64,
  barsPer8h: f64,
  details: i32,
  records: usize,
  recordBytes: usize,
): void {
  const timeBytes = (((levelCount as usize) << 2) + 7) & ~7;
  const columnBytes = (levelCount as usize) << 3;
  for (let k = 0; k < count; k++) {
    const entry = load<f64>(entries + ((k as usize) << 3));
    const atr = load<f64>(atrs + ((k as usize) << 3));
    const isLong = load<i8>(directions + (k as usize)) > 0;
    const direction: f64 = isLong ? 1.0 : -1.0;
    const limit = load<i32>(reach + ((k as usize) << 2));
    const signal = load<i32>(bars + ((k as usize) << 2));
    const path = slots == 0 ? (0 as usize) : slots + ((signal as usize) << 2);
    const favourableSide = isLong ? high : low;
    const adverseSide = isLong ? low : high;
    const times = records + (k as usize) * recordBytes;
    const stopTime = load<i32>(times + ((lastStop as usize) << 2));
    for (let v = 0; v < lockCount; v++) {
      const lock = locks + (v as usize) * LOCK_BYTES;
      const unit = load<f64>(lock, UNIT) as i32;
      store<f64>(lock, (load<f64>(lock) * scaleOf(unit, atr, entry)) / divisorOf(unit), ACTIVATION);
      store<f64>(lock, (load<f64>(lock, OFFSET) * entry) / 100.0, LEVEL);
    }
    let peak: f64 = 0;
    let highest = highestActive(locks, lockCount, times, firstLevel, peak);
    let next = nextActivation(locks, lockCount, peak);
    for (let i = 1; i <= limit; i++) {
      const at = ((signal + i) as usize) << 3;
      const adverse = direction * (load<f64>(adverseSide + at) - entry);
      if (adverse <= highest) {
        const held = barsAfter(path, i);
        if (2 * held - 1 > stopTime) break;
        const openPrice = load<f64>(open + at);
        const openExcursion = direction * (openPrice - entry);
        for (let v = 0; v < lockCount; v++) {
          const j = firstLevel + v;
          if (load<i32>(times + ((j as usize) << 2)) != NEVER) continue;
          const lock = locks + (v as usize) * LOCK_BYTES;
          const level = load<f64>(lock, LEVEL);
          if (peak < load<f64>(lock, ACTIVATION) || adverse > level) continue;
          const isGap = openExcursion <= level;
          const price = isGap ? openPrice : entry + direction * level;
          const time = isGap ? 2 * held - 1 : 2 * held;
          const value = netReturn(direction, entry, price, held, cost, fundingPer8h, barsPer8h);
          touch(times, columnBytes, timeBytes, j, time, value, level, 0, price, details);
        }
        highest = highestActive(locks, lockCount, times, firstLevel, peak);
        if (highest == -Infinity && next == Infinity) break;
      }
      const favourable = direction * (load<f64>(favourableSide + at) - entry);
      if (favourable > peak) {
        peak = favourable;
        if (peak < next) continue;
        highest = highestActive(locks, lockCount, times, firstLevel, peak);
        next = nextActivation(locks, lockCount, peak);
      }
    }
  }
}

import { NEVER, STEP_BYTES, STEP_ENTRY_BYTES } from "../src/core/abi";
import { barsAfter, divisorOf, netReturn, scaleOf, touch } from "./passages";

// A level that steps in time takes what its steps say: the last one that counts from this bar on or an earlier one. A return-on-investment
// table is one, and so is the level of a partial exit, with a single step.

/** f64 fields of a level that steps. */
const COUNT: usize = 8;
const UNIT: usize = 16;
const NEXT: usize = 24;
const LEVEL: usize = 32;

/** Bars at which the next of the untouched levels steps; brings those that step at `held` bars to their new value. */
function stepOn(steps: usize, stepCount: i32, times: usize, firstLevel: i32, held: i32, atr: f64, entry: f64): i32 {
  let change: f64 = NEVER as f64;
  for (let v = 0; v < stepCount; v++) {
    if (load<i32>(times + (((firstLevel + v) as usize) << 2)) != NEVER) continue;
    const step = steps + (v as usize) * STEP_BYTES;
    const entries = steps + (load<f64>(step) as usize) * STEP_ENTRY_BYTES;
    const count = load<f64>(step, COUNT) as i32;
    const unit = load<f64>(step, UNIT) as i32;
    let next = load<f64>(step, NEXT) as i32;
    for (; next < count; next++) {
      const at = entries + (next as usize) * STEP_ENTRY_BYTES;
      if (load<f64>(at) > (held as f64)) {
        change = min<f64>(change, load<f64>(at));
        break;
      }
      store<f64>(step, (load<f64>(at, 8) * scaleOf(unit, atr, entry)) / divisorOf(unit), LEVEL);
    }
    store<f64>(step, next as f64, NEXT);
  }
  return change as i32;
}

/** Lowest of the untouched levels; infinite if there is none. */
function lowestLevel(steps: usize, stepCount: i32, times: usize, firstLevel: i32): f64 {
  let lowest: f64 = Infinity;
  for (let v = 0; v < stepCount; v++)
    if (load<i32>(times + (((firstLevel + v) as usize) << 2)) == NEVER)
      lowest = min<f64>(lowest, load<f64>(steps + (v as usize) * STEP_BYTES, LEVEL));
  return lowest;
}

/**
 * First passages of levels that step, as levels `firstLevel` on of records that `passages` has begun: arguments as there. Touched as a
 * target is: a level that steps below the open is left at the open, and so is one of -Infinity, whatever was made.
 *
 *   steps   | f64 first step, steps, unit, -, - [stepCount] | f64 bars, value [all steps] |
 *
 * The first step is counted in entries of 16 bytes from `steps` on. A level is infinite before its first step. The walk ends at the widest
 * stop's passage, `lastStop` of the record, or where every level was touched.
 */
export function stepPassages(
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
  steps: usize,
  stepCount: i32,
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
    const times = records + (k as usize) * recordBytes;
    const stopTime = load<i32>(times + ((lastStop as usize) << 2));
    for (let v = 0; v < stepCount; v++) {
      const step = steps + (v as usize) * STEP_BYTES;
      store<f64>(step, 0, NEXT);
      store<f64>(step, Infinity, LEVEL);
    }
    let untouched = stepCount;
    let change = 0;
    let lowest: f64 = Infinity;
    for (let i = 1; i <= limit; i++) {
      const held = barsAfter(path, i);
      if (2 * held - 1 > stopTime) break;
      if (held >= change) {
        change = stepOn(steps, stepCount, times, firstLevel, held, atr, entry);
        lowest = lowestLevel(steps, stepCount, times, firstLevel);
      }
      const at = ((signal + i) as usize) << 3;
      const favourable = direction * (load<f64>(favourableSide + at) - entry);
      if (favourable < lowest) continue;
      const openPrice = load<f64>(open + at);
      const openExcursion = direction * (openPrice - entry);
      for (let v = 0; v < stepCount; v++) {
        const j = firstLevel + v;
        if (load<i32>(times + ((j as usize) << 2)) != NEVER) continue;
        const level = load<f64>(steps + (v as usize) * STEP_BYTES, LEVEL);
        if (favourable < level) continue;
        const isGap = openExcursion >= level;
        const price = isGap ? openPrice : entry + direction * level;
        const time = isGap ? 2 * held - 1 : 2 * held;
        const value = netReturn(direction, entry, price, held, cost, fundingPer8h, barsPer8h);
        touch(times, columnBytes, timeBytes, j, time, value, openExcursion, level - openExcursion, price, details);
        untouched--;
      }
      if (untouched == 0) break;
      lowest = lowestLevel(steps, stepCount, times, firstLevel);
    }
  }
}

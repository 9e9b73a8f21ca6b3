import { LOCK_BYTES } from "../src/core/abi";
import {
  adverseSide,
  barsAfter,
  beginWalk,
  direction,
  distanceOf,
  enterCandle,
  entry,
  favourableSide,
  isUntouched,
  limit,
  setCandles,
  setCosts,
  setOpportunities,
  setRecords,
  signal,
  times,
  touchStop,
} from "./walk";

/** f64 fields of a locked stop. */
const UNIT: usize = 8;
const OFFSET: usize = 16;
const ACTIVATION: usize = 24;
const LEVEL: usize = 32;

let firstLock: usize;
let lockEnd: usize;
let firstLevelOfLocks: i32;

/** Brings activations and levels to the prices of the opportunity at hand. */
function beginLocks(): void {
  for (let lock = firstLock; lock < lockEnd; lock += LOCK_BYTES) {
    store<f64>(lock, distanceOf(load<f64>(lock), load<f64>(lock, UNIT) as i32), ACTIVATION);
    store<f64>(lock, (load<f64>(lock, OFFSET) * entry) / 100.0, LEVEL);
  }
}

/** Highest level of the untouched locks that the peak has activated; minus infinity if there is none. */
function highestActive(peak: f64): f64 {
  let highest: f64 = -Infinity;
  let j = firstLevelOfLocks;
  for (let lock = firstLock; lock < lockEnd; lock += LOCK_BYTES, j++)
    if (isUntouched(j) && peak >= load<f64>(lock, ACTIVATION)) highest = max<f64>(highest, load<f64>(lock, LEVEL));
  return highest;
}

/** Lowest activation above the peak; infinite if there is none. */
function nextActivation(peak: f64): f64 {
  let next: f64 = Infinity;
  for (let lock = firstLock; lock < lockEnd; lock += LOCK_BYTES) {
    const activation = load<f64>(lock, ACTIVATION);
    if (activation > peak) next = min<f64>(next, activation);
  }
  return next;
}

function touchLocks(adverse: f64, peak: f64): void {
  let j = firstLevelOfLocks;
  for (let lock = firstLock; lock < lockEnd; lock += LOCK_BYTES, j++) {
    const level = load<f64>(lock, LEVEL);
    if (isUntouched(j) && peak >= load<f64>(lock, ACTIVATION) && adverse <= level) touchStop(j, level);
  }
}

/** Walks the opportunity at hand up to the half bar `stopTime`. */
function walkLocks(stopTime: i32): void {
  let peak: f64 = 0;
  let highest = highestActive(peak);
  let next = nextActivation(peak);
  for (let i = 1; i <= limit; i++) {
    const at = ((signal + i) as usize) << 3;
    const adverse = direction * (load<f64>(adverseSide + at) - entry);
    if (adverse <= highest) {
      if (2 * barsAfter(i) - 1 > stopTime) return;
      enterCandle(i);
      touchLocks(adverse, peak);
      highest = highestActive(peak);
      if (highest == -Infinity && next == Infinity) return;
    }
    const favourable = direction * (load<f64>(favourableSide + at) - entry);
    if (favourable > peak) {
      peak = favourable;
      if (peak < next) continue;
      highest = highestActive(peak);
      next = nextActivation(peak);
    }
  }
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
  funding: usize,
  details: i32,
  records: usize,
  recordBytes: usize,
): void {
  setCandles(open, high, low, 0, slots);
  setOpportunities(bars, entries, atrs, directions, reach);
  setCosts(cost, fundingPer8h, barsPer8h, funding);
  setRecords(records, recordBytes, levelCount, details);
  firstLock = locks;
  lockEnd = locks + (lockCount as usize) * LOCK_BYTES;
  firstLevelOfLocks = firstLevel;
  for (let k = 0; k < count; k++) {
    beginWalk(k);
    beginLocks();
    walkLocks(load<i32>(times + ((lastStop as usize) << 2)));
  }
}

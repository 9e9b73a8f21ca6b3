import { NEVER, STEP_BYTES, STEP_ENTRY_BYTES } from "../src/core/abi";
import {
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
  touchTarget,
} from "./walk";

// A level that steps in time takes what its steps say: the last one that counts from this bar on or an earlier one. A return-on-investment
// table is one, and so is the level of a partial exit, with a single step.

/** f64 fields of a level that steps. */
const COUNT: usize = 8;
const UNIT: usize = 16;
const NEXT: usize = 24;
const LEVEL: usize = 32;

let table: usize;
let tableEnd: usize;
let firstLevelOfSteps: i32;
let untouched: i32;

function beginSteps(): void {
  untouched = 0;
  for (let step = table; step < tableEnd; step += STEP_BYTES) {
    store<f64>(step, 0, NEXT);
    store<f64>(step, Infinity, LEVEL);
    untouched++;
  }
}

/** Brings a level to its value at `bars`; returns the bars at which it steps next, NEVER if it does not. */
function stepOne(step: usize, bars: i32): f64 {
  const entries = table + (load<f64>(step) as usize) * STEP_ENTRY_BYTES;
  const count = load<f64>(step, COUNT) as i32;
  const unit = load<f64>(step, UNIT) as i32;
  let next = load<f64>(step, NEXT) as i32;
  let at = entries + (next as usize) * STEP_ENTRY_BYTES;
  for (; next < count && load<f64>(at) <= (bars as f64); next++) {
    store<f64>(step, distanceOf(load<f64>(at, 8), unit), LEVEL);
    at += STEP_ENTRY_BYTES;
  }
  store<f64>(step, next as f64, NEXT);
  return next < count ? load<f64>(at) : (NEVER as f64);
}

/** Brings the untouched levels to their values at `bars`; returns the bars at which the next of them steps. */
function stepOn(bars: i32): i32 {
  let change: f64 = NEVER as f64;
  let j = firstLevelOfSteps;
  for (let step = table; step < tableEnd; step += STEP_BYTES, j++)
    if (isUntouched(j)) change = min<f64>(change, stepOne(step, bars));
  return change as i32;
}

/** Lowest of the untouched levels; infinite if there is none. */
function lowestLevel(): f64 {
  let lowest: f64 = Infinity;
  let j = firstLevelOfSteps;
  for (let step = table; step < tableEnd; step += STEP_BYTES, j++)
    if (isUntouched(j)) lowest = min<f64>(lowest, load<f64>(step, LEVEL));
  return lowest;
}

function touchSteps(favourable: f64): void {
  let j = firstLevelOfSteps;
  for (let step = table; step < tableEnd; step += STEP_BYTES, j++) {
    const level = load<f64>(step, LEVEL);
    if (!isUntouched(j) || favourable < level) continue;
    touchTarget(j, level);
    untouched--;
  }
}

/** Walks the opportunity at hand up to the half bar `stopTime`, or until every level was touched. */
function walkSteps(stopTime: i32): void {
  let change = 0;
  let lowest: f64 = Infinity;
  for (let i = 1; i <= limit; i++) {
    const bars = barsAfter(i);
    if (2 * bars - 1 > stopTime) return;
    if (bars >= change) {
      change = stepOn(bars);
      lowest = lowestLevel();
    }
    const favourable = direction * (load<f64>(favourableSide + (((signal + i) as usize) << 3)) - entry);
    if (favourable < lowest) continue;
    enterCandle(i);
    touchSteps(favourable);
    if (untouched == 0) return;
    lowest = lowestLevel();
  }
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
  funding: usize,
  details: i32,
  records: usize,
  recordBytes: usize,
): void {
  setCandles(open, high, low, 0, slots);
  setOpportunities(bars, entries, atrs, directions, reach);
  setCosts(cost, fundingPer8h, barsPer8h, funding);
  setRecords(records, recordBytes, levelCount, details);
  table = steps;
  tableEnd = steps + (stepCount as usize) * STEP_BYTES;
  firstLevelOfSteps = firstLevel;
  for (let k = 0; k < count; k++) {
    beginWalk(k);
    beginSteps();
    walkSteps(load<i32>(times + ((lastStop as usize) << 2)));
  }
}

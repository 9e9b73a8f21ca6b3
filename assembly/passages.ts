import { NEVER } from "../src/core/abi";
import {
  adverseSide,
  beginWalk,
  candleAt,
  direction,
  distanceOf,
  endAtCandle,
  endAtData,
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
  touchTarget,
} from "./walk";

let targets: usize;
let stops: usize;
let activations: usize;
let holdings: usize;
let distances: usize;
let targetEnd: i32;
let stopEnd: i32;
let trailingEnd: i32;
let holdingEnd: i32;
let unitOfTargets: i32;
let unitOfStops: i32;
let unitOfTrailing: i32;

// Of the walk: the next level of each kind in a record, and what touches it. A bar that stays within all of it changes nothing but the peak.
let nextTarget: i32;
let nextStop: i32;
let nextHolding: i32;
let targetLevel: f64;
let stopLevel: f64;
let holdingBars: i32;
/** The candle at which the next holding time ends; 0 if the data end first. */
let lastCandle: i32;
/** Least activation and least distance of the trailing variants not yet touched. */
let earliest: f64;
let narrowest: f64;

function setLevels(levels: usize, targetCount: i32, stopCount: i32, trailingCount: i32, holdingCount: i32): void {
  targetEnd = targetCount;
  stopEnd = targetEnd + stopCount;
  trailingEnd = stopEnd + trailingCount;
  holdingEnd = trailingEnd + holdingCount;
  targets = levels;
  stops = targets + ((targetCount as usize) << 3);
  activations = stops + ((stopCount as usize) << 3);
  holdings = activations + ((trailingCount as usize) << 3);
  distances = holdings + ((holdingCount as usize) << 3);
}

function valueAt(values: usize, place: i32): f64 {
  return load<f64>(values + ((place as usize) << 3));
}

/** Least of the trailing variants' values that belong to a level not yet touched; infinite if there is none. */
function leastUntouched(values: usize): f64 {
  let least: f64 = Infinity;
  for (let j = stopEnd; j < trailingEnd; j++) if (isUntouched(j)) least = min<f64>(least, valueAt(values, j - stopEnd));
  return distanceOf(least, unitOfTrailing);
}

// The level of the next target, and below of the next stop: out of reach where every one was touched, since the walk may go on for an exit
// that has no such target.
function aimAtTarget(): void {
  targetLevel = nextTarget < targetEnd ? distanceOf(valueAt(targets, nextTarget), unitOfTargets) : Infinity;
}

function aimAtStop(): void {
  stopLevel = nextStop < stopEnd ? -distanceOf(valueAt(stops, nextStop - targetEnd), unitOfStops) : -Infinity;
}

function aimAtTrail(): void {
  earliest = leastUntouched(activations);
  narrowest = leastUntouched(distances);
}

/** The next holding time, whose candle stands at place `from` or later. */
function aimAtHolding(from: i32): void {
  holdingBars = valueAt(holdings, nextHolding - trailingEnd) as i32;
  lastCandle = nextHolding < holdingEnd ? candleAt(holdingBars, from) : 0;
}

function beginLevels(levelCount: i32): void {
  for (let j = 0; j < levelCount; j++) store<i32>(times + ((j as usize) << 2), NEVER);
  nextTarget = 0;
  nextStop = targetEnd;
  nextHolding = trailingEnd;
  aimAtTarget();
  aimAtStop();
  aimAtTrail();
  aimAtHolding(1);
}

/** The level at which the nearest of the active trailing stops stands. */
function trailAt(peak: f64): f64 {
  return peak >= earliest ? peak - narrowest : -Infinity;
}

function touchTrails(adverse: f64, peak: f64): void {
  for (let j = stopEnd; j < trailingEnd; j++) {
    if (!isUntouched(j) || peak < distanceOf(valueAt(activations, j - stopEnd), unitOfTrailing)) continue;
    const level = peak - distanceOf(valueAt(distances, j - stopEnd), unitOfTrailing);
    if (adverse <= level) touchStop(j, level);
  }
  aimAtTrail();
}

/** Everything that candle `i` touches. */
function touchLevels(i: i32, favourable: f64, adverse: f64, peak: f64): void {
  enterCandle(i);
  // An open is within its bar: what lies beyond the open lies beyond the bar's extreme too.
  for (; adverse <= stopLevel; aimAtStop()) touchStop(nextStop++, stopLevel);
  for (; favourable >= targetLevel; aimAtTarget()) touchTarget(nextTarget++, targetLevel);
  if (adverse <= trailAt(peak)) touchTrails(adverse, peak);
  for (; lastCandle == i; aimAtHolding(i)) endAtCandle(nextHolding++, i, holdingBars);
}

/** Walks the opportunity at hand to where no later bar can change an outcome. */
function walkLevels(endsAtTargets: bool): void {
  const favourables = favourableSide;
  const adverses = adverseSide;
  const first = signal;
  const last = limit;
  const sign = direction;
  const price = entry;
  let peak: f64 = 0.0;
  let stop = stopLevel;
  let target = targetLevel;
  let trail = trailAt(peak);
  let end = lastCandle;
  for (let i = 1; i <= last; i++) {
    const at = ((first + i) as usize) << 3;
    const favourable = sign * (load<f64>(favourables + at) - price);
    const adverse = sign * (load<f64>(adverses + at) - price);
    if (!(adverse > stop && favourable < target && adverse > trail && i != end)) {
      touchLevels(i, favourable, adverse, peak);
      if (nextStop == stopEnd || (endsAtTargets && nextTarget == targetEnd)) {
        // What ends the trade has been met: of longer holding times only that they are longer counts.
        for (; nextHolding < holdingEnd; nextHolding++) {
          const longer = valueAt(holdings, nextHolding - trailingEnd) as i32;
          store<i32>(times + ((nextHolding as usize) << 2), 2 * longer);
        }
        return;
      }
      stop = stopLevel;
      target = targetLevel;
      trail = trailAt(peak);
      end = lastCandle;
    }
    if (favourable > peak) {
      peak = favourable;
      trail = trailAt(peak);
    }
  }
  for (; nextHolding < holdingEnd; nextHolding++) endAtData(nextHolding);
}

/**
 * First passages of `count` opportunities: for every level when it is first touched, and the return there. Record k is opportunity k's.
 *
 * Levels stand in this order: targets, stops (both ascending), trailing variants, holding times (ascending, in bars); `levels` f64 holds
 * their values so (a variant's activation), and the variants' distances behind them. Targets, stops and trailing variants each have a unit,
 * ATRs or percent of entry. Of the `levelCount` levels of a record these come first; other kernels fill the rest, which are NEVER here.
 * Time is in half bars after the signal bar: a gap fill at the open of bar i is 2i-1, a touch inside it 2i; NEVER where not touched.
 * A holding time of H bars ends at 2H, at the close; where its bar is missing, at 2i-1, the open of the next candle; where the data end
 * before it, at 2i, the last close, which is below 2H.
 * The walk ends as soon as no later bar can change an outcome: the widest stop was touched, or every target, where `endsAtTargets` says that
 * no exit has another.
 *
 *   record   | i32 time[levels], padded to 8 | f64 return[levels] | f64 bound[levels] | f64 room[levels] | f64 price[levels] |
 *   details    1: returns only   2: and bound (stop: its level; target: the bar's open excursion) and room (from there to the target)
 *              3: and exit price
 *
 * `open`..`close` hold candles, `funding` f64 for each of them the sum of the funding rates charged until its close (0: `fundingPer8h` counts),
 * `slots` i32 the bar each stands at (0: candle after candle, none is missing), `bars` i32[count] where in them each signal bar stands,
 * `reach` i32[count] the candles after it that the longest holding time reaches, as far as there are data.
 */
export function passages(
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  slots: usize,
  count: i32,
  bars: usize,
  entries: usize,
  atrs: usize,
  directions: usize,
  reach: usize,
  levels: usize,
  targetCount: i32,
  stopCount: i32,
  trailingCount: i32,
  holdingCount: i32,
  targetUnit: i32,
  stopUnit: i32,
  trailingUnit: i32,
  endsAtTargets: bool,
  levelCount: i32,
  cost: f64,
  fundingPer8h: f64,
  barsPer8h: f64,
  funding: usize,
  details: i32,
  records: usize,
  recordBytes: usize,
): void {
  setCandles(open, high, low, close, slots);
  setOpportunities(bars, entries, atrs, directions, reach);
  setCosts(cost, fundingPer8h, barsPer8h, funding);
  setRecords(records, recordBytes, levelCount, details);
  setLevels(levels, targetCount, stopCount, trailingCount, holdingCount);
  unitOfTargets = targetUnit;
  unitOfStops = stopUnit;
  unitOfTrailing = trailingUnit;
  for (let k = 0; k < count; k++) {
    beginWalk(k);
    beginLevels(levelCount);
    walkLevels(endsAtTargets);
  }
}

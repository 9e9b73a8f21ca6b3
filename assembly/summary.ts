import { NEVER } from "../src/core/abi";
import {
  beginOpportunity,
  direction,
  distanceOf,
  entry,
  note,
  payFunding,
  setCosts,
  setOpportunities,
  setRecords,
} from "./walk";

/** Stands in a target's bound so that NEAREST_OPEN takes the target (+) or the stop (-) whatever the levels. */
const DECISIVE: f64 = 1e300;

// All that is known of the bars after the entry of the opportunity at hand, and how many there are.
let high: f64;
let low: f64;
let barsKnown: i32;

/** When a price is touched that lies above the entry, or below it. */
function timeOf(price: f64, isAbove: bool): i32 {
  return (isAbove ? high >= price : low <= price) ? 2 * barsKnown : NEVER;
}

function noteTarget(j: i32, distance: f64): void {
  const up = (high - entry) / entry;
  const down = (entry - low) / entry;
  const isFirst = direction > 0 ? up > down : down > up;
  const bound = isFirst ? DECISIVE : -DECISIVE;
  const price = entry + direction * distance;
  note(j, timeOf(price, direction > 0), barsKnown, price, bound, distance - bound);
}

function noteStop(j: i32, distance: f64): void {
  const price = entry - direction * distance;
  note(j, timeOf(price, direction < 0), barsKnown, price, 0, distance);
}

/**
 * Records of the `summary` exit model, in the layout of `passages` with details 2 or 3: of the bars after entry only the highest high,
 * the lowest low and the last close are known. Every touched level carries the time of the last of those bars; where stop and target were both touched,
 * the larger excursion decides (favourable strictly larger: the target), told by the target's bound.
 *
 * `highs`, `lows`, `closes` f64[count]; `available` i32[count] the bars of data after each entry; `funding` f64[count] the
 * rates charged from the signal's close to that of the last bar known (0: `fundingPer8h` counts);
 * trailing levels are never touched, every holding time ends at the last close.
 */
export function summaryPassages(
  count: i32,
  entries: usize,
  atrs: usize,
  directions: usize,
  available: usize,
  highs: usize,
  lows: usize,
  closes: usize,
  levels: usize,
  targetCount: i32,
  stopCount: i32,
  trailingCount: i32,
  holdingCount: i32,
  targetUnit: i32,
  stopUnit: i32,
  bars: i32,
  cost: f64,
  fundingPer8h: f64,
  barsPer8h: f64,
  funding: usize,
  details: i32,
  records: usize,
  recordBytes: usize,
): void {
  const stopEnd = targetCount + stopCount;
  const trailingEnd = stopEnd + trailingCount;
  const levelCount = trailingEnd + holdingCount;
  setOpportunities(0, entries, atrs, directions, 0);
  setCosts(cost, fundingPer8h, barsPer8h, funding);
  setRecords(records, recordBytes, levelCount, details);
  for (let k = 0; k < count; k++) {
    beginOpportunity(k);
    if (funding != 0) payFunding(load<f64>(funding + ((k as usize) << 3)));
    barsKnown = min<i32>(load<i32>(available + ((k as usize) << 2)), bars);
    high = load<f64>(highs + ((k as usize) << 3));
    low = load<f64>(lows + ((k as usize) << 3));
    const close = load<f64>(closes + ((k as usize) << 3));
    for (let j = 0; j < levelCount; j++) {
      const value = load<f64>(levels + ((j as usize) << 3));
      if (j < targetCount) noteTarget(j, distanceOf(value, targetUnit));
      else if (j < stopEnd) noteStop(j, distanceOf(value, stopUnit));
      else note(j, j < trailingEnd ? NEVER : 2 * barsKnown, barsKnown, close, 0, 0);
    }
  }
}

import { NEVER, PERCENT } from "../src/core/abi";

// The opportunity that is walked, its candles and its record: what the kernels of passages share. These are globals, set once a kernel and once an
// opportunity, so that a walk is made of short functions; what a walk reads at every candle it keeps in locals.

let opens: usize;
let highs: usize;
let lows: usize;
let closes: usize;
let candleSlots: usize;

let signalBars: usize;
let entryPrices: usize;
let atrPrices: usize;
let directionSigns: usize;
let reaches: usize;

let roundTripCost: f64;
let fundingEach8h: f64;
let barsEach8h: f64;
let fundingSums: usize;
/** Funding that leaving at the candle entered last pays, a fraction of entry: read only where there are sums of it. */
let fundingPaid: f64;

let firstRecord: usize;
let bytesOfRecord: usize;
let timeBytes: usize;
let columnBytes: usize;
let detailsKept: i32;

/** Entry price of the opportunity, and 1 for a long one, -1 for a short one. */
export let entry: f64;
export let direction: f64;
/** Place of its signal candle, and how many candles after it are walked. */
export let signal: i32;
export let limit: i32;
/** Where its record begins: with the times of its levels. */
export let times: usize;
/** The columns of candles that hold its best and its worst prices. */
export let favourableSide: usize;
export let adverseSide: usize;

let atr: f64;
let path: usize;

/** Bars of time from the signal bar to the candle entered last. */
export let held: i32;
let openPrice: f64;
let openExcursion: f64;

/** f64 columns of candles, and i32 the bar each stands at (0: candle after candle, none is missing). */
export function setCandles(open: usize, high: usize, low: usize, close: usize, slots: usize): void {
  opens = open;
  highs = high;
  lows = low;
  closes = close;
  candleSlots = slots;
}

/** Columns of opportunities: i32 place of the signal candle, f64 entry, f64 ATR (0: no level is in ATRs), i8 direction, i32 candles walked. */
export function setOpportunities(bars: usize, entries: usize, atrs: usize, directions: usize, reach: usize): void {
  signalBars = bars;
  entryPrices = entries;
  atrPrices = atrs;
  directionSigns = directions;
  reaches = reach;
}

/** `funding` f64, in place of `fundingPer8h`: for each candle the sum of the rates charged until its close (0: the constant counts). */
export function setCosts(cost: f64, fundingPer8h: f64, barsPer8h: f64, funding: usize): void {
  roundTripCost = cost;
  fundingEach8h = fundingPer8h;
  barsEach8h = barsPer8h;
  fundingSums = funding;
}

/** Records of `levelCount` levels each, as `passages` describes them. */
export function setRecords(records: usize, recordBytes: usize, levelCount: i32, details: i32): void {
  firstRecord = records;
  bytesOfRecord = recordBytes;
  timeBytes = (((levelCount as usize) << 2) + 7) & ~7;
  columnBytes = (levelCount as usize) << 3;
  detailsKept = details;
}

/** Turns to opportunity `k`: its prices and its record. */
export function beginOpportunity(k: i32): void {
  entry = load<f64>(entryPrices + ((k as usize) << 3));
  atr = atrPrices == 0 ? 0.0 : load<f64>(atrPrices + ((k as usize) << 3));
  direction = load<i8>(directionSigns + (k as usize)) > 0 ? 1.0 : -1.0;
  times = firstRecord + (k as usize) * bytesOfRecord;
}

/** Turns to opportunity `k` and its candles. */
export function beginWalk(k: i32): void {
  beginOpportunity(k);
  signal = load<i32>(signalBars + ((k as usize) << 2));
  limit = load<i32>(reaches + ((k as usize) << 2));
  path = candleSlots == 0 ? (0 as usize) : candleSlots + ((signal as usize) << 2);
  const isLong = direction > 0;
  favourableSide = isLong ? highs : lows;
  adverseSide = isLong ? lows : highs;
}

/** Bars after the signal bar at which the candle `index` places after it stands: as many, unless candles are missing between them. */
export function barsAfter(index: i32): i32 {
  return path == 0 ? index : load<i32>(path + ((index as usize) << 2)) - load<i32>(path);
}

/** The first candle from place `from` on that stands `bars` bars after the signal bar or later; 0 if there is none to the walk's limit. */
export function candleAt(bars: i32, from: i32): i32 {
  if (path == 0) return bars > limit ? 0 : bars;
  let index = from;
  while (index <= limit && barsAfter(index) < bars) index++;
  return index > limit ? 0 : index;
}

/** Leaving comes to pay `rates`, what longs were charged since the signal's close. */
export function payFunding(rates: f64): void {
  fundingPaid = direction * rates;
}

function payUntil(index: i32): void {
  if (fundingSums == 0) return;
  const at = fundingSums + ((signal as usize) << 3);
  payFunding(load<f64>(at + ((index as usize) << 3)) - load<f64>(at));
}

/** Turns to the candle `index` places after the signal's. */
export function enterCandle(index: i32): void {
  held = barsAfter(index);
  payUntil(index);
  openPrice = load<f64>(opens + (((signal + index) as usize) << 3));
  openExcursion = direction * (openPrice - entry);
}

/** A level's distance from the entry, in price: of a value in ATRs or in percent of entry. */
export function distanceOf(value: f64, unit: i32): f64 {
  return unit == PERCENT ? (value * entry) / 100.0 : value * atr;
}

export function isUntouched(j: i32): bool {
  return load<i32>(times + ((j as usize) << 2)) == NEVER;
}

/** Net return of leaving at `price` after `bars`, a fraction of entry; the expression is the rule, term by term. */
function netReturn(price: f64, bars: i32): f64 {
  // Without funding its term is a zero, and a zero added changes nothing.
  let costs = roundTripCost;
  if (fundingSums != 0) costs += fundingPaid;
  else if (fundingEach8h != 0) costs += direction * fundingEach8h * ((bars as f64) / barsEach8h);
  return (direction * (price - entry)) / entry - costs;
}

/** Notes leaving by level `j`, in the opportunity's record; `time` in half bars. */
export function note(j: i32, time: i32, bars: i32, price: f64, bound: f64, room: f64): void {
  store<i32>(times + ((j as usize) << 2), time);
  const cell = times + timeBytes + ((j as usize) << 3);
  store<f64>(cell, netReturn(price, bars));
  if (detailsKept > 1) {
    store<f64>(cell + columnBytes, bound);
    store<f64>(cell + 2 * columnBytes, room);
  }
  if (detailsKept > 2) store<f64>(cell + 3 * columnBytes, price);
}

/** The candle at hand touches level `j`, a stop `level` above the entry: at its open if that is beyond it. */
export function touchStop(j: i32, level: f64): void {
  const isGap = openExcursion <= level;
  const price = isGap ? openPrice : entry + direction * level;
  note(j, isGap ? 2 * held - 1 : 2 * held, held, price, level, 0);
}

/** The same of a target. */
export function touchTarget(j: i32, level: f64): void {
  const isGap = openExcursion >= level;
  const price = isGap ? openPrice : entry + direction * level;
  note(j, isGap ? 2 * held - 1 : 2 * held, held, price, openExcursion, level - openExcursion);
}

/** The candle `index` ends level `j`, meant to end after `bars`: at its close, or at its open where the candle meant is missing. */
export function endAtCandle(j: i32, index: i32, bars: i32): void {
  const after = barsAfter(index);
  const isInHole = after > bars;
  payUntil(index);
  const price = load<f64>((isInHole ? opens : closes) + (((signal + index) as usize) << 3));
  note(j, isInHole ? 2 * after - 1 : 2 * after, after, price, 0, 0);
}

/** The data end before level `j` does: at their last close. */
export function endAtData(j: i32): void {
  endAtCandle(j, limit, i32.MAX_VALUE);
}

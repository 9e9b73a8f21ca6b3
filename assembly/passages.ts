import { NEVER, RECORD_HEADER_BYTES } from "../src/core/abi";

/** Net return of leaving at `price` after `bars`, a fraction of entry; the expression is the rule, term by term. */
export function netReturn(
  direction: f64,
  entry: f64,
  price: f64,
  bars: i32,
  cost: f64,
  fundingPer8h: f64,
  barsPer8h: f64,
): f64 {
  return (direction * (price - entry)) / entry - (cost + direction * fundingPer8h * ((bars as f64) / barsPer8h));
}

/** Notes the first touch of level `j` in a record whose times begin at `times`. */
function touch(
  times: usize,
  columnBytes: usize,
  timeBytes: usize,
  j: i32,
  time: i32,
  value: f64,
  bound: f64,
  price: f64,
  details: i32,
): void {
  store<i32>(times + ((j as usize) << 2), time);
  const cell = times + timeBytes + ((j as usize) << 3);
  store<f64>(cell, value);
  if (details > 1) store<f64>(cell + columnBytes, bound);
  if (details > 2) store<f64>(cell + 2 * columnBytes, price);
}

/**
 * First passages of `count` opportunities: for every level when it is first touched, and the return there. Record k is opportunity k's.
 *
 * Levels stand in this order: targets, stops (both ascending in ATRs), trailing variants, holding times (ascending, in bars); `levels`
 * f64 holds their values so (a variant's activation), and the variants' distances behind them.
 * Time is in half bars after the signal bar: a gap fill at the open of bar i is 2i-1, a touch inside it 2i; NEVER where not touched.
 * The walk ends as soon as no later bar can change an outcome: the widest stop or every target was touched.
 *
 *   record   | i32 available | i32 - | i32 time[levels], padded to 8 | f64 return[levels] | f64 bound[levels] | f64 price[levels] |
 *   details    1: returns only   2: and bound (stop: its level; target: the bar's open excursion)   3: and exit price
 *
 * `open`..`close` hold candles, `bars` i32[count] where in them each signal bar stands, `available` i32[count] the bars of data after it.
 */
export function passages(
  open: usize,
  high: usize,
  low: usize,
  close: usize,
  count: i32,
  bars: usize,
  entries: usize,
  atrs: usize,
  directions: usize,
  available: usize,
  levels: usize,
  targetCount: i32,
  stopCount: i32,
  trailingCount: i32,
  holdingCount: i32,
  cost: f64,
  fundingPer8h: f64,
  barsPer8h: f64,
  details: i32,
  records: usize,
  recordBytes: usize,
): void {
  const firstHolding = targetCount + stopCount + trailingCount;
  const levelCount = firstHolding + holdingCount;
  const targets = levels;
  const stops = targets + ((targetCount as usize) << 3);
  const activations = stops + ((stopCount as usize) << 3);
  const holdings = activations + ((trailingCount as usize) << 3);
  const distances = holdings + ((holdingCount as usize) << 3);
  const timeBytes = (((levelCount as usize) << 2) + 7) & ~7;
  const columnBytes = (levelCount as usize) << 3;
  const longest = holdingCount > 0 ? (load<f64>(holdings + (((holdingCount - 1) as usize) << 3)) as i32) : 0;

  let leastActivation: f64 = Infinity;
  let leastDistance: f64 = Infinity;
  for (let v = 0; v < trailingCount; v++) {
    leastActivation = min<f64>(leastActivation, load<f64>(activations + ((v as usize) << 3)));
    leastDistance = min<f64>(leastDistance, load<f64>(distances + ((v as usize) << 3)));
  }

  for (let k = 0; k < count; k++) {
    const entry = load<f64>(entries + ((k as usize) << 3));
    const atr = load<f64>(atrs + ((k as usize) << 3));
    const isLong = load<i8>(directions + (k as usize)) > 0;
    const direction: f64 = isLong ? 1.0 : -1.0;
    const dataBars = load<i32>(available + ((k as usize) << 2));
    const signal = load<i32>(bars + ((k as usize) << 2));
    const record = records + (k as usize) * recordBytes;
    const times = record + RECORD_HEADER_BYTES;
    const limit = dataBars < longest ? dataBars : longest;

    store<i32>(record, dataBars);
    for (let j = 0; j < levelCount; j++) store<i32>(times + ((j as usize) << 2), NEVER);

    const earliest = leastActivation * atr;
    const narrowest = leastDistance * atr;
    let nextTarget = 0;
    let nextStop = 0;
    let nextHolding = 0;
    let untouchedTrailing = trailingCount;
    let peak: f64 = 0.0;
    for (let i = 1; i <= limit; i++) {
      const at = ((signal + i) as usize) << 3;
      const openPrice = load<f64>(open + at);
      const highPrice = load<f64>(high + at);
      const lowPrice = load<f64>(low + at);
      const openExcursion = direction * (openPrice - entry);
      const favourable = isLong ? highPrice - entry : entry - lowPrice;
      const adverse = isLong ? lowPrice - entry : entry - highPrice;

      while (nextStop < stopCount) {
        const level = -load<f64>(stops + ((nextStop as usize) << 3)) * atr;
        const isGap = openExcursion <= level;
        if (!isGap && !(adverse <= level)) break;
        const price = isGap ? openPrice : entry + direction * level;
        const time = isGap ? 2 * i - 1 : 2 * i;
        const value = netReturn(direction, entry, price, i, cost, fundingPer8h, barsPer8h);
        touch(times, columnBytes, timeBytes, targetCount + nextStop, time, value, level, price, details);
        nextStop++;
      }
      while (nextTarget < targetCount) {
        const level = load<f64>(targets + ((nextTarget as usize) << 3)) * atr;
        const isGap = openExcursion >= level;
        if (!isGap && !(favourable >= level)) break;
        const price = isGap ? openPrice : entry + direction * level;
        const time = isGap ? 2 * i - 1 : 2 * i;
        const value = netReturn(direction, entry, price, i, cost, fundingPer8h, barsPer8h);
        touch(times, columnBytes, timeBytes, nextTarget, time, value, openExcursion, price, details);
        nextTarget++;
      }
      // Trailing levels concern no bar that stays above the highest of them: its peak less the narrowest distance.
      if (untouchedTrailing > 0 && peak >= earliest && adverse <= peak - narrowest) {
        for (let v = 0; v < trailingCount; v++) {
          const j = targetCount + stopCount + v;
          if (load<i32>(times + ((j as usize) << 2)) != NEVER) continue;
          if (peak < load<f64>(activations + ((v as usize) << 3)) * atr) continue;
          const level = peak - load<f64>(distances + ((v as usize) << 3)) * atr;
          const isGap = openExcursion <= level;
          if (!isGap && !(adverse <= level)) continue;
          const price = isGap ? openPrice : entry + direction * level;
          const time = isGap ? 2 * i - 1 : 2 * i;
          const value = netReturn(direction, entry, price, i, cost, fundingPer8h, barsPer8h);
          touch(times, columnBytes, timeBytes, j, time, value, level, price, details);
          untouchedTrailing--;
        }
      }
      while (nextHolding < holdingCount && (load<f64>(holdings + ((nextHolding as usize) << 3)) as i32) == i) {
        const price = load<f64>(close + at);
        const value = netReturn(direction, entry, price, i, cost, fundingPer8h, barsPer8h);
        touch(times, columnBytes, timeBytes, firstHolding + nextHolding, 2 * i, value, 0, price, details);
        nextHolding++;
      }
      if (nextStop == stopCount || nextTarget == targetCount) {
        nextHolding = holdingCount;
        break;
      }
      if (favourable > peak) peak = favourable;
    }
    while (nextHolding < holdingCount) {
      const price = load<f64>(close + (((signal + dataBars) as usize) << 3));
      const value = netReturn(direction, entry, price, dataBars, cost, fundingPer8h, barsPer8h);
      touch(times, columnBytes, timeBytes, firstHolding + nextHolding, 2 * dataBars, value, 0, price, details);
      nextHolding++;
    }
  }
}

import { NEVER, PERCENT } from "../src/core/abi";

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
  // Without funding its term is a zero, and a zero added changes nothing.
  const costs = fundingPer8h == 0 ? cost : cost + direction * fundingPer8h * ((bars as f64) / barsPer8h);
  return (direction * (price - entry)) / entry - costs;
}

/** Notes the first touch of level `j` in a record whose times begin at `times`. */
export function touch(
  times: usize,
  columnBytes: usize,
  timeBytes: usize,
  j: i32,
  time: i32,
  value: f64,
  bound: f64,
  room: f64,
  price: f64,
  details: i32,
): void {
  store<i32>(times + ((j as usize) << 2), time);
  const cell = times + timeBytes + ((j as usize) << 3);
  store<f64>(cell, value);
  if (details > 1) {
    store<f64>(cell + columnBytes, bound);
    store<f64>(cell + 2 * columnBytes, room);
  }
  if (details > 2) store<f64>(cell + 3 * columnBytes, price);
}

/** What a level's value is a multiple of: the ATR, or the entry, of which it is a percentage. */
export function scaleOf(unit: i32, atr: f64, entry: f64): f64 {
  return unit == PERCENT ? entry : atr;
}

/** What a scaled value is divided by; a value in ATRs by 1, which changes nothing. */
export function divisorOf(unit: i32): f64 {
  return unit == PERCENT ? 100.0 : 1.0;
}

/** Least of the trailing variants' values that belong to a level not yet touched; infinite if there is none. */
function leastUntouched(values: usize, times: usize, first: i32, count: i32): f64 {
  let least: f64 = Infinity;
  for (let v = 0; v < count; v++)
    if (load<i32>(times + (((first + v) as usize) << 2)) == NEVER)
      least = min<f64>(least, load<f64>(values + ((v as usize) << 3)));
  return least;
}

/** Bars after the signal bar at which the candle `index` places after it stands: as many, unless candles are missing between them. */
export function barsAfter(slots: usize, index: i32): i32 {
  return slots == 0 ? index : load<i32>(slots + ((index as usize) << 2)) - load<i32>(slots);
}

/** The first candle from place `from` on, up to `last`, that stands `bars` bars after the signal bar or later; 0 if there is none. */
export function candleAt(slots: usize, bars: i32, from: i32, last: i32): i32 {
  if (slots == 0) return bars > last ? 0 : bars;
  let index = from;
  while (index <= last && barsAfter(slots, index) < bars) index++;
  return index > last ? 0 : index;
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
 * `open`..`close` hold candles, `slots` i32 the bar each stands at (0: candle after candle, none is missing), `bars` i32[count] where in
 * them each signal bar stands, `reach` i32[count] the candles after it that the longest holding time reaches, as far as there are data.
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
  details: i32,
  records: usize,
  recordBytes: usize,
): void {
  const firstHolding = targetCount + stopCount + trailingCount;
  const targetDivisor = divisorOf(targetUnit);
  const stopDivisor = divisorOf(stopUnit);
  const trailingDivisor = divisorOf(trailingUnit);
  const targets = levels;
  const stops = targets + ((targetCount as usize) << 3);
  const activations = stops + ((stopCount as usize) << 3);
  const holdings = activations + ((trailingCount as usize) << 3);
  const distances = holdings + ((holdingCount as usize) << 3);
  const timeBytes = (((levelCount as usize) << 2) + 7) & ~7;
  const columnBytes = (levelCount as usize) << 3;

  for (let k = 0; k < count; k++) {
    const entry = load<f64>(entries + ((k as usize) << 3));
    const atr = load<f64>(atrs + ((k as usize) << 3));
    const targetScale = scaleOf(targetUnit, atr, entry);
    const stopScale = scaleOf(stopUnit, atr, entry);
    const trailingScale = scaleOf(trailingUnit, atr, entry);
    const isLong = load<i8>(directions + (k as usize)) > 0;
    const direction: f64 = isLong ? 1.0 : -1.0;
    const limit = load<i32>(reach + ((k as usize) << 2));
    const signal = load<i32>(bars + ((k as usize) << 2));
    const path = slots == 0 ? (0 as usize) : slots + ((signal as usize) << 2);
    const times = records + (k as usize) * recordBytes;

    for (let j = 0; j < levelCount; j++) store<i32>(times + ((j as usize) << 2), NEVER);

    const favourableSide = isLong ? high : low;
    const adverseSide = isLong ? low : high;
    let nextTarget = 0;
    let nextStop = 0;
    let nextHolding = 0;
    let peak: f64 = 0.0;
    // What the next touch of each kind takes; a bar that stays within all of it changes nothing but the peak.
    let stopLevel: f64 = stopCount > 0 ? (-load<f64>(stops) * stopScale) / stopDivisor : -Infinity;
    let targetLevel: f64 = targetCount > 0 ? (load<f64>(targets) * targetScale) / targetDivisor : Infinity;
    let holdingBars = holdingCount > 0 ? (load<f64>(holdings) as i32) : 0;
    // The candle at which the next holding time ends; 0 if the data end first.
    let lastCandle = candleAt(path, holdingBars, 1, limit);
    let earliest =
      (leastUntouched(activations, times, targetCount + stopCount, trailingCount) * trailingScale) / trailingDivisor;
    let narrowest =
      (leastUntouched(distances, times, targetCount + stopCount, trailingCount) * trailingScale) / trailingDivisor;
    let trailLevel: f64 = peak >= earliest ? peak - narrowest : -Infinity;
    for (let i = 1; i <= limit; i++) {
      const at = ((signal + i) as usize) << 3;
      const favourable = direction * (load<f64>(favourableSide + at) - entry);
      const adverse = direction * (load<f64>(adverseSide + at) - entry);
      if (!(adverse > stopLevel && favourable < targetLevel && adverse > trailLevel && i != lastCandle)) {
        const held = barsAfter(path, i);
        const openPrice = load<f64>(open + at);
        const openExcursion = direction * (openPrice - entry);
        // An open is within its bar: what lies beyond the open lies beyond the bar's extreme too.
        while (adverse <= stopLevel) {
          const isGap = openExcursion <= stopLevel;
          const price = isGap ? openPrice : entry + direction * stopLevel;
          const time = isGap ? 2 * held - 1 : 2 * held;
          const value = netReturn(direction, entry, price, held, cost, fundingPer8h, barsPer8h);
          touch(times, columnBytes, timeBytes, targetCount + nextStop, time, value, stopLevel, 0, price, details);
          nextStop++;
          if (nextStop == stopCount) break;
          stopLevel = (-load<f64>(stops + ((nextStop as usize) << 3)) * stopScale) / stopDivisor;
        }
        while (favourable >= targetLevel) {
          const isGap = openExcursion >= targetLevel;
          const price = isGap ? openPrice : entry + direction * targetLevel;
          const time = isGap ? 2 * held - 1 : 2 * held;
          const value = netReturn(direction, entry, price, held, cost, fundingPer8h, barsPer8h);
          const room = targetLevel - openExcursion;
          touch(times, columnBytes, timeBytes, nextTarget, time, value, openExcursion, room, price, details);
          nextTarget++;
          if (nextTarget == targetCount) {
            // The walk may go on for an exit that has no such target.
            targetLevel = Infinity;
            break;
          }
          targetLevel = (load<f64>(targets + ((nextTarget as usize) << 3)) * targetScale) / targetDivisor;
        }
        if (adverse <= trailLevel) {
          for (let v = 0; v < trailingCount; v++) {
            const j = targetCount + stopCount + v;
            if (load<i32>(times + ((j as usize) << 2)) != NEVER) continue;
            if (peak < (load<f64>(activations + ((v as usize) << 3)) * trailingScale) / trailingDivisor) continue;
            const level = peak - (load<f64>(distances + ((v as usize) << 3)) * trailingScale) / trailingDivisor;
            if (adverse > level) continue;
            const isGap = openExcursion <= level;
            const price = isGap ? openPrice : entry + direction * level;
            const time = isGap ? 2 * held - 1 : 2 * held;
            const value = netReturn(direction, entry, price, held, cost, fundingPer8h, barsPer8h);
            touch(times, columnBytes, timeBytes, j, time, value, level, 0, price, details);
          }
          earliest =
            (leastUntouched(activations, times, targetCount + stopCount, trailingCount) * trailingScale) /
            trailingDivisor;
          narrowest =
            (leastUntouched(distances, times, targetCount + stopCount, trailingCount) * trailingScale) /
            trailingDivisor;
          trailLevel = peak >= earliest ? peak - narrowest : -Infinity;
        }
        while (nextHolding < holdingCount && lastCandle == i) {
          const isInHole = held > holdingBars;
          const price = isInHole ? openPrice : load<f64>(close + at);
          const time = isInHole ? 2 * held - 1 : 2 * held;
          const value = netReturn(direction, entry, price, held, cost, fundingPer8h, barsPer8h);
          touch(times, columnBytes, timeBytes, firstHolding + nextHolding, time, value, 0, 0, price, details);
          nextHolding++;
          if (nextHolding == holdingCount) break;
          holdingBars = load<f64>(holdings + ((nextHolding as usize) << 3)) as i32;
          lastCandle = candleAt(path, holdingBars, i, limit);
        }
        if (nextStop == stopCount || (endsAtTargets && nextTarget == targetCount)) {
          // What ends the trade has been met: of longer holding times only that they are longer counts.
          for (; nextHolding < holdingCount; nextHolding++) {
            const longer = load<f64>(holdings + ((nextHolding as usize) << 3)) as i32;
            store<i32>(times + (((firstHolding + nextHolding) as usize) << 2), 2 * longer);
          }
          break;
        }
      }
      if (favourable > peak) {
        peak = favourable;
        trailLevel = peak >= earliest ? peak - narrowest : -Infinity;
      }
    }
    for (; nextHolding < holdingCount; nextHolding++) {
      const held = barsAfter(path, limit);
      const price = load<f64>(close + (((signal + limit) as usize) << 3));
      const value = netReturn(direction, entry, price, held, cost, fundingPer8h, barsPer8h);
      touch(times, columnBytes, timeBytes, firstHolding + nextHolding, 2 * held, value, 0, 0, price, details);
    }
  }
}

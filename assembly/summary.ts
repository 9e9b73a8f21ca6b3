import { NEVER } from "../src/core/abi";
import { divisorOf, netReturn, scaleOf } from "./passages";

/** Stands in a target's bound so that NEAREST_OPEN takes the target (+) or the stop (-) whatever the levels. */
const DECISIVE: f64 = 1e300;

/**
 * Records of the `summary` exit model, in the layout of `passages` with details 2 or 3: of the bars after entry only the highest high,
 * the lowest low and the last close are known. Every touched level carries the time of the last of those bars; where stop and target were both touched,
 * the larger excursion decides (favourable strictly larger: the target), told by the target's bound.
 *
 * `highs`, `lows`, `closes` f64[count]; `available` i32[count] the bars of data after each entry;
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
  details: i32,
  records: usize,
  recordBytes: usize,
): void {
  const levelCount = targetCount + stopCount + trailingCount + holdingCount;
  const timeBytes = (((levelCount as usize) << 2) + 7) & ~7;
  const columnBytes = (levelCount as usize) << 3;
  for (let k = 0; k < count; k++) {
    const entry = load<f64>(entries + ((k as usize) << 3));
    const atr = load<f64>(atrs + ((k as usize) << 3));
    const isLong = load<i8>(directions + (k as usize)) > 0;
    const direction: f64 = isLong ? 1.0 : -1.0;
    const dataBars = load<i32>(available + ((k as usize) << 2));
    const held = dataBars < bars ? dataBars : bars;
    const high = load<f64>(highs + ((k as usize) << 3));
    const low = load<f64>(lows + ((k as usize) << 3));
    const close = load<f64>(closes + ((k as usize) << 3));
    const up = (high - entry) / entry;
    const down = (entry - low) / entry;
    const isTargetFirst = isLong ? up > down : down > up;
    const record = records + (k as usize) * recordBytes;
    for (let j = 0; j < levelCount; j++) {
      const time = record + ((j as usize) << 2);
      const cell = record + timeBytes + ((j as usize) << 3);
      const unit = j < targetCount ? targetUnit : stopUnit;
      const distance = (load<f64>(levels + ((j as usize) << 3)) * scaleOf(unit, atr, entry)) / divisorOf(unit);
      store<i32>(time, NEVER);
      let price = close;
      let bound: f64 = 0.0;
      if (j >= targetCount + stopCount + trailingCount) store<i32>(time, 2 * held);
      else if (j < targetCount) {
        price = entry + direction * distance;
        bound = isTargetFirst ? DECISIVE : -DECISIVE;
        if (isLong ? high >= price : low <= price) store<i32>(time, 2 * held);
      } else if (j < targetCount + stopCount) {
        price = entry - direction * distance;
        if (isLong ? low <= price : high >= price) store<i32>(time, 2 * held);
      }
      store<f64>(cell, netReturn(direction, entry, price, held, cost, fundingPer8h, barsPer8h));
      if (details > 1) {
        store<f64>(cell + columnBytes, bound);
        store<f64>(cell + 2 * columnBytes, distance - bound);
      }
      if (details > 2) store<f64>(cell + 3 * columnBytes, price);
    }
  }
}

import { barsAfter, candleAt, netReturn, touch } from "./passages";

/**
 * When each opportunity's own exit signal ends it, as level `level` of records that `passages` has begun: arguments as there. `exits` i32[count]
 * are the bars from the signal bar to the one at whose close the exit signal leaves, 0 if there is none. Where that candle is missing, it leaves at
 * the open of the next.
 */
export function exitSignalPassages(
  open: usize,
  close: usize,
  slots: usize,
  count: i32,
  bars: usize,
  entries: usize,
  directions: usize,
  reach: usize,
  exits: usize,
  level: i32,
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
    const exit = load<i32>(exits + ((k as usize) << 2));
    if (exit == 0) continue;
    const signal = load<i32>(bars + ((k as usize) << 2));
    const path = slots == 0 ? (0 as usize) : slots + ((signal as usize) << 2);
    const i = candleAt(path, exit, 1, load<i32>(reach + ((k as usize) << 2)));
    if (i == 0) continue;
    const entry = load<f64>(entries + ((k as usize) << 3));
    const direction: f64 = load<i8>(directions + (k as usize)) > 0 ? 1.0 : -1.0;
    const held = barsAfter(path, i);
    const isInHole = held > exit;
    const at = ((signal + i) as usize) << 3;
    const price = load<f64>((isInHole ? open : close) + at);
    const time = isInHole ? 2 * held - 1 : 2 * held;
    const value = netReturn(direction, entry, price, held, cost, fundingPer8h, barsPer8h);
    touch(records + (k as usize) * recordBytes, columnBytes, timeBytes, level, time, value, 0, 0, price, details);
  }
}

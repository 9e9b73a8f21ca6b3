import { beginWalk, candleAt, endAtCandle, setCandles, setCosts, setOpportunities, setRecords } from "./walk";

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
  funding: usize,
  details: i32,
  records: usize,
  recordBytes: usize,
): void {
  setCandles(open, 0, 0, close, slots);
  setOpportunities(bars, entries, 0, directions, reach);
  setCosts(cost, fundingPer8h, barsPer8h, funding);
  setRecords(records, recordBytes, levelCount, details);
  for (let k = 0; k < count; k++) {
    const exit = load<i32>(exits + ((k as usize) << 2));
    if (exit == 0) continue;
    beginWalk(k);
    const index = candleAt(exit, 1);
    if (index != 0) endAtCandle(level, index, exit);
  }
}

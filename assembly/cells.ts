import { EXIT_BYTES, RECORD_HEADER_BYTES, SORTINO, STATISTICS } from "../src/core/abi";
import { outcome } from "./outcomes";

/**
 * Adds the outcomes of a tile of exits to the threshold cells, opportunity by opportunity.
 *
 *   sums   [cell][statistic][exit of the tile]   f64; statistic: gains, losses, squares, wins
 *
 * `entries` u32[entryCount][2]: record slot and cell, sorted by cell. Under SORTINO the squares are those of losses alone.
 * `levels` f64[levelCount] as in `passages`; `holdingBars` are its holding times. `atrs` f64 by record slot.
 */
export function accumulate(
  records: usize,
  recordBytes: usize,
  levels: usize,
  levelCount: i32,
  atrs: usize,
  entries: usize,
  entryCount: i32,
  exits: usize,
  exitCount: i32,
  tileWidth: i32,
  rule: i32,
  objective: i32,
  sums: usize,
): void {
  const timeBytes = (((levelCount as usize) << 2) + 7) & ~7;
  const columnBytes = (levelCount as usize) << 3;
  const rowBytes = (tileWidth as usize) << 3;
  for (let k = 0; k < entryCount; k++) {
    const slot = load<u32>(entries + ((k as usize) << 3));
    const cell = load<u32>(entries + ((k as usize) << 3) + 4);
    const times = records + (slot as usize) * recordBytes + RECORD_HEADER_BYTES;
    const returns = times + timeBytes;
    const bounds = returns + columnBytes;
    const atr = load<f64>(atrs + ((slot as usize) << 3));
    const row = sums + (cell as usize) * STATISTICS * rowBytes;
    for (let j = 0; j < exitCount; j++) {
      const exit = exits + (j as usize) * EXIT_BYTES;
      const holding = load<u16>(exit + 4) as i32;
      const trailing = load<u16>(exit + 6) as i32;
      const points =
        100.0 *
        outcome(
          times,
          returns,
          bounds,
          levels,
          atr,
          load<u16>(exit) as i32,
          load<u16>(exit + 2) as i32,
          trailing,
          holding,
          2 * (load<f64>(levels + ((holding as usize) << 3)) as i32),
          rule,
        );
      const at = row + ((j as usize) << 3);
      const isWin = points > 0;
      const sum = isWin ? at : at + rowBytes;
      store<f64>(sum, load<f64>(sum) + points);
      if (!isWin || objective != SORTINO) {
        const squares = at + 2 * rowBytes;
        store<f64>(squares, load<f64>(squares) + points * points);
      }
      if (isWin) {
        const wins = at + 3 * rowBytes;
        store<f64>(wins, load<f64>(wins) + 1.0);
      }
    }
  }
}

/** Turns sums of own cells into sums of "this candidate or stricter" along one filter axis: blocks of `length` rows of `rowBytes` bytes each. */
export function suffixSum(sums: usize, blocks: i32, length: i32, rowBytes: usize): void {
  for (let b = 0; b < blocks; b++) {
    const block = sums + (b as usize) * (length as usize) * rowBytes;
    for (let c = length - 2; c >= 0; c--) {
      const to = block + (c as usize) * rowBytes;
      const end = to + rowBytes;
      for (let at = to; at < end; at += 16) {
        v128.store(at, f64x2.add(v128.load(at), v128.load(at + rowBytes)));
      }
    }
  }
}

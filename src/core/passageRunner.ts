import type { Core } from "./instance.ts";
import {
  type CandleColumns,
  type CoreRules,
  type Levels,
  type PathColumns,
  packLevels,
  recordBytesOf,
} from "./paths.ts";

/** Opportunities handed to the kernel at once. */
const batchRows = 512;

/** Sizes in bytes of the regions that a PassageRunner needs beside its records. */
export function passageRegions(levels: Levels, segmentBars: number) {
  return {
    candles: segmentBars * 32,
    batch: batchRows * 56,
    levels: packLevels(levels).byteLength,
  };
}

/** Highest high, lowest low and last close of the `bars` bars after the signal bar, or of those there are; the signal bar's close where none is. */
export function summaryOf(
  series: CandleColumns,
  bar: number,
  bars: number,
): { readonly high: number; readonly low: number; readonly close: number } {
  const last = Math.min(series.count - 1, bar + bars);
  const close = series.close[last]!;
  if (last === bar) return { high: close, low: close, close };
  let high = Number.NEGATIVE_INFINITY;
  let low = Number.POSITIVE_INFINITY;
  for (let i = bar + 1; i <= last; i++) {
    if (series.high[i]! > high) high = series.high[i]!;
    if (series.low[i]! < low) low = series.low[i]!;
  }
  return { high, low, close };
}

/** Bars of candles to keep in memory at once: the longest path, and as many starts as make the copying cheap. */
export function segmentBarsOf(levels: Levels, startBars: number): number {
  return Math.max(...levels.holdingBars) + 2 + startBars;
}

/**
 * Feeds the passages kernel: copies candle segments in, symbol by symbol, and lets it fill the records of a range of rows.
 * Rows of a range fill slots 0, 1, ... of the records region, in row order.
 */
export class PassageRunner {
  private readonly floats: Float64Array;
  private readonly words: Uint32Array;
  private readonly bytes: Int8Array;
  readonly recordBytes: number;

  constructor(
    private readonly core: Core,
    memory: WebAssembly.Memory,
    private readonly offsets: { readonly candles: number; readonly batch: number; readonly levels: number },
    private readonly segmentBars: number,
    private readonly levels: Levels,
    private readonly rules: CoreRules,
    private readonly details: 1 | 2 | 3,
  ) {
    this.floats = new Float64Array(memory.buffer);
    this.words = new Uint32Array(memory.buffer);
    this.bytes = new Int8Array(memory.buffer);
    this.recordBytes = recordBytesOf(levels, details);
    this.floats.set(packLevels(levels), offsets.levels / 8);
  }

  /** Fills `records` (offset) with rows `from` (inclusive) to `to` (exclusive). */
  run(paths: PathColumns, candles: readonly CandleColumns[], from: number, to: number, records: number): void {
    const rows = Uint32Array.from({ length: to - from }, (_, k) => from + k);
    rows.sort((a, b) => paths.symbol[a]! - paths.symbol[b]! || paths.bar[a]! - paths.bar[b]!);
    const longest = this.segmentBars - 2;
    let k = 0;
    while (k < rows.length) {
      const symbol = paths.symbol[rows[k]!]!;
      const firstBar = paths.bar[rows[k]!]!;
      const series = candles[symbol]!;
      const lastBar = Math.min(series.count, firstBar + this.segmentBars);
      if (this.rules.summaryBars === null) this.copyCandles(series, firstBar, lastBar);
      const reach = Math.max(...this.levels.holdingBars);
      const batchStart = k;
      while (
        k < rows.length &&
        k - batchStart < batchRows &&
        paths.symbol[rows[k]!] === symbol &&
        paths.bar[rows[k]!]! - firstBar + reach <= longest
      )
        k++;
      this.runBatch(paths, rows.subarray(batchStart, k), from, firstBar, series, records);
    }
  }

  private copyCandles(series: CandleColumns, firstBar: number, endBar: number): void {
    const at = this.offsets.candles / 8;
    this.floats.set(series.open.subarray(firstBar, endBar), at);
    this.floats.set(series.high.subarray(firstBar, endBar), at + this.segmentBars);
    this.floats.set(series.low.subarray(firstBar, endBar), at + 2 * this.segmentBars);
    this.floats.set(series.close.subarray(firstBar, endBar), at + 3 * this.segmentBars);
  }

  private runBatch(
    paths: PathColumns,
    rows: Uint32Array,
    firstSlotRow: number,
    firstBar: number,
    series: CandleColumns,
    records: number,
  ): void {
    const { batch, candles, levels } = this.offsets;
    const entries = batch;
    const atrs = entries + batchRows * 8;
    const highs = atrs + batchRows * 8;
    const lows = highs + batchRows * 8;
    const closes = lows + batchRows * 8;
    const slots = closes + batchRows * 8;
    const bars = slots + batchRows * 4;
    const available = bars + batchRows * 4;
    const directions = available + batchRows * 4;
    for (let k = 0; k < rows.length; k++) {
      const row = rows[k]!;
      this.floats[entries / 8 + k] = paths.entry[row]!;
      this.floats[atrs / 8 + k] = paths.atr[row]!;
      this.words[slots / 4 + k] = row - firstSlotRow;
      this.words[bars / 4 + k] = paths.bar[row]!;
      this.words[available / 4 + k] = series.count - 1 - paths.bar[row]!;
      this.bytes[directions + k] = paths.direction[row]!;
    }
    if (this.rules.summaryBars !== null) {
      for (let k = 0; k < rows.length; k++) {
        const summary = summaryOf(series, paths.bar[rows[k]!]!, this.rules.summaryBars);
        this.floats[highs / 8 + k] = summary.high;
        this.floats[lows / 8 + k] = summary.low;
        this.floats[closes / 8 + k] = summary.close;
      }
      this.core.summaryPassages(
        rows.length,
        slots,
        entries,
        atrs,
        directions,
        available,
        highs,
        lows,
        closes,
        levels,
        this.levels.targets.length,
        this.levels.stops.length,
        this.levels.trailing.length,
        this.levels.holdingBars.length,
        this.rules.summaryBars,
        this.rules.cost,
        this.rules.fundingPer8h,
        this.rules.barsPer8h,
        this.details,
        records,
        this.recordBytes,
      );
      return;
    }
    const columnBytes = this.segmentBars * 8;
    this.core.passages(
      candles,
      candles + columnBytes,
      candles + 2 * columnBytes,
      candles + 3 * columnBytes,
      firstBar,
      rows.length,
      slots,
      bars,
      entries,
      atrs,
      directions,
      available,
      levels,
      this.levels.targets.length,
      this.levels.stops.length,
      this.levels.trailing.length,
      this.levels.holdingBars.length,
      this.rules.cost,
      this.rules.fundingPer8h,
      this.rules.barsPer8h,
      this.details,
      records,
      this.recordBytes,
    );
  }
}

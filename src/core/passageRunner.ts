// Long because what it copies, where that stands and what the kernels are told of it have to agree line by line.

import { candleFrom, reachOf, slotOf } from "../candles/slots.ts";
import type { Core } from "./instance.ts";
import {
  firstLevels,
  type Levels,
  levelCountOf,
  longestBarsOf,
  packLevels,
  placesOf,
  recordBytesOf,
  unitCode,
} from "./levels.ts";
import {
  type CandleColumns,
  type CoreRules,
  type FurtherColumns,
  furtherColumnsOf,
  type PathColumns,
} from "./paths.ts";

/** Opportunities handed to the kernel at once. */
export const batchRows = 512;
/** A gap between two paths that is cheaper to copy than to skip. */
const mergedBars = 64;

/** Sizes in bytes of the regions that a PassageRunner needs; `candleBars` candles are held at once, with those of the further columns that they have. */
export function passageRegions(
  levels: Levels,
  candleBars: number,
  { withSlots, withFunding }: FurtherColumns,
  details: 1 | 2 | 3,
) {
  return {
    candles: candleBars * (withFunding ? 40 : 32),
    candleSlots: withSlots ? candleBars * 4 : 0,
    batch: batchRows * 32,
    levels: packLevels(levels).byteLength,
    records: batchRows * recordBytesOf(levels, details),
  };
}

/**
 * Highest high, lowest low and last close of the candles in the `bars` bars after the signal's, or of those there are; the signal's close where none
 * is. `funding` is the sum of the rates charged from the signal's close to the last one, 0 where candles have none.
 */
export function summaryOf(
  series: CandleColumns,
  bar: number,
  bars: number,
): { readonly high: number; readonly low: number; readonly close: number; readonly funding: number } {
  const last = candleFrom(series, slotOf(series, bar) + bars + 1) - 1;
  const close = series.close[last]!;
  const { fundingSums } = series;
  const funding = fundingSums ? fundingSums[last]! - fundingSums[bar]! : 0;
  if (last === bar) return { high: close, low: close, close, funding };
  let high = Number.NEGATIVE_INFINITY;
  let low = Number.POSITIVE_INFINITY;
  for (let i = bar + 1; i <= last; i++) {
    if (series.high[i]! > high) high = series.high[i]!;
    if (series.low[i]! < low) low = series.low[i]!;
  }
  return { high, low, close, funding };
}

/** What passages are taken of, and how many candles are held at once; `details` as the passages kernel has it. */
export interface PassageTask {
  readonly levels: Levels;
  readonly rules: CoreRules;
  readonly candles: readonly CandleColumns[];
  readonly candleBars: number;
  readonly details: 1 | 2 | 3;
}

/** Feeds the passages kernel: copies the candles that a batch of paths runs over, whatever their symbols, and lets it fill their records. */
export class PassageRunner {
  readonly recordBytes: number;
  private readonly floats: Float64Array;
  private readonly words: Int32Array;
  private readonly bytes: Int8Array;
  private readonly longest: number;
  private readonly levels: Levels;
  private readonly rules: CoreRules;
  private readonly candleBars: number;
  private readonly columns: FurtherColumns;
  private readonly details: 1 | 2 | 3;
  /** Runs of bars that the next batch needs: symbol, first bar, bars, place in the candle region. */
  private readonly windows: [symbol: number, first: number, bars: number, place: number][] = [];

  constructor(
    private readonly core: Core,
    memory: WebAssembly.Memory,
    private readonly at: {
      readonly candles: number;
      readonly candleSlots: number;
      readonly batch: number;
      readonly levels: number;
      readonly records: number;
    },
    { levels, rules, candles, candleBars, details }: PassageTask,
  ) {
    this.levels = levels;
    this.rules = rules;
    this.candleBars = candleBars;
    this.details = details;
    this.columns = furtherColumnsOf(candles);
    this.floats = new Float64Array(memory.buffer);
    this.words = new Int32Array(memory.buffer);
    this.bytes = new Int8Array(memory.buffer);
    this.recordBytes = recordBytesOf(levels, details);
    this.longest = longestBarsOf(levels);
    this.floats.set(packLevels(levels), at.levels / 8);
  }

  /**
   * Walks the opportunities `rows` of `paths`, which stand in path order. After each batch `use` hears which of them it was: record k is
   * that of `rows[from + k]`.
   */
  run(
    paths: PathColumns,
    candles: readonly CandleColumns[],
    rows: Uint32Array,
    use: (from: number, count: number) => void,
  ): void {
    for (let from = 0; from < rows.length; ) {
      const count = this.fillBatch(paths, candles, rows, from);
      this.walk(count);
      use(from, count);
      from += count;
    }
  }

  /** Copies in as many paths as fit, from `from` on; returns how many. */
  private fillBatch(paths: PathColumns, candles: readonly CandleColumns[], rows: Uint32Array, from: number): number {
    const entries = this.at.batch / 8;
    const atrs = entries + batchRows;
    const bars = this.at.batch / 4 + batchRows * 4;
    const reaches = bars + batchRows;
    const directions = this.at.batch + batchRows * 24;
    const exits = (this.at.batch + batchRows * 28) / 4;
    const needsCandles = this.rules.summaryBars === null;
    const windows = this.windows;
    windows.length = 0;
    let used = 0;
    let symbol = -1;
    let end = 0;
    let shift = 0;
    let k = 0;
    for (; from + k < rows.length && k < batchRows; k++) {
      const row = rows[from + k]!;
      const bar = paths.bar[row]!;
      const series = candles[paths.symbol[row]!]!;
      const reach = needsCandles ? reachOf(series, bar, this.longest) : barsLeft(series, bar);
      if (needsCandles) {
        const last = bar + 1 + reach;
        const isNear = paths.symbol[row] === symbol && bar <= end + mergedBars;
        const added = isNear ? Math.max(0, last - end) : last - bar;
        if (used + added > this.candleBars) break;
        if (isNear) windows[windows.length - 1]![2] += added;
        else {
          symbol = paths.symbol[row]!;
          shift = used - bar;
          windows.push([symbol, bar, added, used]);
          end = bar;
        }
        end = Math.max(end, last);
        used += added;
      }
      this.floats[entries + k] = paths.entry[row]!;
      this.floats[atrs + k] = paths.atr[row]!;
      this.words[bars + k] = bar + shift;
      this.words[reaches + k] = reach;
      this.bytes[directions + k] = paths.direction[row]!;
      this.words[exits + k] = paths.exitBars?.[row] ?? 0;
    }
    if (needsCandles) this.copyWindows(candles);
    else this.fillSummaries(paths, candles, rows.subarray(from, from + k));
    return k;
  }

  private copyWindows(candles: readonly CandleColumns[]): void {
    const at = this.at.candles / 8;
    for (const [symbol, first, bars, place] of this.windows) {
      const series = candles[symbol]!;
      this.floats.set(series.open.subarray(first, first + bars), at + place);
      this.floats.set(series.high.subarray(first, first + bars), at + this.candleBars + place);
      this.floats.set(series.low.subarray(first, first + bars), at + 2 * this.candleBars + place);
      this.floats.set(series.close.subarray(first, first + bars), at + 3 * this.candleBars + place);
      if (this.columns.withFunding)
        this.floats.set(series.fundingSums!.subarray(first, first + bars), at + 4 * this.candleBars + place);
      if (!this.columns.withSlots) continue;
      const slots = this.at.candleSlots / 4 + place;
      if (series.slots) this.words.set(series.slots.subarray(first, first + bars), slots);
      else for (let k = 0; k < bars; k++) this.words[slots + k] = first + k;
    }
  }

  /** Under the summary model the candle region holds a high, a low, a close and the funding an opportunity. */
  private fillSummaries(paths: PathColumns, candles: readonly CandleColumns[], rows: Uint32Array): void {
    const at = this.at.candles / 8;
    for (const [k, row] of rows.entries()) {
      const summary = summaryOf(candles[paths.symbol[row]!]!, paths.bar[row]!, this.rules.summaryBars!);
      this.floats[at + k] = summary.high;
      this.floats[at + batchRows + k] = summary.low;
      this.floats[at + 2 * batchRows + k] = summary.close;
      this.floats[at + 3 * batchRows + k] = summary.funding;
    }
  }

  /** Where the sums of funding rates stand beside the candles; 0 if there are none. */
  private fundingAt(): number {
    return this.columns.withFunding ? this.at.candles + 4 * this.candleBars * 8 : 0;
  }

  private walk(count: number): void {
    const { at, levels, rules } = this;
    const entries = at.batch;
    const atrs = entries + batchRows * 8;
    const bars = atrs + batchRows * 8;
    const reaches = bars + batchRows * 4;
    const directions = reaches + batchRows * 4;
    // Stands last where it is spread: an object to which many values are added after a spread takes 50 us to make, not 2.
    const shared = {
      count,
      entries,
      atrs,
      directions,
      levels: at.levels,
      targetCount: levels.targets.length,
      stopCount: levels.stops.length,
      trailingCount: levels.trailing.length,
      holdingCount: levels.holdingBars.length,
      targetUnit: unitCode(levels.units?.targets),
      stopUnit: unitCode(levels.units?.stops),
      levelCount: levelCountOf(levels),
      cost: rules.cost,
      fundingPer8h: rules.fundingPer8h,
      barsPer8h: rules.barsPer8h,
      details: this.details,
      records: at.records,
      recordBytes: this.recordBytes,
    };
    if (rules.summaryBars !== null) {
      this.core.summaryPassages({
        available: reaches,
        highs: at.candles,
        lows: at.candles + batchRows * 8,
        closes: at.candles + batchRows * 16,
        funding: this.columns.withFunding ? at.candles + batchRows * 24 : 0,
        bars: rules.summaryBars,
        ...shared,
      });
      return;
    }
    const columnBytes = this.candleBars * 8;
    this.core.passages({
      open: at.candles,
      high: at.candles + columnBytes,
      low: at.candles + 2 * columnBytes,
      close: at.candles + 3 * columnBytes,
      slots: this.columns.withSlots ? at.candleSlots : 0,
      funding: this.fundingAt(),
      bars,
      reach: reaches,
      trailingUnit: unitCode(levels.units?.trailing),
      endsAtTargets: !levels.hasTables,
      ...shared,
    });
    this.walkFurther(count);
  }

  /** Levels of other kinds, into the records that `passages` has begun. */
  private walkFurther(count: number): void {
    const { at, core, levels, rules } = this;
    const { steps = [], locks = [], withExitSignal = false } = levels;
    if (steps.length === 0 && locks.length === 0 && !withExitSignal) return;
    const columnBytes = this.candleBars * 8;
    const first = firstLevels(levels);
    const places = placesOf(levels);
    const shared = {
      open: at.candles,
      slots: this.columns.withSlots ? at.candleSlots : 0,
      funding: this.fundingAt(),
      count,
      bars: at.batch + batchRows * 16,
      entries: at.batch,
      directions: at.batch + batchRows * 24,
      reach: at.batch + batchRows * 20,
      levelCount: levelCountOf(levels),
      cost: rules.cost,
      fundingPer8h: rules.fundingPer8h,
      barsPer8h: rules.barsPer8h,
      details: this.details,
      records: at.records,
      recordBytes: this.recordBytes,
    };
    const walked = {
      high: at.candles + columnBytes,
      low: at.candles + 2 * columnBytes,
      atrs: at.batch + batchRows * 8,
      lastStop: first.trailing - 1,
    };
    if (steps.length > 0)
      core.stepPassages({
        steps: at.levels + places.steps,
        stepCount: steps.length,
        firstLevel: first.step,
        ...walked,
        ...shared,
      });
    if (locks.length > 0)
      core.lockPassages({
        locks: at.levels + places.locks,
        lockCount: locks.length,
        firstLevel: first.lock,
        ...walked,
        ...shared,
      });
    if (withExitSignal)
      core.exitSignalPassages({
        close: at.candles + 3 * columnBytes,
        exits: at.batch + batchRows * 28,
        level: first.exitSignal,
        ...shared,
      });
  }
}

/** Bars of data after a candle's. */
function barsLeft(series: CandleColumns, index: number): number {
  return slotOf(series, series.count - 1) - slotOf(series, index);
}

/** Places of `rows` in path order, by symbol, then bar: paths that share candles come one behind the other. */
export function byPath(paths: PathColumns, rows: Uint32Array): Uint32Array {
  const { symbol, bar } = paths;
  let symbols = 0;
  for (let k = 0; k < rows.length; k++) if (symbol[rows[k]!]! >= symbols) symbols = symbol[rows[k]!]! + 1;
  const starts = new Uint32Array(symbols + 1);
  for (let k = 0; k < rows.length; k++) starts[symbol[rows[k]!]! + 1]!++;
  for (let code = 0; code < symbols; code++) starts[code + 1]! += starts[code]!;
  const order = new Uint32Array(rows.length);
  const next = starts.slice(0, symbols);
  for (let k = 0; k < rows.length; k++) order[next[symbol[rows[k]!]!]!++] = k;
  for (let code = 0; code < symbols; code++) {
    const part = order.subarray(starts[code], starts[code + 1]);
    // Tables mostly stand in order of time, and so do their parts.
    for (let k = 1; k < part.length; k++)
      if (bar[rows[part[k]!]!]! < bar[rows[part[k - 1]!]!]!) {
        part.sort((a, b) => bar[rows[a]!]! - bar[rows[b]!]! || a - b);
        break;
      }
  }
  return order;
}

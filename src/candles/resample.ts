import { InputError } from "../errors.ts";
import { escaped } from "../text.ts";
import { onGrid } from "./assemble.ts";
import { type Break, type Candles, openTimeMs } from "./candles.ts";
import { GrowingColumns } from "./columns.ts";
import { type HigherGrid, higherGrid } from "./higherGrid.ts";
import type { RowRules, Rows, Run } from "./rowCollector.ts";
import { isoTime } from "./rowErrors.ts";
import { slotOf } from "./slots.ts";
import { formatTimeframe } from "./timeframe.ts";

/**
 * Candles of a larger timeframe, a multiple of the candles' own: open of the first observed candle, highest high, lowest low, close of the
 * last, and the sum of the volumes, added in order of time. Bars lie on the UTC grid of their timeframe, or as far off it as the candles
 * are off theirs. A bar without an observed candle is a hole. Left out are a first bar whose first candle is not there, a last bar whose last
 * candle is not there (unfinished), and bars that a change of unit falls into. Throws InputError if no bar is left, or where a clock change
 * moved candles off their slots.
 */
export function resampled(candles: Candles, rules: RowRules): Candles {
  const [from, to] = [formatTimeframe(candles.timeframeMs), formatTimeframe(rules.timeframeMs)];
  if (candles.times)
    throw new InputError("CANDLE_RESAMPLE", `${to} candles cannot be made of candles that a clock change moves`, {
      where: escaped(candles.symbol),
      found: `${from} candles whose hours change with daylight saving`,
      expected: "candles on one grid in UTC",
      remedy: `download ${to} candles, or use --timeframe ${from}`,
    });
  const grid = higherGrid(candles, rules.timeframeMs);
  const bars = barsOf(candles, grid);
  if (bars.slots.length === 0) throw noBar(candles, to);
  const readAs = [
    ...(candles.readAs === null ? [] : [candles.readAs]),
    `${to} candles made of ${from} candles`,
    ...(bars.isFirstCut ? ["the first, which the data begin within, left out"] : []),
    ...(bars.broken > 0 ? [`${bars.broken} across a change of unit left out`] : []),
  ];
  const about = { symbol: candles.symbol, readAs, breaks: bars.breaks };
  // Whatever is wrong with the rows was found in their own timeframe.
  const place = (): string => escaped(candles.symbol);
  return onGrid(about, rowsOf(candles, bars, grid, rules), rules, place);
}

interface Bars {
  readonly columns: readonly Float64Array[];
  /** Slots since the epoch, ascending. */
  readonly slots: Float64Array;
  readonly breaks: readonly Break[];
  readonly broken: number;
  readonly isFirstCut: boolean;
  readonly isLastUnfinished: boolean;
}

/** One bar after the other; each is kept once the next begins. */
class BarCollector {
  readonly breaks: Break[] = [];
  broken = 0;
  private readonly columns: GrowingColumns<Float64ArrayConstructor[]>;
  private readonly bar = new Float64Array(6);
  private isOpen = false;
  private isBroken = false;
  /** A break lies before the next bar that is kept. */
  private isBreakAhead = false;
  private lastClose = Number.NaN;

  constructor(private readonly hasVolume: boolean) {
    this.columns = new GrowingColumns<Float64ArrayConstructor[]>(new Array(hasVolume ? 6 : 5).fill(Float64Array));
  }

  begin(slot: number, { open, high, low, close, volume }: Candles, index: number, isBreak: boolean): void {
    this.isOpen = true;
    this.isBroken = false;
    if (isBreak) this.isBreakAhead = true;
    const values = [slot, open[index]!, high[index]!, low[index]!, close[index]!, this.hasVolume ? volume[index]! : 0];
    this.bar.set(values);
  }

  go({ high, low, close, volume }: Candles, index: number, isBreak: boolean): void {
    const { bar } = this;
    if (isBreak) this.isBroken = true;
    if (high[index]! > bar[2]!) bar[2] = high[index]!;
    if (low[index]! < bar[3]!) bar[3] = low[index]!;
    bar[4] = close[index]!;
    if (this.hasVolume) bar[5]! += volume[index]!;
  }

  /** The bar is over: it is kept, unless a break fell into it. */
  end(share: number): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    if (this.isBroken) {
      this.broken++;
      this.isBreakAhead = true;
      return;
    }
    const { count } = this.columns;
    if (this.isBreakAhead && count > 0) this.breaks.push({ index: count, ratio: this.bar[1]! / this.lastClose });
    this.isBreakAhead = false;
    this.lastClose = this.bar[4]!;
    this.columns.push(this.bar, share);
  }

  /** The bar is not over, and never will be. */
  drop(): void {
    this.isOpen = false;
  }

  take(): readonly Float64Array[] {
    return this.columns.take();
  }
}

function barsOf(candles: Candles, { candlesPerBar, firstSlot }: HigherGrid): Bars {
  const { count } = candles;
  const breaks = new Set(candles.breaks.map(({ index }) => index));
  const collector = new BarCollector(candles.volume.length > 0);
  const isFirstCut = firstSlot % candlesPerBar !== 0;
  const firstBar = Math.floor(firstSlot / candlesPerBar);
  let slot = firstSlot;
  let bar = Number.NaN;
  for (let index = 0; index < count; index++) {
    slot = firstSlot + slotOf(candles, index);
    const own = Math.floor(slot / candlesPerBar);
    if (own === bar) {
      collector.go(candles, index, breaks.has(index));
      continue;
    }
    if (bar === firstBar && isFirstCut) collector.drop();
    else collector.end(index / count);
    bar = own;
    collector.begin(bar, candles, index, breaks.has(index));
  }
  const isLastUnfinished = (slot + 1) % candlesPerBar !== 0;
  if (isLastUnfinished || (bar === firstBar && isFirstCut)) collector.drop();
  else collector.end(1);
  const [slots, ...columns] = collector.take();
  return { columns, slots: slots!, breaks: collector.breaks, broken: collector.broken, isFirstCut, isLastUnfinished };
}

function rowsOf(candles: Candles, bars: Bars, { offsetMs }: HigherGrid, { timeframeMs }: RowRules): Rows {
  const { slots, columns } = bars;
  const runs: Run[] = [];
  for (let index = 0; index < slots.length; index++)
    if (index === 0 || slots[index]! - slots[index - 1]! !== 1)
      runs.push({ index, timeMs: slots[index]! * timeframeMs + offsetMs, line: index + 1 });
  const unfinished = Math.max(candles.defects.unfinished, Number(bars.isLastUnfinished));
  return { ...candles.defects, unfinished, columns, count: slots.length, runs, newestFirst: false };
}

function noBar(candles: Candles, timeframe: string): InputError {
  const [first, last] = [openTimeMs(candles, 0), openTimeMs(candles, candles.count - 1)];
  return new InputError("CANDLE_EMPTY", `no whole ${timeframe} candle can be made of the data`, {
    where: escaped(candles.symbol),
    found: `candles of ${formatTimeframe(candles.timeframeMs)} from ${isoTime(first)} to ${isoTime(last)}`,
    expected: `all of at least one ${timeframe} candle`,
    remedy: "use a shorter --timeframe, or more data",
  });
}

import { type Candles, openTimeMs, stretchesOf } from "../candles/candles.ts";
import { type EntryRule, entryPrice } from "./entry.ts";
import { scannedFeatures } from "./features.ts";
import { barState, readyBars, refusalOf, signalOf } from "./gate.ts";
import { GrowingTable, type Row } from "./growingTable.ts";
import { scannedRow } from "./scannedRow.ts";
import { readingAt, seriesOf } from "./series.ts";
import { sortedTable } from "./sortedTable.ts";
import type { OpportunityTable } from "./table.ts";
import { components } from "./weights.ts";

export interface ScanOptions {
  /** Counts directional activations in either direction, as the older system did. Default: no. */
  readonly legacyActivations?: boolean;
  /** Where opportunities are entered; `signal-close` by default. */
  readonly entry?: EntryRule;
  /** Called now and then: by a scan of a market with its done part, 0-1, by one of a symbol with the bar that it has reached; may throw to stop. */
  readonly onBar?: (done: number) => void;
}

/** How many moments the scanner looked at, and the first reason, in this order, for each rejected one. */
export interface GateCounts {
  /** Bars that were looked at. */
  moments: number;
  /** Before every indicator is warm: 150 closed bars of 4 h. */
  warming: number;
  /** Shortly after a hole. */
  after_hole: number;
  /** No 4 h trend. */
  trend: number;
  /** A volume ratio below 1.2. */
  volume: number;
  /** An RSI within 15 of 50. */
  rsi: number;
  /** An indicator consensus below 2. */
  consensus: number;
  /** An ATR of 0: exits in ATRs are meaningless there. */
  zero_atr: number;
  /** Candles whose volume is 0. */
  zero_volume: number;
}

/** All counts at 0. */
export function noGateCounts(): GateCounts {
  return {
    moments: 0,
    warming: 0,
    after_hole: 0,
    trend: 0,
    volume: 0,
    rsi: 0,
    consensus: 0,
    zero_atr: 0,
    zero_volume: 0,
  };
}

const barsBetween = 256;

/** What a scan found and rejected. */
export interface Scan {
  readonly table: OpportunityTable;
  readonly gates: GateCounts;
}

/**
 * Every moment of the market that passes the ex-ante gate, in order of time, then symbol name. Nothing in a row depends on a later bar.
 * Building the table takes less memory if the source is an array, whose length is known.
 */
export async function scanMarket(
  source: readonly Candles[] | Iterable<Candles> | AsyncIterable<Candles>,
  options: ScanOptions = {},
): Promise<Scan> {
  const growing = new GrowingTable(scannedFeatures, components);
  const symbols: string[] = [];
  const gates = noGateCounts();
  for await (const candles of source) {
    const symbol = symbols.push(candles.symbol) - 1;
    const shareAt = (bar: number): number =>
      Array.isArray(source) ? (symbol + bar / candles.count) / source.length : 0;
    const onBar = (bar: number): void => options.onBar?.(shareAt(bar));
    for (const row of scanSymbol(candles, symbol, { ...options, onBar }, gates)) {
      const share = shareAt(row.bar);
      if (row.atr > 0) growing.push(row, share);
      else gates.zero_atr++;
    }
  }
  return { table: sortedTable(growing.take(symbols)), gates };
}

/** The opportunities of one symbol in order of time, including those with an ATR of 0. Nothing depends on data from before a break. */
export function* scanSymbol(
  candles: Candles,
  symbol: number,
  options: ScanOptions = {},
  gates: GateCounts = noGateCounts(),
): Generator<Row> {
  for (const volume of candles.volume) if (volume === 0) gates.zero_volume++;
  for (const { first, candles: stretch } of stretchesOf(candles))
    for (const row of scanStretch(
      stretch,
      symbol,
      { ...options, onBar: (bar) => options.onBar?.(first + bar) },
      gates,
    )) {
      row.bar += first;
      yield row;
    }
}

function* scanStretch(candles: Candles, symbol: number, options: ScanOptions, gates: GateCounts): Generator<Row> {
  const series = seriesOf(candles);
  const states = readyBars(candles, series.fourHours.closedBars);
  gates.moments += candles.count;
  for (let bar = 0; bar < candles.count; bar++) {
    if (bar % barsBetween === 0) options.onBar?.(bar);
    if (states[bar] !== barState.ready) {
      gates[states[bar] === barState.warming ? "warming" : "after_hole"]++;
      continue;
    }
    const reading = readingAt(series, bar);
    const signal = signalOf(reading);
    if (!signal) {
      gates[refusalOf(reading)!]++;
      continue;
    }
    const entry = entryPrice(candles, bar, options.entry ?? "signal-close");
    const place = { symbol, timestampMs: openTimeMs(candles, bar), bar, entry };
    yield scannedRow(series, place, reading, signal, options.legacyActivations);
  }
}

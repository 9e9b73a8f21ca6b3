import { type Candles, openTimeMs } from "../candles/candles.ts";
import { activationsOf, penaltyOf } from "./activations.ts";
import { featuresAt, scannedFeatures } from "./features.ts";
import { readyBars, signalOf } from "./gate.ts";
import { GrowingTable, type Row } from "./growingTable.ts";
import { signalScore } from "./score.ts";
import { readingAt, seriesOf } from "./series.ts";
import { snapshotAt } from "./snapshot.ts";
import { type OpportunityTable, pickRows } from "./table.ts";
import { components, defaultWeights } from "./weights.ts";

export interface ScanOptions {
  /** Let directional activations count in either direction, as the older system did. Default: no. */
  readonly legacyActivations?: boolean;
}

/** What a scan found, and how many moments it had to leave out. */
export interface Scan {
  readonly table: OpportunityTable;
  readonly skipped: {
    /** Moments that passed the gate with an ATR of 0: exits in ATRs mean nothing there. */
    readonly zeroAtr: number;
  };
}

/**
 * Every moment of the market that passes the ex-ante gate, in order of time, then symbol name. Nothing in a row knows a bar after its own.
 * The table takes less memory to make where the source is an array, which tells how much is to come.
 */
export async function scanMarket(
  source: readonly Candles[] | Iterable<Candles> | AsyncIterable<Candles>,
  options: ScanOptions = {},
): Promise<Scan> {
  const growing = new GrowingTable(scannedFeatures, components);
  const symbols: string[] = [];
  let zeroAtr = 0;
  for await (const candles of source) {
    const symbol = symbols.push(candles.symbol) - 1;
    for (const row of scanSymbol(candles, symbol, options)) {
      const share = Array.isArray(source) ? (symbol + row.bar / candles.count) / source.length : 0;
      if (row.atr > 0) growing.push(row, share);
      else zeroAtr++;
    }
  }
  return { table: sorted(growing.take(symbols)), skipped: { zeroAtr } };
}

/** Rows by time, then name; symbols and types by name, whichever was met first: the order of the source leaves no trace. */
function sorted(table: OpportunityTable): OpportunityTable {
  const symbols = [...table.symbols].sort();
  const types = [...table.types].sort();
  const symbolAt = table.symbols.map((name) => symbols.indexOf(name));
  const typeAt = table.types.map((name) => types.indexOf(name));
  const named: OpportunityTable = {
    ...table,
    symbols,
    symbol: table.symbol.map((symbol) => symbolAt[symbol]!),
    types,
    type: table.type.map((type) => typeAt[type]!),
  };
  const order = Uint32Array.from({ length: table.count }, (_, row) => row);
  order.sort((a, b) => named.timestampMs[a]! - named.timestampMs[b]! || named.symbol[a]! - named.symbol[b]!);
  return pickRows(named, order);
}

/** The opportunities of one symbol in order of time, those with an ATR of 0 among them. */
export function* scanSymbol(candles: Candles, symbol: number, options: ScanOptions = {}): Generator<Row> {
  const series = seriesOf(candles);
  const ready = readyBars(candles, series.fourHours.closedBars);
  for (let bar = 0; bar < candles.count; bar++) {
    if (ready[bar] === 0) continue;
    const reading = readingAt(series, bar);
    const signal = signalOf(reading);
    if (!signal) continue;
    const { direction, type } = signal;
    const activations = activationsOf(
      snapshotAt(series, bar, reading),
      type,
      options.legacyActivations ? 0 : direction,
    );
    const penalty = penaltyOf(reading.rsi14, type);
    const score = signalScore(components, activations, penalty, defaultWeights(type).values);
    yield {
      symbol,
      timestampMs: openTimeMs(candles, bar),
      bar,
      direction,
      type,
      entry: candles.close[bar]!,
      atr: series.indicators.atr14[bar]!,
      activations,
      penalty,
      features: featuresAt(series, bar, reading, signal, score),
    };
  }
}

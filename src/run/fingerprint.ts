import { createHash } from "node:crypto";
import type { Market } from "../candles/candles.ts";
import type { OpportunityTable } from "../opportunities/table.ts";
import { version } from "./version.ts";

/**
 * A hash of everything that a result depends on: version, options, candles and opportunities. Equal fingerprints mean equal results.
 * Paths, times and memory are not part of it.
 */
export function fingerprintOf(market: Market, table: OpportunityTable, options: unknown): string {
  const hash = createHash("sha256");
  const text = (value: unknown): void => void hash.update(`${JSON.stringify(value)}\n`);
  const column = (values: ArrayBufferView): void =>
    void hash.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  text([version, options, market.timeframeMs]);
  for (const symbol of [...market.bySymbol.keys()].sort()) {
    const candles = market.bySymbol.get(symbol)!;
    text([symbol, candles.firstOpenTimeMs, candles.count, candles.holes, candles.breaks]);
    if (candles.slots) column(candles.slots);
    if (candles.times) column(candles.times);
    for (const values of [candles.open, candles.high, candles.low, candles.close, candles.volume]) column(values);
  }
  text([table.symbols, table.types, table.featureNames]);
  for (const values of [
    table.symbol,
    table.timestampMs,
    table.direction,
    table.type,
    table.entry,
    table.atr,
    ...table.features,
  ])
    column(values);
  return hash.digest("hex").slice(0, 32);
}

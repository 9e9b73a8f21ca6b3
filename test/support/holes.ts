import { type Candles, type Hole, openTimeMs } from "../../src/candles/candles.ts";

/** The same candles without those at some slots, as if they had never been traded; the first and the last stay. */
export function without(candles: Candles, isMissing: (slot: number) => boolean): Candles {
  const kept: number[] = [];
  const holes: Hole[] = [];
  for (let slot = 0; slot < candles.count; slot++) {
    if (slot > 0 && slot < candles.count - 1 && isMissing(slot)) continue;
    const bars = kept.length === 0 ? 0 : slot - kept.at(-1)! - 1;
    if (bars > 0) holes.push({ index: kept.length, bars, missing: bars, fromMs: openTimeMs(candles, slot - bars) });
    kept.push(slot);
  }
  const pick = (column: Float64Array): Float64Array => Float64Array.from(kept, (slot) => column[slot]!);
  return {
    ...candles,
    count: kept.length,
    slots: holes.length === 0 ? null : Int32Array.from(kept),
    open: pick(candles.open),
    high: pick(candles.high),
    low: pick(candles.low),
    close: pick(candles.close),
    volume: pick(candles.volume),
    holes,
  };
}

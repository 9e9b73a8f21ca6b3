import { type Candles, openTimeMs } from "./candles.ts";
import { candleColumns } from "./header.ts";

/** The first line of a file in Sluice's own format. */
export const candleHeader = candleColumns.join(",");

const rowsAtOnce = 4096;

/**
 * Candles as text in Sluice's own format, in pieces of whole lines: open time in epoch ms, prices, volume. A number is written in the shortest form
 * that reads back as the same. The candles must have been read with their volume.
 */
export function* candleLines(candles: Candles): Generator<string> {
  const { open, high, low, close, volume, count } = candles;
  yield `${candleHeader}\n`;
  for (let from = 0; from < count; from += rowsAtOnce) {
    let text = "";
    for (let k = from; k < Math.min(count, from + rowsAtOnce); k++)
      text += `${openTimeMs(candles, k)},${open[k]},${high[k]},${low[k]},${close[k]},${volume[k]}\n`;
    yield text;
  }
}

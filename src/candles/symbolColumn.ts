import { quoted } from "../text.ts";
import type { Cells } from "./cells.ts";
import { namedFile } from "./fileName.ts";
import { plainName } from "./names.ts";

const columnNames = ["symbol", "ticker", "pair"];

/** The place of a column that says whose candles a file holds; -1 if there is none. */
export function symbolPlace(header: readonly string[]): number {
  return header.findIndex((name) => columnNames.includes(plainName(name)));
}

/**
 * What a row says of its symbol, in words, if that is another than the file's name gives; null if it is the same, spelt in any way (`BTC/USDT`,
 * `BTCUSDT`, `AAPL.US` for `AAPL`), or if one of them is not known. It is said and not refused: exchanges have names of their own for the same coin.
 */
export function otherSymbol(cells: Cells, place: number, path: string): string | null {
  const named = plainName(namedFile(path)?.symbol ?? "");
  const found = place < 0 ? "" : cells.text(place).trim();
  const plain = plainName(found);
  if (named === "" || plain === "" || named.startsWith(plain) || plain.startsWith(named)) return null;
  return `its rows say ${quoted(found)}: is the file named rightly?`;
}

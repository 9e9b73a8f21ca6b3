import { InputError } from "../errors.ts";
import { quoted } from "../text.ts";

/** `BTC/USDT`, `BTC/USDT:USDT`, `BTC/USDT:USDT-250328`: parts that their file name can be split into again. */
const pairForm = /^([A-Za-z\d-]{1,20})\/((?!PERP\b)[A-Z][A-Z\d]{2,9})(?::([A-Z][A-Z\d]{2,9}(?:-\d{6})?))?$/;

/**
 * The name of a symbol's candle file, as freqtrade names them: `BTC_USDT-15m.csv` for spot, `BTC_USDT_USDT-15m-futures.csv` for `BTC/USDT:USDT`. Throws
 * InputError for a symbol that could not be told from its file's name.
 */
export function candleFileName(symbol: string, timeframe: string): string {
  const [, base, quote, settle] = pairForm.exec(symbol) ?? [];
  if (base === undefined)
    throw new InputError("FETCH_SYMBOL", "a symbol that no file name can hold", {
      where: "--symbols",
      found: quoted(symbol),
      expected: "a pair such as BTC/USDT, or BTC/USDT:USDT for futures, in letters, digits and hyphens",
      remedy: "leave it out",
    });
  return settle === undefined
    ? `${base}_${quote}-${timeframe}.csv`
    : `${base}_${quote}_${settle}-${timeframe}-futures.csv`;
}

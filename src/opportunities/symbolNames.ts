import { nearest } from "../didYouMean.ts";

/** A market name without the marks that exchanges and charts add: `BTC/USDT:USDT`, `BINANCE:BTCUSDT`, `btc_usdt`, `BTCUSDT.P`. */
function plainSpellings(symbol: string): string[] {
  const upper = symbol.toUpperCase().replace(/[-_.]?(PERP|SWAP|P)$/, (mark) => (/^[-_.]/.test(mark) ? "" : mark));
  return [upper, ...upper.split(":")].map((part) => part.replace(/[^\p{L}\p{N}]/gu, "")).filter((part) => part !== "");
}

/** The symbol that another spelling or a typo most likely means; null if none is close. Only a hint, never a match. */
export function similarSymbol(symbol: string, symbols: readonly string[]): string | null {
  const spellings = plainSpellings(symbol);
  const same = symbols.find((known) => plainSpellings(known).some((each) => spellings.includes(each)));
  return same ?? nearest(symbol, symbols);
}

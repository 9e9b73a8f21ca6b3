import { nearest } from "../didYouMean.ts";

/** The spellings of one market that exchanges and charts use, without their marks: `BTC/USDT:USDT`, `BINANCE:BTCUSDT`, `btc_usdt`, `BTCUSDT.P`. */
function plainSpellings(symbol: string): string[] {
  const upper = symbol.toUpperCase().replace(/[-_.]?(PERP|SWAP|P)$/, (mark) => (/^[-_.]/.test(mark) ? "" : mark));
  return [upper, ...upper.split(":")].map((part) => part.replace(/[^\p{L}\p{N}]/gu, "")).filter((part) => part !== "");
}

/** The symbol that another spelling, or a slip, most likely means; null if none is near. It is a hint, never a match. */
export function similarSymbol(symbol: string, symbols: readonly string[]): string | null {
  const spellings = plainSpellings(symbol);
  const same = symbols.find((known) => plainSpellings(known).some((each) => spellings.includes(each)));
  return same ?? nearest(symbol, symbols);
}

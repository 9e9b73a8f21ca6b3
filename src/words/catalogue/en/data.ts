import { count, counted } from "../../figures.ts";

/** What was read of candles and of signals. */
export const data = {
  candles: "Candles",
  breaks: "Breaks",
  signals: "Signals",
  warning: "Warning",
  span: (symbols: number, candles: number, from: string, to: string) =>
    `${counted(symbols, "symbol")}, ${counted(candles, "candle")}, ${from} to ${to}`,
  missing: (candles: number, holes: number) => `${count(candles)} missing in ${counted(holes, "hole")}`,
  duplicates: (duplicates: number) => counted(duplicates, "duplicate"),
  repaired: (candles: number) => `${count(candles)} with rounding errors repaired`,
  dropped: (candles: number) => `${count(candles)} dropped as invalid`,
  unfinished: (candles: number) => `${counted(candles, "unfinished candle")} left out`,
  closed: (when: string) => `closed ${when}`,
  closedOf: (when: string, symbols: number) => `closed ${when} (${counted(symbols, "symbol")})`,
  funding: (payments: number) => counted(payments, "funding payment"),
  leftOut: (symbols: string) => `no candles in this span: ${symbols}`,
  andMore: (names: string, more: number) => `${names} and ${count(more)} more`,
  otherWays: (ways: number) => `other files in ${count(ways)} more ways (read_as in --json)`,
  unitChanges: (breaks: number) => `${counted(breaks, "change")} of the price unit, nothing trades across`,
  unitChangesAt: (changes: string) =>
    `price unit changes (split or redenomination), nothing trades across them: ${changes}`,
  moreChanges: (changes: number) => `, and ${count(changes)} more`,
  crossing: (opportunities: number) => ` (${count(opportunities)} across a change of unit)`,
  signalRows: (rows: number, what: string) => `${counted(rows, "row")}: ${what}`,
  signalsDropped: (rows: number, inHoles: number) =>
    `${count(rows)} dropped${inHoles > 0 ? ` (${count(inHoles)} in holes)` : ""}`,
  signalsTwice: (rows: number) => `${counted(rows, "duplicate")} dropped`,
  signalsOverlapping: (rows: number) => `${count(rows)} overlapping`,
  notShown: (columns: string) => `not shown: ${columns} (--verbose)`,
  moreRows: (rows: number) => `and ${rows} more`,
};

import type { Market } from "../candles/candles.ts";
import type { OpportunityTable } from "./table.ts";

/** Rows that share a candle with an earlier row of their symbol. */
export interface SharedBars {
  /** Pairs of rows that are one signal (symbol, candle, direction, type): the first one, and a later one. */
  readonly pairs: readonly { readonly first: number; readonly again: number }[];
  /** Later rows of another direction or type. */
  readonly overlapping: number;
}

/** Finds them. A first pass marks candles with one bit each, since few are usually shared; the second keeps only the shared ones. */
export function sharedBarsOf(table: OpportunityTable, market: Market): SharedBars {
  const { count, symbols, symbol, bar } = table;
  const firsts = new Float64Array(symbols.length);
  let candles = 0;
  for (const [at, name] of symbols.entries()) {
    firsts[at] = candles;
    candles += market.bySymbol.get(name)!.count;
  }
  const once = new Bits(candles);
  const more = new Bits(candles);
  let shared = 0;
  for (let row = 0; row < count; row++) {
    const candle = firsts[symbol[row]!]! + bar[row]!;
    if (!once.add(candle) && more.add(candle)) shared++;
  }
  if (shared === 0) return { pairs: [], overlapping: 0 };
  return compared(table, shared, (row) => {
    const candle = firsts[symbol[row]!]! + bar[row]!;
    return more.has(candle) ? candle : -1;
  });
}

/** Compares the rows of each shared candle with one another; they are chained behind the first. */
function compared(
  { count, direction, type }: OpportunityTable,
  shared: number,
  candleOf: (row: number) => number,
): SharedBars {
  const heads = new CandleRows(shared);
  // A row + 1, and 0 for none.
  const following = new Int32Array(count);
  const pairs: { first: number; again: number }[] = [];
  let overlapping = 0;
  for (let row = 0; row < count; row++) {
    const candle = candleOf(row);
    if (candle < 0) continue;
    let other = heads.firstOf(candle, row);
    if (other === row) continue;
    const isOther = (): boolean => direction[other] !== direction[row] || type[other] !== type[row];
    while (isOther() && following[other]! > 0) other = following[other]! - 1;
    if (isOther()) {
      following[other] = row + 1;
      overlapping++;
    } else pairs.push({ first: other, again: row });
  }
  return { pairs, overlapping };
}

class Bits {
  private readonly words: Int32Array;

  constructor(count: number) {
    this.words = new Int32Array(Math.ceil(count / 32));
  }

  has(at: number): boolean {
    return (this.words[Math.floor(at / 32)]! & (1 << (at % 32))) !== 0;
  }

  /** Sets a bit; returns whether it was not set before. */
  add(at: number): boolean {
    const word = Math.floor(at / 32);
    const before = this.words[word]!;
    const after = before | (1 << (at % 32));
    this.words[word] = after;
    return after !== before;
  }
}

/** The first row of each candle, by open addressing. */
class CandleRows {
  private readonly candles: Float64Array;
  private readonly rows: Int32Array;

  constructor(count: number) {
    let size = 1;
    while (size < 2 * count) size *= 2;
    this.candles = new Float64Array(size).fill(-1);
    this.rows = new Int32Array(size);
  }

  /** The first row of a candle: `row` itself if there is none yet. */
  firstOf(candle: number, row: number): number {
    const mask = this.candles.length - 1;
    // Spreads neighbouring candles over the slots (Fibonacci hashing, Knuth 6.4).
    const mixed = Math.imul(candle, 0x9e3779b1);
    let slot = (mixed ^ (mixed >>> 15)) & mask;
    while (this.candles[slot]! >= 0 && this.candles[slot] !== candle) slot = (slot + 1) & mask;
    if (this.candles[slot] === candle) return this.rows[slot]!;
    this.candles[slot] = candle;
    this.rows[slot] = row;
    return row;
  }
}

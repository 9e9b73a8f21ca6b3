import * as abi from "./abi.ts";
import { type BorrowedCore, borrowCore, type Core } from "./instance.ts";
import { type Layout, layOut, requireFit } from "./layout.ts";

/** How much money a trade gets: a code of abi.ts, and an amount in quote currency or a share of realised equity. */
export interface CoreStake {
  readonly kind: typeof abi.STAKE_FIXED | typeof abi.STAKE_SHARE | typeof abi.STAKE_RISK;
  readonly value: number;
}

/** One purse, as the core knows it. */
export interface CorePurse {
  /** Quote currency. */
  readonly capital: number;
  readonly stake: CoreStake;
  readonly leverage: number;
  /** How far the price may go against a position, percent of entry. */
  readonly liquidationPercent: number;
  /** Positions open at once; infinite without a limit. */
  readonly maxOpen: number;
  /** Of a round trip, a fraction of entry. */
  readonly cost: number;
  readonly barMs: number;
}

/** Opportunities in the order in which signals are acted on, one element each. */
export interface CoreSignals {
  /** Time of the signal's bar, ms. */
  readonly timeMs: Float64Array;
  readonly entry: Float64Array;
  readonly atr: Float64Array;
  /** Funding that longs paid until the entry, a fraction. */
  readonly funding: Float64Array;
  readonly symbol: Uint32Array;
  /** Half bar in which a position would be liquidated; NEVER if it would not. */
  readonly liquidation: Int32Array;
  readonly direction: Int8Array;
}

/** The days of an account, and what stands at their ends, by symbol and day. */
export interface CoreDays {
  readonly firstMs: number;
  readonly count: number;
  readonly symbols: number;
  readonly close: Float64Array;
  readonly funding: Float64Array;
}

/** The trades of a set in that order, `count` elements: place of the opportunity, half bar of the exit, code of what ended it, price and net return. */
export interface CoreTrades {
  readonly count: number;
  readonly place: Uint32Array;
  readonly halfBars: Int32Array;
  readonly reason: Uint8Array;
  readonly exit: Float64Array;
  readonly return: Float64Array;
}

/** The set's stop: what a stake by risk is reckoned from. */
export interface CoreStopLevel {
  readonly value: number;
  readonly unit: "atr" | "percent";
}

/** Sizes that an account's memory depends on. */
export interface AccountSize {
  /** Opportunities, each of which a set may trade. */
  readonly signals: number;
  readonly symbols: number;
  readonly days: number;
}

const sums = (abi.ACCOUNT_BYTES - abi.ACCOUNT_SUMS) / 8;

/** The linear memory of an account, region by region. */
export function accountLayout({ signals, symbols, days }: AccountSize) {
  return layOut({
    account: abi.ACCOUNT_BYTES,
    signalTimes: signals * 8,
    entries: signals * 8,
    atrs: signals * 8,
    entryFunding: signals * 8,
    symbols: signals * 4,
    liquidations: signals * 4,
    directions: signals,
    closes: symbols * days * 8,
    dayFunding: symbols * days * 8,
    trades: signals * 4,
    times: signals * 4,
    reasons: signals,
    prices: signals * 8,
    returns: signals * 8,
    // One position per symbol, and one more while it is put in order.
    open: (symbols + 1) * abi.POSITION_BYTES,
    openSymbols: symbols,
    equity: days * 8,
  });
}

type AccountRegion = ReturnType<typeof accountLayout> extends Layout<infer Name> ? Name : never;

/** Replays one purse over the trades of many sets, in the core and in one fixed memory. */
export class AccountReplayer {
  private readonly borrowed: BorrowedCore;
  private readonly core: Core;
  private readonly at: Layout<AccountRegion>["offsets"];
  private readonly floats: Float64Array;
  private readonly words: Uint32Array;
  private readonly bytes: Uint8Array;
  private readonly dayCount: number;

  /** Throws CapacityError if `memoryBytes` cannot hold the opportunities and the days. */
  constructor(signals: CoreSignals, days: CoreDays, purse: CorePurse, memoryBytes: number) {
    const size = { signals: signals.timeMs.length, symbols: days.symbols, days: days.count };
    const layout = accountLayout(size);
    requireFit(layout, memoryBytes, `a portfolio of ${size.signals} opportunities and ${size.days} days`, "table");
    this.borrowed = borrowCore(layout.totalBytes, memoryBytes);
    const { memory, core } = this.borrowed;
    this.core = core;
    this.at = layout.offsets;
    this.dayCount = days.count;
    this.floats = new Float64Array(memory.buffer);
    this.words = new Uint32Array(memory.buffer);
    this.bytes = new Uint8Array(memory.buffer);
    this.setSignals(signals);
    this.floats.set(days.close, this.at.closes / 8);
    this.floats.set(days.funding, this.at.dayFunding / 8);
    this.setFields(days, purse);
  }

  get linearMemoryBytes(): number {
    return this.borrowed.memory.buffer.byteLength;
  }

  /** Releases the memory; the replayer must not be used afterwards. */
  release(): void {
    this.borrowed.release();
  }

  /** The sums of one set, f64 from SUM_EQUITY on: a copy. */
  replay(trades: CoreTrades, stop: CoreStopLevel): Float64Array {
    const { at, floats, words, bytes } = this;
    const { count } = trades;
    words.set(trades.place.subarray(0, count), at.trades / 4);
    words.set(trades.halfBars.subarray(0, count), at.times / 4);
    bytes.set(trades.reason.subarray(0, count), at.reasons);
    floats.set(trades.exit.subarray(0, count), at.prices / 8);
    floats.set(trades.return.subarray(0, count), at.returns / 8);
    words[(at.account + abi.ACCOUNT_STOP_UNIT) / 4] = stop.unit === "percent" ? abi.PERCENT : abi.ATR;
    floats[(at.account + abi.ACCOUNT_STOP) / 8] = stop.value;
    this.core.replayAccount(at.account, count);
    const from = (at.account + abi.ACCOUNT_SUMS) / 8;
    return floats.slice(from, from + sums);
  }

  /** Equity at the end of each day of the set that was replayed last: a copy. */
  dayEquity(): Float64Array {
    return this.floats.slice(this.at.equity / 8, this.at.equity / 8 + this.dayCount);
  }

  private setSignals(signals: CoreSignals): void {
    const { at, floats, words, bytes } = this;
    floats.set(signals.timeMs, at.signalTimes / 8);
    floats.set(signals.entry, at.entries / 8);
    floats.set(signals.atr, at.atrs / 8);
    floats.set(signals.funding, at.entryFunding / 8);
    words.set(signals.symbol, at.symbols / 4);
    words.set(signals.liquidation, at.liquidations / 4);
    bytes.set(signals.direction, at.directions);
  }

  private setFields(days: CoreDays, purse: CorePurse): void {
    const { at } = this;
    const places: readonly (readonly [number, number])[] = [
      [abi.ACCOUNT_ENTRY_TIMES, at.signalTimes],
      [abi.ACCOUNT_ENTRIES, at.entries],
      [abi.ACCOUNT_ATRS, at.atrs],
      [abi.ACCOUNT_ENTRY_FUNDING, at.entryFunding],
      [abi.ACCOUNT_SYMBOLS, at.symbols],
      [abi.ACCOUNT_LIQUIDATIONS, at.liquidations],
      [abi.ACCOUNT_DIRECTIONS, at.directions],
      [abi.ACCOUNT_CLOSES, at.closes],
      [abi.ACCOUNT_DAY_FUNDING, at.dayFunding],
      [abi.ACCOUNT_DAYS, days.count],
      [abi.ACCOUNT_TRADES, at.trades],
      [abi.ACCOUNT_TIMES, at.times],
      [abi.ACCOUNT_REASONS, at.reasons],
      [abi.ACCOUNT_PRICES, at.prices],
      [abi.ACCOUNT_RETURNS, at.returns],
      [abi.ACCOUNT_OPEN, at.open],
      [abi.ACCOUNT_OPEN_SYMBOLS, at.openSymbols],
      [abi.ACCOUNT_SYMBOL_COUNT, days.symbols],
      [abi.ACCOUNT_EQUITY, at.equity],
      [abi.ACCOUNT_STAKE_KIND, purse.stake.kind],
      // More positions than symbols are never open.
      [abi.ACCOUNT_MAX_OPEN, Math.min(purse.maxOpen, days.symbols + 1)],
    ];
    for (const [field, value] of places) this.words[(at.account + field) / 4] = value;
    const figures: readonly (readonly [number, number])[] = [
      [abi.ACCOUNT_CAPITAL, purse.capital],
      [abi.ACCOUNT_STAKE, purse.stake.value],
      [abi.ACCOUNT_LEVERAGE, purse.leverage],
      [abi.ACCOUNT_LIQUIDATION, purse.liquidationPercent],
      [abi.ACCOUNT_COST, purse.cost],
      [abi.ACCOUNT_BAR_MS, purse.barMs],
      [abi.ACCOUNT_FIRST_MS, days.firstMs],
    ];
    for (const [field, value] of figures) this.floats[(at.account + field) / 8] = value;
  }
}

/** A sum of a replay by its place in abi.ts. */
export function sumAt(found: Float64Array, sum: number): number {
  return found[(sum - abi.ACCOUNT_SUMS) / 8]!;
}

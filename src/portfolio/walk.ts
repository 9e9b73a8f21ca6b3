import type { Candles, Market } from "../candles/candles.ts";
import type { OpportunityTable } from "../opportunities/table.ts";
import { candlesOf, slotTimeMs } from "../search/market.ts";
import type { ExitReason, Trade, TradeRules } from "../search/trades.ts";
import { distanceOf, type Exit, type Level } from "../space/exitParts.ts";
import { exitOf } from "../space/exits.ts";
import type { Parameters } from "../space/parameters.ts";
import { type DayMarks, type Days, dayMarksOf, dayMs, daysOf, fundingUntil } from "./days.ts";
import { isLiquidated, liquidationHalfBar, liquidationPercent, liquidationPrice } from "./liquidation.ts";
import { type AccountSums, daySumsOf } from "./metrics.ts";
import { entryOrderOf } from "./order.ts";
import { moneyTolerance, type Portfolio, type SkipReason } from "./portfolio.ts";

/** The data and rules of an account. */
export interface AccountTask {
  readonly table: OpportunityTable;
  readonly market: Market;
  readonly rules: TradeRules;
  readonly portfolio: Portfolio;
  /** Days that it covers; by default those of the table and its candles. */
  readonly days?: Days;
}

/** How a trade of the account ended. */
export interface Taken {
  /** Margin, quote currency. */
  readonly stake: number;
  /** Quote currency, net; never below -stake. */
  readonly profit: number;
  /** Realised equity after the exit, quote currency. */
  readonly equity: number;
  readonly reason: ExitReason | "liquidation";
  /** Price of the exit, bars held, and net return as a fraction of entry: other than the trade's where it was liquidated. */
  readonly exit: number;
  readonly bars: number;
  readonly return: number;
}

/** A trade of the set, and what the account made of it. */
export interface AccountTrade {
  readonly trade: Trade;
  /** How it ended; null if it was skipped. */
  readonly taken: Taken | null;
  /** Why it was skipped; null if it was taken. */
  readonly skipped: SkipReason | null;
}

/** What a portfolio made of a set's trades. */
export interface Account {
  /** The set's trades, in the order in which their signals were acted on. */
  readonly trades: readonly AccountTrade[];
  readonly days: Days;
  /** Equity at the end of each day, open positions at the day's last close, quote currency. */
  readonly equity: Float64Array;
  readonly sums: AccountSums;
}

/** The level of an exit's stop, from which a stake by risk is reckoned. */
export function stopLevelOf({ stops }: Pick<Exit, "stops">): Level {
  const { core } = stops[0]!;
  // The first stop of an exit has a fixed level.
  return core.kind === "fixed" ? core.level : { value: 0, unit: "percent" };
}

/**
 * One purse over a set's trades, signal by signal: the rule of docs/portfolio.md, slow and obvious on purpose, which the core must equal to the bit.
 * Times are those of slots: open times, clock changes aside.
 */
export function accountOf(task: AccountTask, exits: ExitsOf, trades: readonly Trade[]): Account {
  if (typeof exits === "function") return new AccountWalk(task, exits as (trade: Trade) => Exit).walk(trades);
  const exit = exitOf(exits);
  return new AccountWalk(task, () => exit).walk(trades);
}

/** The exit that trades were made with: that of one set, or each trade's own where several sets share a purse. */
export type ExitsOf = Parameters | ((trade: Trade) => Exit);

/** An open position; those of one walk stand in order of exit, then of entry. */
interface Position {
  readonly place: number;
  readonly symbol: number;
  readonly direction: 1 | -1;
  readonly entry: number;
  readonly fundingAtEntry: number;
  readonly exitMs: number;
  readonly stake: number;
  readonly notional: number;
  readonly taken: Omit<Taken, "equity">;
}

class AccountWalk {
  private readonly candles: readonly Candles[];
  private readonly days: Days;
  private readonly marks: DayMarks;
  private readonly percent: number;
  private readonly dayEquity: Float64Array;
  private readonly ended: AccountTrade[] = [];
  private readonly skipped = { ruined: 0, symbol_open: 0, max_open: 0, no_money: 0 };
  private open: Position[] = [];
  private equity: number;
  private nextDay = 0;
  private openUntilMs = Number.NEGATIVE_INFINITY;
  private openMs = 0;
  private stakeMs = 0;
  private notional = 0;
  private taken = 0;
  private wins = 0;
  private liquidations = 0;

  constructor(
    private readonly task: AccountTask,
    private readonly exitOf: (trade: Trade) => Exit,
  ) {
    this.candles = candlesOf(task.table, task.market);
    this.days = task.days ?? daysOf(task.table, this.candles);
    this.marks = dayMarksOf(this.candles, this.days, task.rules);
    this.percent = liquidationPercent(task.portfolio);
    this.dayEquity = new Float64Array(this.days.count);
    this.equity = task.portfolio.capital;
  }

  walk(trades: readonly Trade[]): Account {
    const inOrder = entryOrderOf(this.task.table, this.candles);
    const ordered = [...trades].sort((a, b) => inOrder(a.row, b.row));
    for (const [place, trade] of ordered.entries()) this.meet(place, trade);
    this.closeUntil(Number.POSITIVE_INFINITY);
    this.markUntil(this.days.count);
    const { equity, notional, stakeMs, openMs, wins, liquidations, skipped } = this;
    const sums = {
      finalEquity: equity,
      ...daySumsOf(this.dayEquity, this.task.portfolio.capital),
      ...{ notional, stakeMs, openMs, trades: this.taken, wins, liquidations, skipped },
    };
    return { trades: this.ended, days: this.days, equity: this.dayEquity, sums };
  }

  /** A signal of the set, at the close of its bar: everything that left by then has left. */
  private meet(place: number, trade: Trade): void {
    const timeMs = this.timeOf(trade);
    this.closeUntil(timeMs);
    this.markUntil(this.dayOf(timeMs));
    const symbol = this.task.table.symbol[trade.row]!;
    const stake = this.stakeOf(trade);
    const why = this.refusal(symbol, stake);
    if (why === null) this.enter(place, trade, Math.min(stake, this.free()));
    else {
      this.skipped[why]++;
      this.ended[place] = { trade, taken: null, skipped: why };
    }
  }

  private refusal(symbol: number, stake: number): SkipReason | null {
    if (this.equity <= 0) return "ruined";
    if (this.open.some((position) => position.symbol === symbol)) return "symbol_open";
    if (this.open.length >= this.task.portfolio.maxOpen) return "max_open";
    const free = this.free();
    return !(Math.min(stake, free) > 0) || stake > free + moneyTolerance * this.equity ? "no_money" : null;
  }

  private free(): number {
    return this.equity - this.open.reduce((sum, { stake }) => sum + stake, 0);
  }

  private stakeOf(trade: Trade): number {
    const { row, entry } = trade;
    const { stake, leverage } = this.task.portfolio;
    if (stake.kind === "fixed") return stake.amount;
    if (stake.kind === "share") return this.equity * stake.share;
    const distance = distanceOf(stopLevelOf(this.exitOf(trade)), { entry, atr: this.task.table.atr[row]!, cost: 0 });
    // A position loses its stake at most, wherever its stop stands.
    return (this.equity * stake.share) / Math.min(1, leverage * (distance / entry));
  }

  private enter(place: number, trade: Trade, stake: number): void {
    const { table, rules, market, portfolio } = this.task;
    const symbol = table.symbol[trade.row]!;
    const notional = stake * portfolio.leverage;
    const taken = this.endOf(trade, stake, notional);
    const heldMs = taken.bars * market.timeframeMs;
    const entryMs = this.timeOf(trade);
    const exitMs = entryMs + heldMs;
    const fundingAtEntry = fundingUntil(this.candles[symbol]!, table.bar[trade.row]!, rules);
    const { direction, entry } = trade;
    this.open.push({ place, symbol, direction, entry, fundingAtEntry, exitMs, stake, notional, taken });
    this.open.sort((a, b) => a.exitMs - b.exitMs || a.place - b.place);
    this.ended[place] = { trade, taken: null, skipped: null };
    this.taken++;
    if (taken.profit > 0) this.wins++;
    if (taken.reason === "liquidation") this.liquidations++;
    this.notional += notional;
    this.stakeMs += stake * heldMs;
    if (exitMs > this.openUntilMs) {
      this.openMs += exitMs - Math.max(this.openUntilMs, entryMs);
      this.openUntilMs = exitMs;
    }
  }

  /** How a trade ends under the portfolio's leverage. */
  private endOf(trade: Trade, stake: number, notional: number): Omit<Taken, "equity"> {
    const { table, portfolio } = this.task;
    const held = { bar: table.bar[trade.row]!, direction: trade.direction, entry: trade.entry };
    const series = this.candles[table.symbol[trade.row]!]!;
    const halfBar = liquidationHalfBar(series, held, this.percent, trade.bars);
    const end = { halfBars: trade.halfBars, isStopped: this.isStop(trade), exit: trade.exit };
    if (!isLiquidated(halfBar, end, this.percent, held)) {
      const profit = Math.max(-stake, notional * trade.return);
      return { stake, profit, reason: trade.reason, exit: trade.exit, bars: trade.bars, return: trade.return };
    }
    const exit = liquidationPrice(this.percent, held);
    const bars = (halfBar + 1) >> 1;
    return { stake, profit: -stake, reason: "liquidation", exit, bars, return: -1 / portfolio.leverage };
  }

  private closeUntil(timeMs: number): void {
    while (this.open.length > 0 && this.open[0]!.exitMs <= timeMs) {
      const { exitMs, place, taken } = this.open[0]!;
      this.markUntil(this.dayOf(exitMs));
      this.equity += taken.profit;
      this.open = this.open.slice(1);
      this.ended[place] = { ...this.ended[place]!, taken: { ...taken, equity: this.equity } };
    }
  }

  /** Equity at the end of every day before this one. */
  private markUntil(day: number): void {
    for (; this.nextDay < Math.min(day, this.days.count); this.nextDay++)
      this.dayEquity[this.nextDay] = this.open.reduce((sum, position) => sum + this.worth(position), this.equity);
  }

  /** What a position would make if it were closed at the last close of the day. */
  private worth({ symbol, direction, entry, fundingAtEntry, stake, notional }: Position): number {
    const { fee, slippage } = this.task.rules;
    const at = symbol * this.days.count + this.nextDay;
    const costs = 2 * (fee + slippage) + direction * (this.marks.funding[at]! - fundingAtEntry);
    const made = (direction * (this.marks.close[at]! - entry)) / entry - costs;
    return Math.max(-stake, notional * made);
  }

  private isStop(trade: Trade): boolean {
    return this.exitOf(trade).stops.some((stop) => stop.reason === trade.reason);
  }

  private timeOf({ row }: Trade): number {
    const { table } = this.task;
    return slotTimeMs(this.candles[table.symbol[row]!]!, table.bar[row]!);
  }

  private dayOf(timeMs: number): number {
    return Math.floor((timeMs - this.days.firstMs) / dayMs);
  }
}

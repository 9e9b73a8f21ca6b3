import { expect } from "vitest";
import { type Candles, unbroken } from "../../src/candles/candles.ts";
import { type AccountSums, portfolioMetricsOf } from "../../src/portfolio/metrics.ts";
import type { Portfolio } from "../../src/portfolio/portfolio.ts";
import { PortfolioReplayer } from "../../src/portfolio/replayer.ts";
import { type Account, accountOf } from "../../src/portfolio/walk.ts";
import { SetReplayer } from "../../src/search/setReplayer.ts";
import type { TradeRules } from "../../src/search/trades.ts";
import { exitOf } from "../../src/space/exits.ts";
import type { Parameters } from "../../src/space/parameters.ts";
import { type RandomCase, startMs } from "./random.ts";

/** No costs, no funding. */
export const freeRules: TradeRules = {
  fee: 0,
  slippage: 0,
  fundingPer8h: 0,
  intrabar: "stop-first",
  summaryBars: null,
};

/** What most exchanges charge for futures, with funding. */
export const usualRules: TradeRules = { ...freeRules, fee: 0.0005, slippage: 0.0002, fundingPer8h: 0.0001 };

/** A purse of 1,000 that stakes a tenth, without leverage. */
export const plainPortfolio: Portfolio = {
  capital: 1000,
  stake: { kind: "share", share: 0.1 },
  leverage: 1,
  maintenanceMargin: 0.005,
  maxOpen: Number.POSITIVE_INFINITY,
};

const memoryBytes = 16 * 2 ** 20;

/** Accounts of some sets by the plain walk, each found equal to the core's to the bit. */
export function accountsOf(
  { market, table, labels }: Pick<RandomCase, "market" | "table" | "labels">,
  rules: TradeRules,
  portfolio: Portfolio,
  sets: readonly Parameters[],
): Account[] {
  const longestBars = 400;
  const replayer = new SetReplayer({ table, labels, market, rules, longestBars, memoryBytes });
  const task = { table, market, rules, portfolio };
  const inCore = new PortfolioReplayer({ ...task, longestBars, memoryBytes });
  try {
    return sets.map((params) => {
      const account = accountOf(task, params, replayer.trades(params));
      const { rows, outcomes } = replayer.replay(params);
      const sums: AccountSums = inCore.sums(exitOf(params), rows, outcomes);
      expect(sums).toEqual(account.sums);
      expect(inCore.dayEquity()).toEqual(account.equity);
      expect(inCore.metrics(exitOf(params), rows, outcomes)).toEqual(
        portfolioMetricsOf(account.sums, portfolio, account.days),
      );
      return account;
    });
  } finally {
    inCore.release();
    replayer.release();
  }
}

/** Candles of six hours, four a day. */
export const quarterDayMs = 6 * 3_600_000;
/** Open, high, low, close. */
export type Bar = readonly [number, number, number, number];

/** A signal of a hand-made case; the entry is the close of its bar unless it says another. */
export interface HandSignal {
  readonly symbol: string;
  readonly bar: number;
  readonly direction?: 1 | -1;
  readonly entry?: number;
  readonly atr?: number;
  readonly type?: string;
  readonly score?: number;
}

/** Candles of six hours from midnight of 2025-01-01 UTC on, and signals on them, in the order given. */
export function handCase(
  bars: Readonly<Record<string, readonly Bar[]>>,
  signals: readonly HandSignal[],
): Pick<RandomCase, "market" | "table" | "labels"> {
  const symbols = Object.keys(bars);
  const seriesOf = (symbol: string): Candles => {
    const column = (k: number): Float64Array => Float64Array.from(bars[symbol]!, (bar) => bar[k]!);
    const [open, high, low, close] = [column(0), column(1), column(2), column(3)];
    const rest = { symbol, timeframeMs: quarterDayMs, firstOpenTimeMs: startMs, volume: close };
    return unbroken({ ...rest, count: close.length, open, high, low, close });
  };
  const bySymbol = new Map(symbols.map((symbol) => [symbol, seriesOf(symbol)]));
  const types = [...new Set(signals.map(({ type = "all" }) => type))];
  const hasScores = signals.some(({ score }) => score !== undefined);
  const zeros = new Float64Array(signals.length);
  return {
    market: { timeframeMs: quarterDayMs, bySymbol },
    table: {
      count: signals.length,
      symbols,
      symbol: Uint16Array.from(signals, ({ symbol }) => symbols.indexOf(symbol)),
      timestampMs: Float64Array.from(signals, ({ bar }) => startMs + bar * quarterDayMs),
      bar: Int32Array.from(signals, ({ bar }) => bar),
      direction: Int8Array.from(signals, ({ direction = 1 }) => direction),
      types,
      type: Uint8Array.from(signals, ({ type = "all" }) => types.indexOf(type)),
      entry: Float64Array.from(signals, ({ symbol, bar, entry }) => entry ?? bars[symbol]![bar]![3]),
      atr: Float64Array.from(signals, ({ atr = 1 }) => atr),
      featureNames: hasScores ? ["signal_score"] : [],
      features: hasScores ? [Float64Array.from(signals, ({ score = Number.NaN }) => score)] : [],
    },
    labels: { mfe: zeros, mae: zeros, hoursToMfe: zeros, density: zeros, objective: new Uint8Array(signals.length) },
  };
}

/** The account of one set in a case by hand, by the plain walk, equal to the core's. */
export function handAccount(
  bars: Readonly<Record<string, readonly Bar[]>>,
  signals: readonly HandSignal[],
  { set, portfolio = {}, rules = freeRules }: HandRules,
): Account {
  return accountsOf(handCase(bars, signals), rules, { ...plainPortfolio, ...portfolio }, [set])[0]!;
}

/** What a case by hand is traded with. */
export interface HandRules {
  readonly set: Parameters;
  readonly portfolio?: Partial<Portfolio>;
  readonly rules?: TradeRules;
}

/** What happened to each signal, in the order of the account: reason of the exit, or why it was skipped, in brackets. */
export const fatesOf = ({ trades }: Account): string[] =>
  trades.map(({ trade, taken, skipped }) => `${trade.symbol} ${skipped ? `(${skipped})` : taken!.reason}`);

import Papa from "papaparse";
import { InputError } from "../errors.ts";
import type { SkipReason } from "../portfolio/portfolio.ts";
import type { Account } from "../portfolio/walk.ts";
import type { ExitReason, Trade } from "../search/trades.ts";
import { targetFile } from "../targetFile.ts";
import { writeWhole } from "../wholeFile.ts";

/** Columns of a trades file: its first line. */
export const tradeColumns = [
  "symbol",
  "entry_time",
  "exit_time",
  "direction",
  "type",
  "entry",
  "exit",
  "reason",
  "bars",
  "return",
] as const;
/** Behind them where a set has a partial exit. */
export const partialColumns = ["partial_time", "partial_return"] as const;

/** Behind them where a portfolio was given. */
export const moneyColumns = ["stake", "profit", "equity", "skipped"] as const;

/** One trade as a row. Times are open times, epoch ms UTC, of the signal's candle and of the last one; prices in quote currency. */
export interface TradeRow {
  /** Symbol, as the candles name it. */
  readonly symbol: string;
  /** Open time of the signal's candle, epoch ms. */
  readonly entry_time: number;
  /** Open time of the last candle, epoch ms. */
  readonly exit_time: number;
  /** Its side. */
  readonly direction: "long" | "short";
  /** Signal type. */
  readonly type: string;
  /** Price of the entry. */
  readonly entry: number;
  /** Price of the exit. */
  readonly exit: number;
  /** Which rule closed the trade. */
  readonly reason: ExitReason | "liquidation";
  /** Bars held; 0 if the data ends with the signal's. */
  readonly bars: number;
  /** Net of costs, a fraction of entry. */
  readonly return: number;
  /** Of a set with a partial exit: when the part left, and what it made, net, a fraction of entry; null where none did. */
  readonly partial_time?: number | null;
  /** What the part that left early made, net. */
  readonly partial_return?: number | null;
  /** Of a portfolio: its margin, quote currency; null if it was skipped. */
  readonly stake?: number | null;
  /** What it made, net, quote currency; null if it was skipped. */
  readonly profit?: number | null;
  /** Realised equity after its exit, quote currency; null if it was skipped. */
  readonly equity?: number | null;
  /** Why the portfolio did not trade it; null if it did. */
  readonly skipped?: SkipReason | null;
}

/** Trades as rows in entry order (equal times in table order). `isPartial` gives the columns of partial exits too. */
export function tradeRows(trades: readonly Trade[], isPartial: boolean): TradeRow[] {
  const ordered = [...trades].sort((a, b) => a.entryTimeMs - b.entryTimeMs || a.row - b.row);
  return ordered.map((trade) => ({
    symbol: trade.symbol,
    entry_time: trade.entryTimeMs,
    exit_time: trade.exitTimeMs,
    direction: trade.direction === 1 ? "long" : "short",
    type: trade.type,
    entry: trade.entry,
    exit: trade.exit,
    reason: trade.reason,
    bars: trade.bars,
    return: trade.return,
    ...(isPartial && { partial_time: trade.partialTimeMs ?? null, partial_return: trade.partialReturn ?? null }),
  }));
}

/**
 * The same of a portfolio's account: a trade that it liquidated ends there, and each row says what its money did. A trade that was skipped stands as
 * it would have gone.
 */
export function accountRows({ trades }: Account, isPartial: boolean, timesOf: ExitTimes): TradeRow[] {
  const byTrade = new Map(trades.map((each) => [each.trade.row, each]));
  const ordered = trades.map(({ trade }) => trade).sort((a, b) => a.entryTimeMs - b.entryTimeMs || a.row - b.row);
  return tradeRows(ordered, isPartial).map((row, k) => {
    const trade = ordered[k]!;
    const { taken, skipped } = byTrade.get(trade.row)!;
    if (!taken) return { ...row, stake: null, profit: null, equity: null, skipped };
    const { stake, profit, equity, reason, exit, bars } = taken;
    const exitTime = bars === trade.bars ? row.exit_time : timesOf(trade, bars);
    return { ...row, exit_time: exitTime, exit, reason, bars, return: taken.return, stake, profit, equity, skipped };
  });
}

/** Open time of the candle that is so many bars after a trade's signal, epoch ms. */
export type ExitTimes = (trade: Trade, bars: number) => number;

/** Writes trades as CSV, one row each: the file is complete or missing. Columns of partial exits and of a portfolio are those that the rows are to have. */
export async function saveTrades(
  path: string,
  rows: readonly TradeRow[],
  { isPartial, hasMoney }: { readonly isPartial: boolean; readonly hasMoney: boolean },
): Promise<void> {
  const columns = [...tradeColumns, ...(isPartial ? partialColumns : []), ...(hasMoney ? moneyColumns : [])];
  const text = Papa.unparse([...rows], { columns, newline: "\n" });
  try {
    await writeWhole(path, `${rows.length > 0 ? text : columns.join(",")}\n`);
  } catch (cause) {
    throw unwritable(path, cause);
  }
}

/** Refuses a path at which trades could not be written later. */
export async function checkTrades(path: string): Promise<void> {
  await targetFile(path).catch((cause: unknown) => {
    throw unwritable(path, cause);
  });
}

function unwritable(path: string, cause: unknown): InputError {
  return new InputError(
    "TRADES_UNWRITABLE",
    "the trades file cannot be written",
    { where: path, found: (cause as Error).message, remedy: "choose a file in a writable folder" },
    { cause },
  );
}

import Papa from "papaparse";
import { InputError } from "../errors.ts";
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
  readonly reason: ExitReason;
  /** Bars held; 0 if the data ends with the signal's. */
  readonly bars: number;
  /** Net of costs, a fraction of entry. */
  readonly return: number;
  /** Of a set with a partial exit: when the part left, and what it made, net, a fraction of entry; null where none did. */
  readonly partial_time?: number | null;
  /** What the part that left early made, net. */
  readonly partial_return?: number | null;
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

/** Writes trades as CSV, one row each: the file is complete or missing. `isPartial` gives the columns of partial exits too. */
export async function saveTrades(path: string, rows: readonly TradeRow[], isPartial = false): Promise<void> {
  const columns = [...tradeColumns, ...(isPartial ? partialColumns : [])];
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

import Papa from "papaparse";
import { InputError } from "../errors.ts";
import type { Trade } from "../search/trades.ts";
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

/** Writes trades as CSV, one row each, in entry order (equal times in table order): the file is complete or missing. Returns are net fractions. `isPartial` gives the columns of partial exits too. */
export async function saveTrades(path: string, trades: readonly Trade[], isPartial = false): Promise<void> {
  const ordered = [...trades].sort((a, b) => a.entryTimeMs - b.entryTimeMs || a.row - b.row);
  const rows = ordered.map((trade) => ({
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
    partial_time: trade.partialTimeMs ?? "",
    partial_return: trade.partialReturn ?? "",
  }));
  const columns = [...tradeColumns, ...(isPartial ? partialColumns : [])];
  const text = Papa.unparse(rows, { columns, newline: "\n" });
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

import type { Trade } from "../search/trades.ts";
import { meanPoints } from "./tradeSums.ts";

/** A part of a set's trades; returns in points. */
export interface Slice {
  /** Number of trades. */
  readonly n: number;
  /** Share of trades that made more than 0. */
  readonly win_rate: number;
  /** Mean net return, percent of entry. */
  readonly avg_return: number;
  /** Sum of the net returns, percent of entry. */
  readonly total_return: number;
}

/** One row: training beside hold-out. */
export interface BreakdownRow {
  /** The symbol, the month such as `2025-06`, or the side. */
  readonly name: string;
  /** On the days that were searched. */
  readonly training: Slice;
  /** On the days that were not. */
  readonly holdout: Slice;
}

/** A set's trades by symbol, by month of entry (UTC) and by side; rows by name. */
export interface Breakdown {
  /** A row for each symbol. */
  readonly symbols: readonly BreakdownRow[];
  /** A row for each month. */
  readonly months: readonly BreakdownRow[];
  /** A row for each side. */
  readonly sides: readonly BreakdownRow[];
}

export function breakdownOf(training: readonly Trade[], holdout: readonly Trade[]): Breakdown {
  const by = (nameOf: (trade: Trade) => string): BreakdownRow[] => {
    const [early, late] = [groupedBy(training, nameOf), groupedBy(holdout, nameOf)];
    return [...new Set([...early.keys(), ...late.keys()])].sort().map((name) => ({
      name,
      training: sliceOf(early.get(name) ?? []),
      holdout: sliceOf(late.get(name) ?? []),
    }));
  };
  return {
    symbols: by(({ symbol }) => symbol),
    months: by(({ entryTimeMs }) => new Date(entryTimeMs).toISOString().slice(0, 7)),
    sides: by(({ direction }) => (direction === 1 ? "long" : "short")),
  };
}

function groupedBy(trades: readonly Trade[], nameOf: (trade: Trade) => string): Map<string, Trade[]> {
  const groups = new Map<string, Trade[]>();
  for (const trade of trades) {
    const name = nameOf(trade);
    const group = groups.get(name);
    if (group) group.push(trade);
    else groups.set(name, [trade]);
  }
  return groups;
}

function sliceOf(trades: readonly Trade[]): Slice {
  const wins = trades.filter((trade) => trade.return > 0).length;
  return {
    n: trades.length,
    win_rate: trades.length === 0 ? 0 : wins / trades.length,
    avg_return: meanPoints(trades),
    total_return: trades.reduce((sum, trade) => sum + 100 * trade.return, 0),
  };
}

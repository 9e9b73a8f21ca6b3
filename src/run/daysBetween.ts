import { rowEnters } from "../opportunities/entry.ts";
import type { NightTrade } from "../rehearsal/position.ts";
import { barsHeldAtMost, candlesOf, rowCrosses } from "../search/market.ts";
import { exitOf } from "../space/exits.ts";
import type { Parameters } from "../space/parameters.ts";
import { rowsBetween } from "./knownAt.ts";
import type { Prepared } from "./prepare.ts";
import { withReplayer } from "./replayers.ts";
import type { Settings } from "./request.ts";
import { partOf } from "./typeParts.ts";

/** A night, by its place among the nights, and the time until the next, epoch ms. */
export interface Stretch {
  readonly night: number;
  readonly fromMs: number;
  readonly untilMs: number;
}

/** The days between two nights, traded as `simulate` does: signals of those days, and paths as far as they go. */
export class DaysBetween {
  private readonly rows: Uint32Array;
  private readonly traded = new Map<string, NightTrade[]>();

  constructor(
    private readonly settings: Settings,
    private readonly prepared: Prepared,
    private readonly stretch: Stretch,
  ) {
    this.rows = rowsBetween(prepared.table, prepared.market.bySymbol, stretch.fromMs, stretch.untilMs);
  }

  /** Every trade of a set on the opportunities of one type, whether a position was open or not. */
  trades(type: string, params: Parameters): readonly NightTrade[] {
    const key = JSON.stringify([type, params]);
    const known = this.traded.get(key);
    if (known) return known;
    const trades = this.replayed(type, params);
    this.traded.set(key, trades);
    return trades;
  }

  private replayed(type: string, params: Parameters): NightTrade[] {
    const { settings, prepared, stretch } = this;
    const { table, labels, market } = prepared;
    const heldAtMost = barsHeldAtMost(exitOf(params), settings.rules, settings.timeframeMs);
    const candles = candlesOf(table, market);
    const crosses = rowCrosses(table, candles, heldAtMost);
    const enters = rowEnters(table, candles, settings.entry);
    const code = table.types.indexOf(type);
    const rows = this.rows.filter((row) => table.type[row] === code && !crosses(row) && enters(row));
    if (rows.length === 0) return [];
    const { rules, memoryBytes } = settings;
    const task = { ...partOf(table, labels, rows), market, rules, longestBars: heldAtMost, memoryBytes };
    return withReplayer(task, (replayer) =>
      replayer.trades(params).map((trade) => ({ ...trade, row: rows[trade.row]!, night: stretch.night })),
    );
  }
}

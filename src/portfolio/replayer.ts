import type { Candles } from "../candles/candles.ts";
import * as abi from "../core/abi.ts";
import { AccountReplayer, type CoreStake, sumAt } from "../core/accountReplayer.ts";
import { ExitReplayer, type Outcomes } from "../core/exitReplayer.ts";
import type { OpportunityTable } from "../opportunities/table.ts";
import { exitItemsOf } from "../search/exitLevels.ts";
import { candlesOf, coreRulesOf, levelRulesOf, slotTimeMs } from "../search/market.ts";
import { type Exit, fixedStop, fixedTarget } from "../space/exitParts.ts";
import { type Days, dayMarksOf, daysOf, fundingUntil } from "./days.ts";
import { liquidationPercent } from "./liquidation.ts";
import { type AccountSums, type PortfolioMetrics, portfolioMetricsOf } from "./metrics.ts";
import { entryOrderOf } from "./order.ts";
import type { StakeRule } from "./portfolio.ts";
import { type AccountTask, stopLevelOf } from "./walk.ts";

/** The data, rules and limits of many accounts over one table. */
export interface PortfolioTask extends AccountTask {
  /** The longest holding time of any set, bars: how far liquidations are looked for. */
  readonly longestBars: number;
  readonly memoryBytes: number;
}

/** How the captured rows of a set ended, one element per row: what an `ExitReplayer` gives for them. */
export type RowOutcomes = Pick<Outcomes, "halfBars" | "reason" | "exit" | "return">;

/** One purse over the trades of many sets of one table, without walking a candle for any of them: the core's way, equal to `accountOf` to the bit. */
export class PortfolioReplayer {
  readonly days: Days;
  private readonly task: PortfolioTask;
  private readonly replayer: AccountReplayer;
  /** Place of each row in the order in which signals are acted on. */
  private readonly places: Uint32Array;
  /** Where in the list of a set's rows the row at a place stands. */
  private readonly listed: Uint32Array;
  private readonly trades;

  /** Throws CapacityError if the memory cannot hold the table and its days. */
  constructor(task: PortfolioTask) {
    const { table, market, rules, portfolio } = task;
    const candles = candlesOf(table, market);
    this.task = task;
    this.days = task.days ?? daysOf(table, candles);
    const rows = orderedRows(table, candles);
    this.places = new Uint32Array(table.count);
    for (const [place, row] of rows.entries()) this.places[row] = place;
    this.listed = new Uint32Array(table.count);
    this.trades = {
      place: new Uint32Array(table.count),
      halfBars: new Int32Array(table.count),
      reason: new Uint8Array(table.count),
      exit: new Float64Array(table.count),
      return: new Float64Array(table.count),
    };
    const liquidations = liquidationsOf(task, candles);
    const marks = { ...this.days, symbols: candles.length, ...dayMarksOf(candles, this.days, rules) };
    const purse = {
      capital: portfolio.capital,
      stake: coreStakeOf(portfolio.stake),
      leverage: portfolio.leverage,
      liquidationPercent: liquidationPercent(portfolio),
      maxOpen: portfolio.maxOpen,
      cost: 2 * (rules.fee + rules.slippage),
      barMs: market.timeframeMs,
    };
    const signals = {
      timeMs: Float64Array.from(rows, (row) => slotTimeMs(candles[table.symbol[row]!]!, table.bar[row]!)),
      entry: Float64Array.from(rows, (row) => table.entry[row]!),
      atr: Float64Array.from(rows, (row) => table.atr[row]!),
      funding: Float64Array.from(rows, (row) => fundingUntil(candles[table.symbol[row]!]!, table.bar[row]!, rules)),
      symbol: Uint32Array.from(rows, (row) => table.symbol[row]!),
      liquidation: Int32Array.from(rows, (row) => liquidations[row]!),
      direction: Int8Array.from(rows, (row) => table.direction[row]!),
    };
    this.replayer = new AccountReplayer(signals, marks, purse, task.memoryBytes);
  }

  get linearMemoryBytes(): number {
    return this.replayer.linearMemoryBytes;
  }

  /** Releases its memory. */
  release(): void {
    this.replayer.release();
  }

  /** What the account of a set adds up to, that captures these rows and leaves them so; each row once, in any order. */
  sums(exit: Pick<Exit, "stops">, rows: Uint32Array, outcomes: RowOutcomes): AccountSums {
    return sumsOf(this.replay(exit, rows, outcomes));
  }

  /** The metrics of the same account. */
  metrics(exit: Pick<Exit, "stops">, rows: Uint32Array, outcomes: RowOutcomes): PortfolioMetrics {
    return portfolioMetricsOf(this.sums(exit, rows, outcomes), this.task.portfolio, this.days);
  }

  /** Equity at the end of each day of the account that was replayed last, quote currency. */
  dayEquity(): Float64Array {
    return this.replayer.dayEquity();
  }

  private replay(exit: Pick<Exit, "stops">, rows: Uint32Array, outcomes: RowOutcomes): Float64Array {
    const { places, listed, trades } = this;
    const count = rows.length;
    let isInOrder = true;
    for (let k = 0, last = -1; k < count; k++) {
      const place = places[rows[k]!]!;
      listed[place] = k;
      trades.place[k] = place;
      isInOrder &&= place > last;
      last = place;
    }
    if (!isInOrder) trades.place.subarray(0, count).sort();
    for (let j = 0; j < count; j++) {
      const k = isInOrder ? j : listed[trades.place[j]!]!;
      trades.halfBars[j] = outcomes.halfBars[k]!;
      trades.reason[j] = outcomes.reason[k]!;
      trades.exit[j] = outcomes.exit[k]!;
      trades.return[j] = outcomes.return[k]!;
    }
    return this.replayer.replay({ count, ...trades }, stopLevelOf(exit));
  }
}

function orderedRows(table: OpportunityTable, candles: readonly Candles[]): Uint32Array {
  return Uint32Array.from({ length: table.count }, (_, row) => row).sort(entryOrderOf(table, candles));
}

function coreStakeOf(stake: StakeRule): CoreStake {
  if (stake.kind === "fixed") return { kind: abi.STAKE_FIXED, value: stake.amount };
  return { kind: stake.kind === "share" ? abi.STAKE_SHARE : abi.STAKE_RISK, value: stake.share };
}

/** Beyond any price: the walk of a liquidation has no target. */
const outOfReachPercent = 1e12;

/** When a position in each row would be liquidated, half bars: the first passage of a stop at that level. */
function liquidationsOf(
  { table, market, rules, portfolio, longestBars, memoryBytes }: PortfolioTask,
  candles: readonly Candles[],
): Int32Array {
  const exit = {
    target: fixedTarget({ value: outOfReachPercent, unit: "percent" }, "take_profit"),
    stops: [fixedStop({ value: liquidationPercent(portfolio), unit: "percent" }, "liquidation")],
    ...{ holdingHours: 0, usesExitSignal: false, partial: null },
  };
  const { timeframeMs } = market;
  const replayer = new ExitReplayer(table, candles, coreRulesOf(rules, timeframeMs), longestBars, memoryBytes);
  try {
    const items = exitItemsOf(exit, longestBars, levelRulesOf(rules, timeframeMs));
    const { halfBars, reason } = replayer.replay(
      items,
      Uint32Array.from({ length: table.count }, (_, row) => row),
    );
    return halfBars.map((halfBar, row) => (reason[row]! >= abi.ENDED_BY_STOP ? halfBar : abi.NEVER));
  } finally {
    replayer.release();
  }
}

function sumsOf(found: Float64Array): AccountSums {
  return {
    finalEquity: sumAt(found, abi.SUM_EQUITY),
    meanReturn: sumAt(found, abi.SUM_MEAN),
    variance: sumAt(found, abi.SUM_VARIANCE),
    downside: sumAt(found, abi.SUM_DOWNSIDE),
    maxDrawdown: sumAt(found, abi.SUM_DRAWDOWN),
    drawdownDays: sumAt(found, abi.SUM_DRAWDOWN_DAYS),
    meanEquity: sumAt(found, abi.SUM_MEAN_EQUITY),
    notional: sumAt(found, abi.SUM_NOTIONAL),
    stakeMs: sumAt(found, abi.SUM_STAKE_MS),
    openMs: sumAt(found, abi.SUM_OPEN_MS),
    trades: sumAt(found, abi.SUM_TRADES),
    wins: sumAt(found, abi.SUM_WINS),
    liquidations: sumAt(found, abi.SUM_LIQUIDATIONS),
    skipped: {
      ruined: sumAt(found, abi.SUM_RUINED),
      symbol_open: sumAt(found, abi.SUM_SYMBOL_OPEN),
      max_open: sumAt(found, abi.SUM_MAX_OPEN),
      no_money: sumAt(found, abi.SUM_NO_MONEY),
    },
  };
}

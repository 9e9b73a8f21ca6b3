import type { Candles, Market } from "../candles/candles.ts";
import { ExitReplayer, type Outcomes } from "../core/exitReplayer.ts";
import type { Labels, OpportunityTable } from "../opportunities/table.ts";
import { exitOf } from "../space/exits.ts";
import { filtersOf, passesFilter } from "../space/filters.ts";
import type { Filter, Parameters } from "../space/parameters.ts";
import { barsHeldAtMost, candlesOf, coreRulesOf, exitTimeMs } from "./market.ts";
import { metricsOf } from "./metrics.ts";
import type { SetFigures } from "./result.ts";
import type { ExitReason, Trade, TradeRules } from "./trades.ts";

/** In the order of the core's codes. */
const reasons: readonly ExitReason[] = ["take_profit", "stop_loss", "trailing_stop", "timeout", "end_of_data"];
const keptOutcomes = 16;

/** Replays parameter sets over one table, trade by trade in table order: what every reported figure comes from. */
export class SetReplayer {
  readonly objectiveTotal: number;
  private readonly candles: readonly Candles[];
  private readonly replayer: ExitReplayer;
  private readonly outcomes = new Map<string, Outcomes>();

  /** `longestBars` is the longest holding time that will be asked for. */
  constructor(
    readonly table: OpportunityTable,
    readonly labels: Labels,
    market: Market,
    private readonly rules: TradeRules,
    private readonly timeframeMs: number,
    longestBars: number,
    memoryBytes: number,
  ) {
    this.candles = candlesOf(table, market);
    this.replayer = new ExitReplayer(table, this.candles, coreRulesOf(rules, timeframeMs), longestBars, memoryBytes);
    this.objectiveTotal = labels.objective.reduce((sum, isObjective) => sum + isObjective, 0);
  }

  get linearMemoryBytes(): number {
    return this.replayer.linearMemoryBytes;
  }

  /** Every captured opportunity of a set as a trade, in table order. */
  trades(parameters: Parameters): Trade[] {
    const { table, labels } = this;
    const outcomes = this.outcomesOf(parameters);
    const trades: Trade[] = [];
    for (const row of capturedRows(table, filtersOf(parameters))) {
      const bars = outcomes.bars[row]!;
      trades.push({
        row,
        symbol: table.symbols[table.symbol[row]!]!,
        type: table.types[table.type[row]!]!,
        direction: table.direction[row]! as 1 | -1,
        entryTimeMs: table.timestampMs[row]!,
        exitTimeMs: exitTimeMs(this.candles[table.symbol[row]!]!, table.bar[row]!, bars),
        entry: table.entry[row]!,
        exit: outcomes.exit[row]!,
        reason: reasons[outcomes.reason[row]!]!,
        bars,
        return: outcomes.return[row]!,
        ambiguous: outcomes.ambiguous[row] === 1,
        otherReturn: outcomes.otherReturn[row]!,
        objective: labels.objective[row] === 1,
      });
    }
    return trades;
  }

  figures(parameters: Parameters): SetFigures {
    return figuresOf(parameters, this.trades(parameters), this.objectiveTotal, this.timeframeMs);
  }

  private outcomesOf(parameters: Parameters): Outcomes {
    const exit = exitOf(parameters);
    const key = JSON.stringify(exit);
    let outcomes = this.outcomes.get(key);
    if (!outcomes) {
      outcomes = this.replayer.replay({
        target: exit.takeProfit,
        stop: exit.stopLoss,
        holdingBars: barsHeldAtMost(exit, this.rules, this.timeframeMs),
        trailing: exit.trailing,
      });
      if (this.outcomes.size >= keptOutcomes) this.outcomes.delete(this.outcomes.keys().next().value!);
      this.outcomes.set(key, outcomes);
    }
    return outcomes;
  }
}

/** Figures of a set from its trades. */
export function figuresOf(
  params: Parameters,
  trades: readonly Trade[],
  objectiveTotal: number,
  timeframeMs: number,
): SetFigures {
  let otherTotal = 0;
  let ambiguous = 0;
  for (const trade of trades) {
    otherTotal += 100 * trade.otherReturn;
    if (trade.ambiguous) ambiguous++;
  }
  return {
    params,
    metrics: metricsOf(trades, objectiveTotal, timeframeMs / 3_600_000),
    ambiguous,
    avg_return_other_rule: trades.length === 0 ? 0 : otherTotal / trades.length,
  };
}

/** Rows that pass every filter, in table order. */
export function capturedRows(table: OpportunityTable, filters: readonly Filter[]): number[] {
  const columns = filters.map(({ feature }) => table.features[table.featureNames.indexOf(feature)]!);
  const rows: number[] = [];
  for (let row = 0; row < table.count; row++)
    if (filters.every(({ kind, value }, k) => passesFilter(kind, value, columns[k]![row]!))) rows.push(row);
  return rows;
}

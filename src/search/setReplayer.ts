import type { Candles, Market } from "../candles/candles.ts";
import { ENDED_BY_DATA, ENDED_BY_SIGNAL, ENDED_BY_STOP, ENDED_BY_TARGET, ENDED_BY_TIME } from "../core/abi.ts";
import { ExitReplayer, type Outcomes } from "../core/exitReplayer.ts";
import type { Labels, OpportunityTable } from "../opportunities/table.ts";
import type { Exit } from "../space/exitParts.ts";
import { exitOf, exitReasons } from "../space/exits.ts";
import { filtersOf, passesFilter } from "../space/filters.ts";
import type { Filter, Parameters } from "../space/parameters.ts";
import { exitItemsOf } from "./exitLevels.ts";
import type { ExitReturns } from "./filterCells.ts";
import { barsHeldAtMost, candlesOf, coreRulesOf, exitTimeMs, levelRulesOf, slotTimeMs } from "./market.ts";
import { metricsOf, metricsOfColumns, type TradeOutcome } from "./metrics.ts";
import type { SetFigures } from "./result.ts";
import type { ExitReason, Trade, TradeRules } from "./trades.ts";

/** The data and rules of a replay. */
export interface ReplayTask {
  readonly table: OpportunityTable;
  readonly labels: Labels;
  readonly market: Market;
  readonly rules: TradeRules;
  /** The maximum holding time of any replay. */
  readonly longestBars: number;
  readonly memoryBytes: number;
}

/** Replays parameter sets over one table, trade by trade in table order: what every reported figure comes from. */
export class SetReplayer {
  readonly table: OpportunityTable;
  readonly labels: Labels;
  readonly objectiveTotal: number;
  private readonly rules: TradeRules;
  private readonly timeframeMs: number;
  private readonly candles: readonly Candles[];
  private readonly replayer: ExitReplayer;

  constructor({ table, labels, market, rules, longestBars, memoryBytes }: ReplayTask) {
    const { timeframeMs } = market;
    this.table = table;
    this.labels = labels;
    this.rules = rules;
    this.timeframeMs = timeframeMs;
    this.candles = candlesOf(table, market);
    this.replayer = new ExitReplayer(table, this.candles, coreRulesOf(rules, timeframeMs), longestBars, memoryBytes);
    this.objectiveTotal = labels.objective.reduce((sum, isObjective) => sum + isObjective, 0);
  }

  get linearMemoryBytes(): number {
    return this.replayer.linearMemoryBytes;
  }

  /** Releases its memory. */
  release(): void {
    this.replayer.release();
  }

  /** Every captured opportunity of a set as a trade, in table order; of other rows, if they are given. */
  trades(parameters: Parameters, given?: Uint32Array): Trade[] {
    const { table, labels } = this;
    const { rows, outcomes, reasons } = this.replay(parameters, given);
    const trades: Trade[] = [];
    for (const [k, row] of rows.entries()) {
      const bars = outcomes.bars[k]!;
      const series = this.candles[table.symbol[row]!]!;
      const partialBars = outcomes.partialBars[k]!;
      trades.push({
        row,
        symbol: table.symbols[table.symbol[row]!]!,
        type: table.types[table.type[row]!]!,
        direction: table.direction[row]! as 1 | -1,
        entryTimeMs: table.timestampMs[row]!,
        exitTimeMs: exitTimeMs(series, table.bar[row]!, bars),
        entry: table.entry[row]!,
        exit: outcomes.exit[k]!,
        reason: reasons[outcomes.reason[k]!]!,
        bars,
        halfBars: outcomes.halfBars[k]!,
        return: outcomes.return[k]!,
        ...(partialBars > 0 && {
          partialTimeMs: exitTimeMs(series, table.bar[row]!, partialBars),
          partialReturn: outcomes.partialReturn[k]!,
        }),
        ambiguous: outcomes.ambiguous[k] === 1,
        otherReturn: outcomes.otherReturn[k]!,
        objective: labels.objective[row] === 1,
      });
    }
    return trades;
  }

  /** What each captured opportunity of a set makes; each of other rows, if they are given. */
  returns(parameters: Parameters, given?: Uint32Array): ExitReturns {
    const { rows, outcomes } = this.replay(parameters, given);
    return { rows, returns: outcomes.return };
  }

  figures(params: Parameters): SetFigures {
    const { table, labels, timeframeMs } = this;
    const { rows, outcomes, reasons } = this.replay(params);
    const count = rows.length;
    const entryTimeMs = new Float64Array(count);
    const exitTimeMs = new Float64Array(count);
    const objective = new Uint8Array(count);
    const heldAtMost = barsHeldAtMost(exitOf(params), this.rules, timeframeMs);
    let otherTotal = 0;
    let ambiguous = 0;
    let holeExits = 0;
    for (let k = 0; k < count; k++) {
      const row = rows[k]!;
      entryTimeMs[k] = slotTimeMs(this.candles[table.symbol[row]!]!, table.bar[row]!);
      exitTimeMs[k] = entryTimeMs[k]! + outcomes.bars[k]! * timeframeMs;
      objective[k] = labels.objective[row]!;
      otherTotal += 100 * outcomes.otherReturn[k]!;
      ambiguous += outcomes.ambiguous[k]!;
      if (outcomes.bars[k]! > heldAtMost) holeExits++;
    }
    const { bars } = outcomes;
    const names = exitReasons();
    const places = reasons.map((name) => names.indexOf(name));
    const reason = Uint8Array.from(outcomes.reason, (code) => places[code]!);
    const trades = { count, row: rows, entryTimeMs, exitTimeMs, return: outcomes.return, bars, reason, objective };
    return {
      params,
      metrics: metricsOfColumns(trades, this.objectiveTotal, timeframeMs / 3_600_000),
      ambiguous,
      avg_return_other_rule: count === 0 ? 0 : otherTotal / count,
      hole_exits: holeExits,
    };
  }

  /** The rows that a set captures, in table order, what its exit does to each, and what the codes of how they ended mean. */
  replay(
    parameters: Parameters,
    rows = capturedRows(this.table, filtersOf(parameters)),
  ): { rows: Uint32Array; outcomes: Outcomes; reasons: readonly ExitReason[] } {
    const exit = exitOf(parameters);
    return { rows, outcomes: this.outcomes(exit, rows), reasons: reasonsOf(exit) };
  }

  /** What an exit does to any rows. */
  outcomes(exit: Exit, rows: Uint32Array): Outcomes {
    const holdingBars = barsHeldAtMost(exit, this.rules, this.timeframeMs);
    return this.replayer.replay(exitItemsOf(exit, holdingBars, levelRulesOf(this.rules, this.timeframeMs)), rows);
  }
}

/** What the core's codes of how a trade ended mean for one exit. */
export function reasonsOf(exit: Exit): readonly ExitReason[] {
  const reasons: string[] = [];
  reasons[ENDED_BY_TARGET] = exit.target.reason;
  reasons[ENDED_BY_TIME] = "timeout";
  reasons[ENDED_BY_DATA] = "end_of_data";
  reasons[ENDED_BY_SIGNAL] = "exit_signal";
  for (const [k, { reason }] of exit.stops.entries()) reasons[ENDED_BY_STOP + k] = reason;
  return reasons;
}

type CountedTrade = TradeOutcome & Pick<Trade, "ambiguous" | "otherReturn">;

/** Figures of a set from its trades; `heldAtMost` is its holding time in bars. */
export function figuresOf(
  params: Parameters,
  trades: readonly CountedTrade[],
  objectiveTotal: number,
  timeframeMs: number,
  heldAtMost: number,
): SetFigures {
  let otherTotal = 0;
  let ambiguous = 0;
  let holeExits = 0;
  for (const trade of trades) {
    otherTotal += 100 * trade.otherReturn;
    if (trade.ambiguous) ambiguous++;
    if (trade.bars > heldAtMost) holeExits++;
  }
  return {
    params,
    metrics: metricsOf(trades, objectiveTotal, timeframeMs / 3_600_000),
    ambiguous,
    avg_return_other_rule: trades.length === 0 ? 0 : otherTotal / trades.length,
    hole_exits: holeExits,
  };
}

/** Rows that pass every filter, in table order. */
export function capturedRows(table: OpportunityTable, filters: readonly Filter[]): Uint32Array {
  const rows = new Uint32Array(table.count);
  let count = rows.length;
  for (let row = 0; row < count; row++) rows[row] = row;
  for (const { feature, kind, value } of filters) {
    const column = table.features[table.featureNames.indexOf(feature)]!;
    let kept = 0;
    for (let k = 0; k < count; k++) if (passesFilter(kind, value, column[rows[k]!]!)) rows[kept++] = rows[k]!;
    count = kept;
  }
  return rows.subarray(0, count);
}

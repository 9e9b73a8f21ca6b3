import type { RankedSet } from "../search/result.ts";
import type { SearchTask } from "../search/searchTask.ts";
import { capturedRows, SetReplayer } from "../search/setReplayer.ts";
import type { Exit } from "../space/exitParts.ts";
import { exitKeyOf, exitOf, holdingBarsOf, longestHoursOf } from "../space/exits.ts";
import { filtersOf } from "../space/filters.ts";
import type { Parameters } from "../space/parameters.ts";
import type { PortfolioMetrics } from "./metrics.ts";
import type { Ranking } from "./rankings.ts";
import { PortfolioReplayer, type RowOutcomes } from "./replayer.ts";

/** Rows of filters that are held at once, so that sets of other exits need not look for them again. */
const mostHeldRows = 2 ** 22;

/** Trades the sets of a list from one purse each, in the core: every exit is walked once for all of its sets. */
export class ListTrader {
  private readonly replayer: SetReplayer;
  private readonly purse: PortfolioReplayer;
  /** Rows by filters, as text. */
  private readonly captured = new Map<string, Uint32Array>();
  private heldRows = 0;
  private readonly placeOfRow: Uint32Array;

  /** `told` hears which part of a list is done. Throws CapacityError if the memory cannot hold the table and its days. */
  constructor(
    private readonly task: SearchTask,
    { portfolio, days }: Ranking,
    private readonly told: (done: number) => void,
  ) {
    const { table, market, rules, space, memoryBytes } = task;
    const longestBars = holdingBarsOf(longestHoursOf(space), market.timeframeMs);
    this.replayer = new SetReplayer({ ...task, longestBars });
    this.purse = new PortfolioReplayer({
      table,
      market,
      rules,
      portfolio,
      longestBars,
      memoryBytes,
      ...(days && { days }),
    });
    this.placeOfRow = new Uint32Array(table.count);
  }

  get linearMemoryBytes(): number {
    return this.replayer.linearMemoryBytes + this.purse.linearMemoryBytes;
  }

  /** Releases its memory. */
  release(): void {
    this.replayer.release();
    this.purse.release();
  }

  /** The same sets with what a purse made of each. */
  trade<Set extends RankedSet>(sets: readonly Set[]): (Set & { readonly portfolio: PortfolioMetrics })[] {
    const made = new Map<number, PortfolioMetrics>();
    for (const group of byExit(sets)) this.tradeExit(group, made, sets.length);
    return sets.map((set) => ({ ...set, portfolio: made.get(set.index)! }));
  }

  /** Trades the sets of one exit, so many at once as may be held. */
  private tradeExit(group: readonly RankedSet[], made: Map<number, PortfolioMetrics>, count: number): void {
    let lists: Uint32Array[] = [];
    let rows = 0;
    for (const [k, { params }] of group.entries()) {
      lists.push(this.rowsOf(params));
      rows += lists.at(-1)!.length;
      if (rows < mostHeldRows && k < group.length - 1) continue;
      this.tradeTogether(group.slice(k + 1 - lists.length, k + 1), lists, made, count);
      lists = [];
      rows = 0;
    }
  }

  private tradeTogether(
    group: readonly RankedSet[],
    lists: readonly Uint32Array[],
    made: Map<number, PortfolioMetrics>,
    count: number,
  ): void {
    const exit = exitOf(group[0]!.params);
    const rows = group.length === 1 ? lists[0]! : unionOf(lists, this.task.table.count);
    const outcomes = this.replayer.outcomes(exit, rows);
    for (let k = 0; k < rows.length; k++) this.placeOfRow[rows[k]!] = k;
    for (const [k, { index }] of group.entries()) {
      made.set(index, this.metricsOf(exit, lists[k]!, rows, outcomes));
      this.told(made.size / count);
    }
  }

  private metricsOf(exit: Exit, own: Uint32Array, rows: Uint32Array, outcomes: RowOutcomes): PortfolioMetrics {
    if (own.length === rows.length) return this.purse.metrics(exit, own, outcomes);
    const { placeOfRow } = this;
    const picked = {
      halfBars: new Int32Array(own.length),
      reason: new Uint8Array(own.length),
      exit: new Float64Array(own.length),
      return: new Float64Array(own.length),
    };
    for (let k = 0; k < own.length; k++) {
      const place = placeOfRow[own[k]!]!;
      picked.halfBars[k] = outcomes.halfBars[place]!;
      picked.reason[k] = outcomes.reason[place]!;
      picked.exit[k] = outcomes.exit[place]!;
      picked.return[k] = outcomes.return[place]!;
    }
    return this.purse.metrics(exit, own, picked);
  }

  private rowsOf(params: Parameters): Uint32Array {
    const filters = filtersOf(params);
    const name = JSON.stringify(filters);
    const known = this.captured.get(name);
    if (known) return known;
    const rows = capturedRows(this.task.table, filters).slice();
    if (this.heldRows + rows.length > mostHeldRows) {
      this.captured.clear();
      this.heldRows = 0;
    }
    this.captured.set(name, rows);
    this.heldRows += rows.length;
    return rows;
  }
}

/** Sets by their exits. */
function byExit(sets: readonly RankedSet[]): RankedSet[][] {
  const groups = new Map<string, RankedSet[]>();
  for (const set of sets) {
    const name = JSON.stringify(Object.entries(set.params).filter(([key]) => exitKeyOf(key)));
    const group = groups.get(name);
    if (group) group.push(set);
    else groups.set(name, [set]);
  }
  return [...groups.values()];
}

/** Rows that are in one list or another, ascending. */
function unionOf(lists: readonly Uint32Array[], rowCount: number): Uint32Array {
  const isIn = new Uint8Array(rowCount);
  for (const rows of lists) for (const row of rows) isIn[row] = 1;
  const union = new Uint32Array(isIn.reduce((sum, is) => sum + is, 0));
  for (let row = 0, k = 0; row < rowCount; row++) if (isIn[row] === 1) union[k++] = row;
  return union;
}

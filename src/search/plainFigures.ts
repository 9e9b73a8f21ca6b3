import type { Candles } from "../candles/candles.ts";
import { exitOf, exitReasons } from "../space/exits.ts";
import type { Parameters } from "../space/parameters.ts";
import { barsHeldAtMost, candlesOf, slotTimeMs } from "./market.ts";
import { byExit, metricsOfColumns, type TradeColumns } from "./metrics.ts";
import { type BarExit, walkSummary, walkTrade } from "./plainWalk.ts";
import type { SetFigures } from "./result.ts";
import type { SearchTask } from "./searchTask.ts";

/** Trades of one exit, as columns of one element per trade, in table order. */
interface Walk extends TradeColumns {
  readonly holdingBars: number;
  readonly row: Uint32Array;
  readonly otherReturns: Float64Array;
  readonly bars: Int32Array;
  readonly reason: Uint8Array;
  readonly ambiguous: Uint8Array;
  readonly objective: Uint8Array;
}

/** The last walk of some levels; with the figures of the set whose trades they are, if they are those of one. */
interface Known {
  readonly walk: Walk;
  readonly figures: SetFigures | null;
}

/** A set, and the rows that it captures, in table order. */
export interface CapturedSet {
  readonly params: Parameters;
  readonly rows: Uint32Array;
}

/** Walks kept at once, each of other levels. */
const mostKept = 4;

/**
 * Figures of sets by the plain rule, trade by trade: what a leaderboard reports. Walking the few trades of a leader is cheaper than copying
 * their candles into the core, and is independent of it. Leaders often differ only in a filter or a holding time: a trade that exited
 * before either holding time was over is the same in both sets, and is not walked again.
 */
export class PlainFigures {
  private readonly candles: readonly Candles[];
  private readonly objectiveTotal: number;
  /** The last walk of each exit, holding times aside. */
  private readonly walks = new Map<string, Known>();

  constructor(private readonly task: SearchTask) {
    this.candles = candlesOf(task.table, task.market);
    let total = 0;
    for (let row = 0; row < task.table.count; row++) total += task.labels.objective[row]!;
    this.objectiveTotal = total;
  }

  /** Of a set that captures these rows, which stand in table order. */
  figures(params: Parameters, rows: Uint32Array): SetFigures {
    const { exit, levels } = this.exitOf(params);
    const known = this.walks.get(levels);
    if (known?.figures && isSameReplay(known.walk, rows, exit.holdingBars)) return { ...known.figures, params };
    const walk = this.walk(exit, rows, known?.walk);
    const figures = this.figuresOf(params, walk);
    this.keep(levels, { walk, figures });
    return figures;
  }

  /** Of several sets of one exit: each of their rows is walked once, and the trades are put in order of exit once. */
  figuresTogether(sets: readonly CapturedSet[]): SetFigures[] {
    if (sets.length === 1) return [this.figures(sets[0]!.params, sets[0]!.rows)];
    const { exit, levels } = this.exitOf(sets[0]!.params);
    const rows = unionOf(
      sets.map((set) => set.rows),
      this.task.table.count,
    );
    const walk = this.walk(exit, rows, this.walks.get(levels)?.walk);
    this.keep(levels, { walk, figures: null });
    const inOrder = byExit(walk);
    return sets.map((set) => {
      const places = placesOf(walk.row, set.rows);
      return this.figuresOf(set.params, pick(walk, places), orderOf(inOrder, places, walk.count));
    });
  }

  /** The exit of a set in bars, and a text that exits share which differ in their holding time alone. */
  exitOf(params: Parameters): { readonly exit: BarExit; readonly levels: string } {
    const exit = exitOf(params);
    const { target, stops, partial, usesExitSignal } = exit;
    const holdingBars = barsHeldAtMost(exit, this.task.rules, this.task.market.timeframeMs);
    const levels = JSON.stringify([target.core, stops.map(({ core }) => core), partial, usesExitSignal]);
    return { exit: { ...exit, holdingBars }, levels };
  }

  private keep(levels: string, known: Known): void {
    this.walks.delete(levels);
    this.walks.set(levels, known);
    if (this.walks.size > mostKept) this.walks.delete(this.walks.keys().next().value!);
  }

  private figuresOf(params: Parameters, walk: Walk, inOrder?: Iterable<number>): SetFigures {
    const { count, ambiguous, otherReturns, bars, holdingBars } = walk;
    return {
      params,
      metrics: metricsOfColumns(walk, this.objectiveTotal, this.task.market.timeframeMs / 3_600_000, inOrder),
      ambiguous: ambiguous.reduce((sum, isAmbiguous) => sum + isAmbiguous, 0),
      avg_return_other_rule: count === 0 ? 0 : otherReturns.reduce((sum, other) => sum + 100 * other, 0) / count,
      hole_exits: bars.reduce((sum, held) => sum + Number(held > holdingBars), 0),
    };
  }

  /** `known` is a walk of the same levels. */
  private walk(exit: BarExit, rows: Uint32Array, known: Walk | undefined): Walk {
    const { table, labels, market, rules } = this.task;
    const { timeframeMs } = market;
    const walk = emptyWalk(rows, exit.holdingBars);
    const signal = { bar: 0, direction: 1 as 1 | -1, entry: 0, atr: 0, exitBars: 0 };
    const names = exitReasons();
    const exitBars = exit.usesExitSignal ? table.exitBars : undefined;
    const shared = known ? sharedBars(known, exit.holdingBars) : 0;
    for (let k = 0, j = 0; k < rows.length; k++) {
      const row = rows[k]!;
      const series = this.candles[table.symbol[row]!]!;
      walk.entryTimeMs[k] = slotTimeMs(series, table.bar[row]!);
      walk.objective[k] = labels.objective[row]!;
      while (known && j < known.count && known.row[j]! < row) j++;
      if (known?.row[j] === row && known.bars[j]! < shared) copyTrade(known, j, walk, k);
      else {
        signal.bar = table.bar[row]!;
        signal.direction = table.direction[row]! as 1 | -1;
        signal.entry = table.entry[row]!;
        signal.atr = table.atr[row]!;
        if (exitBars) signal.exitBars = exitBars[row]!;
        const walked =
          rules.summaryBars === null
            ? walkTrade(series, signal, exit, rules)
            : walkSummary(series, signal, exit, rules, rules.summaryBars);
        walk.return[k] = walked.return;
        walk.otherReturns[k] = walked.otherReturn;
        walk.bars[k] = walked.bars;
        walk.reason[k] = names.indexOf(walked.reason);
        walk.ambiguous[k] = Number(walked.ambiguous);
      }
      walk.exitTimeMs[k] = walk.entryTimeMs[k]! + walk.bars[k]! * timeframeMs;
    }
    return walk;
  }
}

function emptyWalk(row: Uint32Array, holdingBars: number): Walk {
  const count = row.length;
  return {
    count,
    row,
    holdingBars,
    entryTimeMs: new Float64Array(count),
    exitTimeMs: new Float64Array(count),
    return: new Float64Array(count),
    otherReturns: new Float64Array(count),
    bars: new Int32Array(count),
    reason: new Uint8Array(count),
    ambiguous: new Uint8Array(count),
    objective: new Uint8Array(count),
  };
}

/** How a trade ended: what does not depend on the rows around it. */
function copyTrade(from: Walk, j: number, to: Walk, k: number): void {
  to.return[k] = from.return[j]!;
  to.otherReturns[k] = from.otherReturns[j]!;
  to.bars[k] = from.bars[j]!;
  to.reason[k] = from.reason[j]!;
  to.ambiguous[k] = from.ambiguous[j]!;
}

/** Trades of fewer bars left before either holding time was over: they are the same under both. */
function sharedBars(known: Walk, holdingBars: number): number {
  return known.holdingBars === holdingBars ? Number.POSITIVE_INFINITY : Math.min(known.holdingBars, holdingBars);
}

/** Whether a set of the same levels that captures `rows` has the very trades of a known walk. */
function isSameReplay(known: Walk, rows: Uint32Array, holdingBars: number): boolean {
  if (known.count !== rows.length) return false;
  const shared = sharedBars(known, holdingBars);
  for (let k = 0; k < rows.length; k++) if (known.row[k] !== rows[k] || known.bars[k]! >= shared) return false;
  return true;
}

/** Rows that are in one list or another, ascending. */
function unionOf(lists: readonly Uint32Array[], rowCount: number): Uint32Array {
  const isIn = new Uint8Array(rowCount);
  for (const rows of lists) for (let k = 0; k < rows.length; k++) isIn[rows[k]!] = 1;
  const union = new Uint32Array(isIn.reduce((sum, is) => sum + is, 0));
  for (let row = 0, k = 0; row < rowCount; row++) if (isIn[row] === 1) union[k++] = row;
  return union;
}

/** Where each of these rows stands among others that hold them all; both ascend. */
function placesOf(among: Uint32Array, rows: Uint32Array): Uint32Array {
  const places = new Uint32Array(rows.length);
  for (let k = 0, j = 0; k < rows.length; k++, j++) {
    while (among[j] !== rows[k]) j++;
    places[k] = j;
  }
  return places;
}

/** Those trades of a walk that stand at these places. */
function pick(walk: Walk, places: Uint32Array): Walk {
  const count = places.length;
  const picked = emptyWalk(new Uint32Array(count), walk.holdingBars);
  for (let k = 0; k < count; k++) {
    const j = places[k]!;
    picked.row[k] = walk.row[j]!;
    picked.entryTimeMs[k] = walk.entryTimeMs[j]!;
    picked.exitTimeMs[k] = walk.exitTimeMs[j]!;
    picked.objective[k] = walk.objective[j]!;
    copyTrade(walk, j, picked, k);
  }
  return picked;
}

/** The order of picked trades, from that of all of them. */
function orderOf(inOrder: ArrayLike<number>, places: Uint32Array, count: number): Uint32Array {
  const ownPlace = new Int32Array(count).fill(-1);
  for (let k = 0; k < places.length; k++) ownPlace[places[k]!] = k;
  const order = new Uint32Array(places.length);
  for (let k = 0, j = 0; k < count; k++) {
    const own = ownPlace[inOrder[k]!]!;
    if (own >= 0) order[j++] = own;
  }
  return order;
}

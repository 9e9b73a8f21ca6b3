import { GrowingColumns } from "./columns.ts";
import { candleColumns } from "./header.ts";
import { repairRounding, valueDefect } from "./rowChecks.ts";
import type { RowDefect } from "./rowDefect.ts";
import { contradiction, fromTheFuture, type Place, rowError, unsorted, unsortedBackwards } from "./rowErrors.ts";

/** How rows are checked, wherever they come from. */
export interface RowRules {
  readonly timeframeMs: number;
  /** Drops and counts rows with impossible values instead of refusing them. */
  readonly lenient: boolean;
  /** Whether the volume is kept; it is checked either way. Default: yes. */
  readonly withVolume?: boolean;
  /** The present, epoch ms: candles that close after it are unfinished, those that open after it are refused. Default: the clock. */
  readonly nowMs?: number;
  /** Ratio of an open to the previous close at which the series breaks. Default: 8. */
  readonly breakRatio?: number;
  /** Offset from UTC of a file's dates that give none, such as `-05:00`. Default: UTC, except in forms that are known to mean another. */
  readonly timeZone?: string;
  /** Called between two blocks of a file; may throw to give up. */
  readonly onBlock?: () => void;
}

/** A stretch of candles that follow one another. */
export interface Run {
  /** Its first candle. */
  readonly index: number;
  readonly timeMs: number;
  /** Line or number of its first row. */
  readonly line: number;
}

/** Candles from rows, each once, in ascending order, with the stretches between missing ones. */
export interface Rows {
  /** Open, high, low, close, and volume if requested. */
  readonly columns: readonly Float64Array[];
  readonly count: number;
  readonly runs: readonly Run[];
  readonly duplicates: number;
  readonly dropped: number;
  readonly repaired: number;
  readonly unfinished: number;
  /** Whether they came in descending order. */
  readonly newestFirst: boolean;
}

/** Open time of each candle, epoch ms. */
export function timesOfRuns({ runs, count }: Pick<Rows, "runs" | "count">, timeframeMs: number): Float64Array {
  const times = new Float64Array(count);
  for (const [k, { index, timeMs }] of runs.entries()) {
    const end = runs[k + 1]?.index ?? count;
    for (let at = index; at < end; at++) times[at] = timeMs + (at - index) * timeframeMs;
  }
  return times;
}

/**
 * The one way in for candles, from a file or from memory: every row passes the same rules. Throws InputError that names the row; `lenient`
 * drops and counts rows whose values are impossible, never rows that are out of order, contradict each other or have no usable time. Rows
 * that all come newest first are turned round if `mayTurn`.
 */
export class RowCollector {
  dropped = 0;
  private readonly columns: GrowingColumns<Float64ArrayConstructor[]>;
  private runs: Run[] = [];
  /** Times and lines of rows that come newest first; null in ascending order. */
  private backwards: GrowingColumns<Float64ArrayConstructor[]> | null = null;
  private readonly nowMs: number;
  private last = new Float64Array(candleColumns.length);
  private spare = new Float64Array(candleColumns.length);
  private duplicates = 0;
  private repaired = 0;
  private unfinished = 0;

  constructor(
    private readonly rules: RowRules,
    private readonly place: Place,
    private readonly mayTurn = false,
  ) {
    const kept = (rules.withVolume ?? true) ? 5 : 4;
    this.columns = new GrowingColumns<Float64ArrayConstructor[]>(new Array(kept).fill(Float64Array));
    this.nowMs = rules.nowMs ?? Date.now();
  }

  get count(): number {
    return this.columns.count;
  }

  /** Where the values of the next row go, in the order of `candleColumns`; `add` takes them. */
  get row(): Float64Array {
    return this.spare;
  }

  /** Takes the row in `row`. `cell` gives a column's text for messages; `defect` is what the source itself found wrong. */
  add(line: number, share: number, cell: (column: number) => string, defect: RowDefect | null): void {
    const { columns, last, spare: values } = this;
    const { timeframeMs, lenient } = this.rules;
    const isRepaired = repairRounding(values);
    const wrong = defect ?? valueDefect(values, cell);
    if (wrong) {
      if (!lenient || !wrong.isDroppable) throw rowError(this.place, line, wrong);
      this.dropped++;
      return;
    }
    const timeMs = values[0]!;
    const beforeMs = last[0]!;
    if (timeMs + timeframeMs > this.nowMs) {
      if (timeMs > this.nowMs) throw fromTheFuture(this.place, line, timeMs, this.nowMs);
      this.unfinished = 1;
      return;
    }
    if (columns.count > 0) {
      if (timeMs === beforeMs) {
        if (values.some((value, column) => value !== last[column])) throw contradiction(this.place, line, values, last);
        this.duplicates++;
        return;
      }
      if (timeMs < beforeMs !== (this.backwards !== null)) this.turn(line, timeMs);
    }
    if (this.backwards) this.backwards.push([timeMs, line], share);
    else if (columns.count === 0 || timeMs - beforeMs !== timeframeMs)
      this.runs.push({ index: columns.count, timeMs, line });
    if (isRepaired) this.repaired++;
    columns.push(values, share, 1);
    this.last = values;
    this.spare = last;
  }

  /** The second candle opens before the first: the rows are newest first, or out of order. */
  private turn(line: number, timeMs: number): void {
    const beforeMs = this.last[0]!;
    if (this.backwards) throw unsortedBackwards(this.place, line, timeMs, beforeMs);
    if (!this.mayTurn || this.columns.count > 1) throw unsorted(this.place, line, timeMs, beforeMs);
    this.backwards = new GrowingColumns<Float64ArrayConstructor[]>([Float64Array, Float64Array]);
    this.backwards.push([beforeMs, this.runs[0]!.line], 0);
  }

  /** What was collected, in ascending order; nothing more can be added. */
  take(): Rows {
    const { duplicates, dropped, repaired, unfinished } = this;
    const { count } = this.columns;
    const columns = this.columns.take();
    if (this.backwards) {
      for (const column of columns) column.reverse();
      this.runs = runsOf(this.backwards.take(), this.rules.timeframeMs);
    }
    return {
      columns,
      count,
      runs: this.runs,
      duplicates,
      dropped,
      repaired,
      unfinished,
      newestFirst: !!this.backwards,
    };
  }
}

/** Stretches of candles, from times and lines in descending order. */
function runsOf([times, lines]: readonly Float64Array[], timeframeMs: number): Run[] {
  const runs: Run[] = [];
  const count = times!.length;
  for (let index = 0; index < count; index++) {
    const at = count - 1 - index;
    if (index > 0 && times![at]! - times![at + 1]! === timeframeMs) continue;
    runs.push({ index, timeMs: times![at]!, line: lines![at]! });
  }
  return runs;
}

import { onGrid } from "./assemble.ts";
import { breaksOf } from "./breaks.ts";
import type { Break, Candles } from "./candles.ts";
import { type CandleValues, isSameCandle, type PushedRow } from "./pushedRows.ts";
import type { Run } from "./rowCollector.ts";
import type { Place } from "./rowErrors.ts";
import { type SharedColumns, sharedBytesPerCandle, sharedColumns } from "./sharedColumns.ts";
import { checkStreaks, GridPhase } from "./spacing.ts";

/** What a buffer holds, from its oldest candle on. */
export interface HeldColumns extends SharedColumns {
  readonly timeframeMs: number;
  readonly count: number;
}

/** What a push did. */
export interface Taken {
  readonly added: number;
  /** Candles whose values were replaced by others. */
  readonly replaced: number;
  readonly duplicates: number;
}

/** Who follows a buffer's candles. */
export interface Follower {
  /** From an index on, candles are others than before, or stand elsewhere. */
  changed(from: number): void;
  /** So many candles may be dropped from the front now; returns how many will be, at most so many. */
  dropping(candles: number): number;
}

const fewestSpare = 256;
/** A spare part of the room: how often columns move to a larger one. */
const spareShare = 1 / 8;

/**
 * One symbol's candles in shared columns that grow at their end. What was lent out never changes: candles after it are beyond its end, and a
 * correction moves to new columns first.
 */
export class SeriesBuffer {
  count = 0;
  private room = 0;
  private columns = sharedColumns(0);
  private isLent = false;
  private runs: Run[] = [];
  private breaks: Break[] = [];
  private readonly phase: GridPhase;

  constructor(
    readonly symbol: string,
    private readonly rules: { readonly timeframeMs: number; readonly breakRatio: number },
    private readonly follower: Follower,
  ) {
    this.phase = new GridPhase(rules.timeframeMs);
  }

  /** Bytes of its columns. */
  get bytes(): number {
    return this.room * sharedBytesPerCandle;
  }

  /** Open time of the newest candle, epoch ms; -Infinity if there is none. */
  get newestMs(): number {
    return this.count === 0 ? Number.NEGATIVE_INFINITY : this.columns.times[this.count - 1]!;
  }

  /** The columns as they are now, to be read at once. */
  get held(): HeldColumns {
    return { ...this.columns, timeframeMs: this.rules.timeframeMs, count: this.count };
  }

  /** Candles after a change of unit, ascending. */
  get breakIndices(): readonly Break[] {
    return this.breaks;
  }

  /** Candles after missing ones, ascending; the first is 0. */
  get runStarts(): readonly Run[] {
    return this.runs;
  }

  /** The first candle that opens at a time or later; `count` if there is none. */
  indexFrom(timeMs: number): number {
    let from = 0;
    let to = this.count;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (this.columns.times[middle]! < timeMs) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  /** Takes rows in order of time. Candles older than `keepFromMs` may be dropped. Throws InputError before anything changes. */
  take(rows: readonly PushedRow[], keepFromMs: number, place: Place): Taken {
    const { fresh, other, duplicates, replaced } = this.sorted(rows);
    if (fresh.length === 0 || fresh[0]!.values[0]! > this.newestMs) {
      const runs = this.runsAfter(fresh);
      this.check(fresh, place, [...this.runs.slice(-longestRemembered), ...runs]);
      this.replace(other);
      this.append(fresh, runs, keepFromMs);
    } else {
      const merged = this.merged(fresh, place);
      const from = this.indexFrom(fresh[0]!.values[0]!);
      this.adopt(merged);
      this.follower.changed(from);
      this.replace(other.map(({ row }) => ({ row, at: this.indexFrom(row.values[0]!) })));
    }
    return { added: fresh.length, replaced, duplicates };
  }

  /** The candles from an index on, as a series that stays what it is. */
  lent(from: number): Candles {
    this.isLent = true;
    const { columns, count, runs, breaks, rules } = this;
    const part = (column: Float64Array): Float64Array => column.subarray(from, count);
    const later = runs.filter(({ index }) => index > from).map((run) => ({ ...run, index: run.index - from }));
    const rows = {
      columns: [columns.open, columns.high, columns.low, columns.close, columns.volume].map(part),
      count: count - from,
      runs: [{ index: 0, timeMs: columns.times[from]!, line: 0 }, ...later],
      ...{ duplicates: 0, dropped: 0, repaired: 0, unfinished: 0, newestFirst: false },
    };
    const own = breaks.filter(({ index }) => index > from).map((each) => ({ ...each, index: each.index - from }));
    const about = { symbol: this.symbol, readAs: [], breaks: own, mayBeSparse: true };
    return onGrid(about, rows, { timeframeMs: rules.timeframeMs, lenient: false }, () => this.symbol);
  }

  /** Which rows are new, which are other than what is held, and how many are neither. */
  private sorted(rows: readonly PushedRow[]) {
    const fresh: PushedRow[] = [];
    const other: { row: PushedRow; at: number }[] = [];
    let [duplicates, replaced] = [0, 0];
    for (const [k, row] of rows.entries()) {
      const timeMs = row.values[0]!;
      const at = timeMs > this.newestMs ? this.count : this.indexFrom(timeMs);
      const isHeld = at < this.count && this.columns.times[at] === timeMs;
      const isAgain = k > 0 && rows[k - 1]!.values[0] === timeMs;
      const before = isAgain ? rows[k - 1]!.values : isHeld ? this.valuesAt(at) : null;
      if (before && isSameCandle(before, row.values)) {
        duplicates++;
        continue;
      }
      if (before) replaced++;
      if (isHeld) other.push({ row, at });
      else if (isAgain) fresh[fresh.length - 1] = row;
      else fresh.push(row);
    }
    return { fresh, other, duplicates, replaced };
  }

  private valuesAt(at: number): CandleValues {
    const { times, open, high, low, close, volume } = this.columns;
    return [times[at]!, open[at]!, high[at]!, low[at]!, close[at]!, volume[at]!];
  }

  private check(fresh: readonly PushedRow[], place: Place, runs: readonly Run[]): void {
    let before = this.count === 0 ? Number.NEGATIVE_INFINITY : this.columns.slots[this.count - 1]!;
    const phase = this.phase.copy();
    for (const { values, line } of fresh) before = phase.add(values[0]!, before, () => place(line, 0));
    checkStreaks(runs, this.rules.timeframeMs, place);
    this.phase.adopt(phase);
  }

  /** Stretches of new candles that follow one another, behind those held. */
  private runsAfter(fresh: readonly PushedRow[]): Run[] {
    const { count } = this;
    const { timeframeMs } = this.rules;
    const runs: Run[] = [];
    let nextMs = this.newestMs + timeframeMs;
    for (const [k, { values, line }] of fresh.entries()) {
      if (values[0] !== nextMs) runs.push({ index: count + k, timeMs: values[0]!, line });
      nextMs = values[0]! + timeframeMs;
    }
    return runs;
  }

  private append(fresh: readonly PushedRow[], runs: readonly Run[], keepFromMs: number): void {
    if (fresh.length === 0) return;
    if (this.count + fresh.length > this.room) runs = this.widen(fresh.length, runs, keepFromMs);
    const from = this.count;
    for (const [k, { values }] of fresh.entries()) this.put(this.columns, from + k, values);
    this.count += fresh.length;
    this.runs.push(...runs);
    this.findBreaks(from);
  }

  /** Other values for candles that are held. */
  private replace(other: readonly { readonly row: PushedRow; readonly at: number }[]): void {
    if (other.length === 0) return;
    if (this.isLent) this.move(0, this.room);
    for (const { row, at } of other) this.put(this.columns, at, row.values);
    const from = Math.min(...other.map(({ at }) => at));
    this.findBreaks(from);
    this.follower.changed(from);
  }

  private put(columns: SharedColumns, at: number, values: CandleValues): void {
    columns.times[at] = values[0]!;
    columns.open[at] = values[1]!;
    columns.high[at] = values[2]!;
    columns.low[at] = values[3]!;
    columns.close[at] = values[4]!;
    columns.volume[at] = values[5]!;
    columns.slots[at] = this.phase.slotOf(values[0]!);
  }

  /** Makes room for more candles, and drops those that are too old. Returns the runs at their new places. */
  private widen(more: number, runs: readonly Run[], keepFromMs: number): readonly Run[] {
    const old = this.indexFrom(keepFromMs);
    const dropped = old === 0 ? 0 : this.follower.dropping(old);
    const needed = this.count - dropped + more;
    this.move(dropped, needed + Math.max(fewestSpare, Math.ceil(spareShare * needed)));
    return runs.map((run) => ({ ...run, index: run.index - dropped }));
  }

  /** Moves the candles from an index on into columns of their own. */
  private move(from: number, room: number): void {
    const columns = sharedColumns(room);
    for (const name of Object.keys(columns) as (keyof SharedColumns)[])
      columns[name].set(this.columns[name].subarray(from, this.count) as never);
    this.columns = columns;
    this.room = room;
    this.isLent = false;
    if (from === 0) return;
    this.count -= from;
    const first = { index: 0, timeMs: columns.times[0]!, line: 0 };
    const later = this.runs.filter(({ index }) => index > from);
    this.runs = this.count === 0 ? [] : [first, ...later.map((run) => ({ ...run, index: run.index - from }))];
    this.breaks = this.breaks
      .filter(({ index }) => index > from)
      .map((each) => ({ ...each, index: each.index - from }));
  }

  /** Columns with new candles among those held, checked; nothing is changed. */
  private merged(fresh: readonly PushedRow[], place: Place) {
    const { count, columns: held, rules } = this;
    const all = count + fresh.length;
    const room = all + Math.max(fewestSpare, Math.ceil(spareShare * all));
    const columns = sharedColumns(room);
    const runs: Run[] = [];
    const phase = this.phase.copy();
    let [from, k] = [0, 0];
    let before = Number.NEGATIVE_INFINITY;
    for (let at = 0; at < all; at++) {
      const row = fresh[k];
      const isNew = row !== undefined && (from === count || row.values[0]! < held.times[from]!);
      const timeMs = isNew ? row.values[0]! : held.times[from]!;
      const line = isNew ? row.line : 0;
      before = phase.add(timeMs, before, () => place(line, 0));
      if (at === 0 || timeMs - columns.times[at - 1]! !== rules.timeframeMs) runs.push({ index: at, timeMs, line });
      if (isNew) {
        this.put(columns, at, row.values);
        k++;
      } else {
        for (const name of Object.keys(columns) as (keyof SharedColumns)[]) columns[name][at] = held[name][from]!;
        from++;
      }
      columns.slots[at] = before;
    }
    checkStreaks(runs, rules.timeframeMs, place);
    return { columns, room, runs, phase, count: all };
  }

  private adopt({ columns, room, runs, phase, count }: ReturnType<SeriesBuffer["merged"]>): void {
    this.columns = columns;
    this.room = room;
    this.runs = runs;
    this.phase.adopt(phase);
    this.count = count;
    this.isLent = false;
    this.findBreaks(0);
  }

  /** Finds the changes of unit from a candle on anew. */
  private findBreaks(from: number): void {
    const { rules, count, runs } = this;
    const { open, close, slots } = this.columns;
    const first = Math.max(0, from - 1);
    const missing = new Map<number, number>();
    for (let k = runs.length - 1; k >= 0 && runs[k]!.index > first; k--) {
      const { index } = runs[k]!;
      missing.set(index - first, slots[index]! - slots[index - 1]! - 1);
    }
    const parts = [open.subarray(first, count), close.subarray(first, count)] as const;
    const found = breaksOf(...parts, rules.timeframeMs, rules.breakRatio, missing);
    this.breaks = [
      ...this.breaks.filter(({ index }) => index < from),
      ...found.filter(({ index }) => index + first >= from).map((each) => ({ ...each, index: each.index + first })),
    ];
  }
}

/** Runs that a streak of odd steps may have begun in. */
const longestRemembered = 21;

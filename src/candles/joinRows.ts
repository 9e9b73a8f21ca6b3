import { InputError } from "../errors.ts";
import { escaped } from "../text.ts";
import { candleColumns } from "./header.ts";
import { type RowRules, type Rows, type Run, timesOfRuns } from "./rowCollector.ts";
import { isoTime, type Place } from "./rowErrors.ts";
import { lineOfTime } from "./rows.ts";

/** One of several files of a series, read. */
export interface JoinedPart {
  readonly path: string;
  readonly rows: Rows;
}

/** Two files of one series may write a number with another last digit: freqtrade's JSON rounds what its feather files hold. */
const roundingShare = 1e-9;

/** The first column in which two candles differ by more than rounding; -1 if they are the same. */
export function differingColumn(a: readonly Float64Array[], i: number, b: readonly Float64Array[], j: number): number {
  return a.findIndex((values, k) => {
    const [one, other] = [values[i]!, b[k]![j]!];
    return one !== other && !(Math.abs(one - other) <= roundingShare * Math.abs(other));
  });
}

/**
 * The rows of several files as one series in order of time, and the place of each stretch's first row, which is numbered by its index. Candles
 * that are the same in several files, but for rounding, count once, and as duplicates: that of the file that begins first is kept. Throws InputError with both files and lines where two contradict each other.
 */
export async function joinedRows(
  parts: readonly JoinedPart[],
  rules: RowRules,
): Promise<{ readonly rows: Rows; readonly place: Place }> {
  const { timeframeMs } = rules;
  const ordered = parts.toSorted((a, b) => a.rows.runs[0]!.timeMs - b.rows.runs[0]!.timeMs);
  const total = ordered.reduce((sum, { rows }) => sum + rows.count, 0);
  const joined = new JoiningColumns(total, ordered[0]!.rows.columns.length);
  for (const part of ordered) {
    const clash = joined.add(part.rows.columns, timesOfRuns(part.rows, timeframeMs));
    if (clash) throw await contradictionOf(clash, part, ordered, rules);
  }
  const { times, count } = joined;
  const runs: Run[] = [];
  for (let index = 0; index < count; index++)
    if (index === 0 || times[index]! - times[index - 1]! !== timeframeMs)
      runs.push({ index, timeMs: times[index]!, line: index });
  const sum = (key: "duplicates" | "dropped" | "repaired"): number =>
    ordered.reduce((all, { rows }) => all + rows[key], 0);
  const rows: Rows = {
    columns: joined.columns.map((column) => column.subarray(0, count)),
    count,
    runs,
    duplicates: sum("duplicates") + total - count,
    dropped: sum("dropped"),
    repaired: sum("repaired"),
    unfinished: Math.max(...ordered.map((part) => part.rows.unfinished)),
    newestFirst: false,
  };
  return { rows, place: (index) => placeOf(ordered, times[index]!) };
}

/** A stretch of the whole begins where a stretch of one of the files does. */
function placeOf(parts: readonly JoinedPart[], timeMs: number): string {
  for (const { path, rows } of parts) {
    const run = rows.runs.find((each) => each.timeMs === timeMs);
    if (run) return `${escaped(path)}:${run.line}`;
  }
  return escaped(parts[0]!.path);
}

/** Two candles of one time with different values. */
interface Clash {
  readonly timeMs: number;
  readonly column: number;
  readonly value: number;
  readonly before: number;
}

/** Columns that parts are merged into, in order of time. */
class JoiningColumns {
  count = 0;
  readonly times: Float64Array;
  readonly columns: readonly Float64Array[];

  constructor(room: number, width: number) {
    this.times = new Float64Array(room);
    this.columns = Array.from({ length: width }, () => new Float64Array(room));
  }

  /** Merges a part that begins no earlier than those before it; returns the first candle that contradicts one of theirs. */
  add(columns: readonly Float64Array[], times: Float64Array): Clash | null {
    if (this.count === 0 || times[0]! > this.times[this.count - 1]!) {
      this.times.set(times, this.count);
      for (const [k, column] of columns.entries()) this.columns[k]!.set(column, this.count);
      this.count += times.length;
      return null;
    }
    let from = this.count;
    while (from > 0 && this.times[from - 1]! >= times[0]!) from--;
    const tailTimes = this.times.slice(from, this.count);
    const tail = this.columns.map((column) => column.slice(from, this.count));
    this.count = from;
    let [a, b] = [0, 0];
    while (a < tailTimes.length || b < times.length) {
      const [own, other] = [tailTimes[a] ?? Number.POSITIVE_INFINITY, times[b] ?? Number.POSITIVE_INFINITY];
      if (own === other) {
        const column = differingColumn(tail, a, columns, b);
        if (column >= 0)
          return { timeMs: own, column: column + 1, value: columns[column]![b]!, before: tail[column]![a]! };
        b++;
      }
      if (own <= other) this.push(own, tail, a++);
      else this.push(other, columns, b++);
    }
    return null;
  }

  private push(timeMs: number, columns: readonly Float64Array[], row: number): void {
    this.times[this.count] = timeMs;
    for (const [k, column] of columns.entries()) this.columns[k]![this.count] = column[row]!;
    this.count++;
  }
}

async function contradictionOf(
  { timeMs, column, value, before }: Clash,
  part: JoinedPart,
  parts: readonly JoinedPart[],
  rules: RowRules,
): Promise<InputError> {
  const holds = ({ rows }: JoinedPart): boolean => timesOfRuns(rows, rules.timeframeMs).includes(timeMs);
  const other = parts.slice(0, parts.indexOf(part)).find(holds)!;
  const [line, otherLine] = [await lineOfTime(part.path, rules, timeMs), await lineOfTime(other.path, rules, timeMs)];
  return new InputError("CANDLE_CONTRADICTION", "two files have one candle with different values", {
    where: `${escaped(part.path)}:${line}`,
    found: `${candleColumns[column]} ${value}, and ${before} in ${escaped(other.path)}:${otherLine}, at ${isoTime(timeMs)}`,
    expected: "each candle once, or the same in both files",
    remedy: "keep the right one and delete the other",
  });
}

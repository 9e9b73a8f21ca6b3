import { GrowingColumns } from "./columns.js";
import { candleColumns } from "./header.js";
import { repairRounding, valueDefect } from "./rowChecks.js";
import { contradiction, fromTheFuture, rowError, unsorted, unsortedBackwards } from "./rowErrors.js";
/**
 * The one way in for candles, from a file or from memory: every row passes the same rules. Throws InputError that names the row; `lenient`
 * drops and counts rows whose values are impossible, never rows that are out of order, contradict each other or have no usable time. Rows
 * that all come newest first are turned round if `mayTurn`.
 */
export class RowCollector {
    rules;
    place;
    mayTurn;
    dropped = 0;
    columns;
    runs = [];
    /** Times and lines of rows that come newest first; null in ascending order. */
    backwards = null;
    nowMs;
    last = new Float64Array(candleColumns.length);
    spare = new Float64Array(candleColumns.length);
    duplicates = 0;
    repaired = 0;
    unfinished = 0;
    constructor(rules, place, mayTurn = false) {
        this.rules = rules;
        this.place = place;
        this.mayTurn = mayTurn;
        const kept = (rules.withVolume ?? true) ? 5 : 4;
        this.columns = new GrowingColumns(new Array(kept).fill(Float64Array));
        this.nowMs = rules.nowMs ?? Date.now();
    }
    get count() {
        return this.columns.count;
    }
    /** Where the values of the next row go, in the order of `candleColumns`; `add` takes them. */
    get row() {
        return this.spare;
    }
    /** Takes the row in `row`. `cell` gives a column's text for messages; `defect` is what the source itself found wrong. */
    add(line, share, cell, defect) {
        const { columns, last, spare: values } = this;
        const { timeframeMs, lenient } = this.rules;
        const isRepaired = repairRounding(values);
        const wrong = defect ?? valueDefect(values, cell);
        if (wrong) {
            if (!lenient || !wrong.isDroppable)
                throw rowError(this.place, line, wrong);
            this.dropped++;
            return;
        }
        const timeMs = values[0];
        const beforeMs = last[0];
        if (timeMs + timeframeMs > this.nowMs) {
            if (timeMs > this.nowMs)
                throw fromTheFuture(this.place, line, timeMs, this.nowMs);
            this.unfinished = 1;
            return;
        }
        if (columns.count > 0) {
            if (timeMs === beforeMs) {
                if (values.some((value, column) => value !== last[column]))
                    throw contradiction(this.place, line, values, last);
                this.duplicates++;
                return;
            }
            if (timeMs < beforeMs !== (this.backwards !== null))
                this.turn(line, timeMs);
        }
        if (this.backwards)
            this.backwards.push([timeMs, line], share);
        else if (columns.count === 0 || timeMs - beforeMs !== timeframeMs)
            this.runs.push({ index: columns.count, timeMs, line });
        if (isRepaired)
            this.repaired++;
        columns.push(values, share, 1);
        this.last = values;
        this.spare = last;
    }
    /** The second candle opens before the first: the rows are newest first, or out of order. */
    turn(line, timeMs) {
        const beforeMs = this.last[0];
        if (this.backwards)
            throw unsortedBackwards(this.place, line, timeMs, beforeMs);
        if (!this.mayTurn || this.columns.count > 1)
            throw unsorted(this.place, line, timeMs, beforeMs);
        this.backwards = new GrowingColumns([Float64Array, Float64Array]);
        this.backwards.push([beforeMs, this.runs[0].line], 0);
    }
    /** What was collected, in ascending order; nothing more can be added. */
    take() {
        const { duplicates, dropped, repaired, unfinished } = this;
        const { count } = this.columns;
        const columns = this.columns.take();
        if (this.backwards) {
            for (const column of columns)
                column.reverse();
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
function runsOf([times, lines], timeframeMs) {
    const runs = [];
    const count = times.length;
    for (let index = 0; index < count; index++) {
        const at = count - 1 - index;
        if (index > 0 && times[at] - times[at + 1] === timeframeMs)
            continue;
        runs.push({ index, timeMs: times[at], line: lines[at] });
    }
    return runs;
}

import { InputError } from "../errors.js";
import { escaped, quoted } from "../text.js";
import { readDateText } from "./dateText.js";
const descriptions = {
    s: "seconds",
    ms: "milliseconds",
    us: "microseconds",
    ns: "nanoseconds",
    offset: "dates with an offset from UTC",
    naive: "dates without an offset, in UTC",
    date: "days, each at midnight UTC",
};
/** A kind in words, for messages such as "times read as seconds"; dates without an offset in the given zone. */
export function describeKind(kind, zone) {
    if (zone === undefined || !/^[+-]/.test(zone))
        return descriptions[kind];
    if (kind === "naive")
        return `dates without an offset, at UTC${zone}`;
    return kind === "date" ? `days, each at midnight of UTC${zone}` : descriptions[kind];
}
/** Milliseconds from 1973 to 5138. Every other unit is a thousand times more or less, so that a number in this range has only one reading. */
const earliestMs = 1e11;
const latestMs = 1e14;
/** 1 us: what a double or a clock's truncation may be off a whole millisecond. More means that it is not a candle's time. */
const roundingMs = 0.001;
const plainNumber = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const compactDay = /^\d{8}$/;
/**
 * Reads the times of one column, row by row. The first row settles the kind, by its magnitude or form; a row of another kind is an
 * InputError with both, so that a file with mixed units is never half misread. A date may appear among times without an offset, as pandas
 * writes midnights; an offset applies to its own row only.
 */
export class TimeColumn {
    where;
    column;
    options;
    /** Bounds of a plain number that is taken as is; nothing lies within NaN. */
    from = Number.NaN;
    to = Number.NaN;
    found = null;
    first = "";
    /** `where` is the file and `column` the name, for messages. */
    constructor(where, column, options = {}) {
        this.where = where;
        this.column = column;
        this.options = options;
    }
    /** The kind of the rows so far; null before the first. */
    get kind() {
        return this.found;
    }
    /** The time of a row, epoch ms UTC, whole. `line` is its place for messages. Throws InputError. */
    read(cells, place, line) {
        const value = cells.decimal(place);
        if (value >= this.from && value < this.to && Math.floor(value) === value)
            return value;
        return this.readSlowly(cells.text(place).trim(), line);
    }
    readSlowly(text, line) {
        const time = plainNumber.test(text) ? this.numberAsTime(text) : readDateText(text);
        if ("rule" in time)
            throw this.refusal(line, time, quoted(text));
        this.hold(time.kind, text, line);
        const isLocal = time.kind === "naive" || time.kind === "date";
        const ms = isLocal ? time.ms - (this.options.zoneMs ?? 0) : time.ms;
        const whole = Math.round(ms);
        if (Math.abs(ms - whole) <= roundingMs)
            return whole;
        throw this.refusal(line, {
            rule: "a time must be a whole number of milliseconds",
            expected: "the open time of a candle",
            remedy: "round the column to whole milliseconds, as its source does",
        }, quoted(text));
    }
    /** A number by its magnitude. Eight digits that form a date are not a number in any unit. */
    numberAsTime(text) {
        const value = Number(text);
        const { span } = this.options;
        if (span && value >= span.fromMs && value <= span.toMs)
            return { ms: value, kind: "ms" };
        if (this.found === "ms" && value >= this.from && value < this.to)
            return { ms: value, kind: "ms" };
        if (value >= 1e8 && value < earliestMs)
            return { ms: value * 1e3, kind: "s" };
        if (value >= earliestMs && value < latestMs)
            return { ms: value, kind: "ms" };
        if (value >= latestMs && value < 1e17)
            return { ms: value / 1e3, kind: "us" };
        if (value >= 1e17 && value < 1e20)
            return { ms: value / 1e6, kind: "ns" };
        if (compactDay.test(text))
            return readDateText(text);
        return {
            rule: "not a time between 1973 and 5138 in any unit",
            expected: "seconds, milliseconds, microseconds or nanoseconds since 1970, such as 1735689600000",
            remedy: "check that this is the time column",
        };
    }
    hold(kind, text, line) {
        if (this.found === null) {
            this.found = kind;
            this.first = `${quoted(text)} in line ${line}`;
            if (kind !== "ms")
                return;
            this.from = Math.min(earliestMs, this.options.span?.fromMs ?? earliestMs);
            this.to = latestMs;
            return;
        }
        if (kind === this.found)
            return;
        const isDay = (each) => each === "naive" || each === "date";
        if (isDay(kind) && isDay(this.found)) {
            this.found = "naive";
            return;
        }
        throw this.refusal(line, {
            rule: "the times of a column must all be of one kind",
            expected: `${describeKind(this.found)}, as ${this.first}`,
            remedy: "export the whole column in one unit and time zone",
        }, `${quoted(text)}, which looks like ${describeKind(kind)}`);
    }
    refusal(line, { rule, expected, remedy }, found) {
        return new InputError(this.options.code ?? "CANDLE_TIME", rule, {
            where: `${escaped(this.where)}:${line}, ${escaped(this.column)}`,
            found,
            expected,
            remedy,
        });
    }
}

/** Year first: no other order is unambiguous. Days and months may lack a leading zero. */
const dateForm = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:(?:[Tt]|\s+)(\S.*))?$/;
const compactDateForm = /^(\d{4})()(\d\d)(\d\d)(?:(?:[Tt]|\s+)(\S.*))?$/;
const zone = String.raw `(?:\s*(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?))?$`;
const clockForms = [
    new RegExp(String.raw `^(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?(?:\s*([AP]M))?${zone}`, "i"),
    new RegExp(String.raw `^(\d{1,2})()()()[- ]?([AP]M)${zone}`, "i"),
    new RegExp(String.raw `^(\d\d)(\d\d)(?:(\d\d)(?:[.,](\d+))?)?()${zone}`, "i"),
];
const usual = "epoch milliseconds, or a time such as 2025-01-31T09:30:00Z";
/**
 * Reads ISO 8601 as programs write it (a space for the T, fractions, `+00:00`, `-0400`, `Z`, compact), and 12-hour clocks. No guessing:
 * engines disagree on what `Date.parse` makes of other forms, and 01/02/2025 is two dates.
 */
export function readDateText(text) {
    const [, year, , month, day, rest] = dateForm.exec(text) ?? compactDateForm.exec(text) ?? [];
    if (year === undefined)
        return unreadable(text);
    const dayMs = dayOf(Number(year), Number(month), Number(day));
    if (dayMs === null)
        return noSuch("date");
    if (rest === undefined)
        return { ms: dayMs, kind: "date" };
    let clock = null;
    for (const form of clockForms)
        clock ??= form.exec(rest);
    if (!clock)
        return unreadable(text);
    const [, hours, minutes, seconds, fraction, half, offset] = clock;
    const hour = hourOf(Number(hours), half?.toUpperCase());
    const offsetMs = offsetOf(offset);
    if (hour === null || Number(minutes) > 59 || Number(seconds ?? 0) > 59 || offsetMs === null)
        return noSuch("time");
    const ms = dayMs +
        hour * 3_600_000 +
        Number(minutes) * 60_000 +
        Number(seconds ?? 0) * 1_000 +
        Number(`.${fraction || 0}`) * 1_000;
    return { ms: ms - offsetMs, kind: offset === undefined ? "naive" : "offset" };
}
/** Midnight UTC of a day; null if the calendar has no such day. */
function dayOf(year, month, day) {
    // Date.UTC takes years below 100 for those of the last century.
    if (year < 100 || month < 1 || month > 12 || day < 1)
        return null;
    const ms = Date.UTC(year, month - 1, day);
    return day > 28 && new Date(ms).getUTCDate() !== day ? null : ms;
}
function hourOf(hours, half) {
    if (!half)
        return hours <= 23 ? hours : null;
    if (hours < 1 || hours > 12)
        return null;
    return (hours % 12) + (half === "PM" ? 12 : 0);
}
/** Offset from UTC; null if it is larger than any in use. */
function offsetOf(text) {
    if (text === undefined || /^[a-z]/i.test(text))
        return 0;
    const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)?$/.exec(text);
    if (Number(hours) > 14 || Number(minutes ?? 0) > 59)
        return null;
    return (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes ?? 0)) * 60_000;
}
function noSuch(what) {
    return { rule: `there is no such ${what}`, expected: usual, remedy: "correct the cell, or export the file again" };
}
function unreadable(text) {
    if (/^\d{1,2}([-/.])\d{1,2}\1\d{2,4}\b/.test(text))
        return {
            rule: "ambiguous date: day and month cannot be told apart",
            expected: "the year first, as in 2025-01-31, or epoch milliseconds",
            remedy: "export the column again with the year first",
        };
    if (/^\d{1,2}:\d\d/.test(text))
        return {
            rule: "a time of day without a date",
            expected: usual,
            remedy: "combine the date and time columns into one, such as 2025-01-31 09:30",
        };
    return {
        rule: text === "" ? "a row has no time" : "a time must be a number since 1970 or a date with the year first",
        expected: usual,
        remedy: "export the column again in one of these forms",
    };
}

import { quoted } from "../text.js";
import { readDateText } from "./dateText.js";
/** A file with commas whose first row names the columns. */
export const plainForm = {
    separator: ",",
    mark: ".",
    skippedLines: 0,
    header: null,
    joined: null,
    said: [],
    zoneUnsaid: null,
};
const otherSeparators = [";", "\t", "|"];
const separatorNames = {
    ",": "commas",
    ";": "semicolons",
    "\t": "tabs",
    "|": "vertical bars",
};
/** Cells of one line, without quotes. */
export function cellsOfLine(line, separator) {
    const cells = [];
    let cell = "";
    let isQuoted = false;
    for (const character of line) {
        if (character === '"')
            isQuoted = !isQuoted;
        else if (character === separator && !isQuoted) {
            cells.push(cell);
            cell = "";
        }
        else
            cell += character;
    }
    return [...cells, cell];
}
/** A line of an address, as CryptoDataDownload puts first. */
const addressForm = /^(https?:\/\/|www\.)\S+$/i;
/** A line that tells spreadsheets the separator. */
const separatorForm = /^"?sep=(.)"?$/i;
/** Splits the first lines of a file: finds what is no row, and the separator. */
export function beginningOf(lines) {
    let skippedLines = 0;
    const said = [];
    let told = null;
    for (const line of lines) {
        const text = line.trim();
        const mark = separatorForm.exec(line.replace(/[\r\n]/g, ""))?.[1];
        if (mark !== undefined && mark in separatorNames)
            told = mark;
        else if (addressForm.test(text))
            said.push(`first line ${quoted(text)} skipped`);
        else if (text !== "")
            break;
        skippedLines++;
    }
    const rest = lines.slice(skippedLines).filter((line) => line.trim() !== "");
    const separator = told ?? separatorOf(rest[0] ?? "");
    if (separator !== ",")
        said.push(`columns separated by ${separatorNames[separator]}`);
    return { separator, skippedLines, said, rows: rest.map((line) => cellsOfLine(line, separator)) };
}
/** Another separator than the comma counts where it makes at least as many columns as prices and a time need. */
function separatorOf(line) {
    return otherSeparators.find((each) => cellsOfLine(line, each).length >= 5) ?? ",";
}
/** Whether a text is a point in time, or a day, in some unit or form. */
export function isTime(text) {
    return Number(text) >= 1e8 || !("rule" in readDateText(text.trim()));
}
/** Whether a text is a day without a time of day. */
export function isDay(text) {
    const read = readDateText(text.trim());
    return !("rule" in read) && read.kind === "date";
}
/** Whether a text is a time of day without a day. */
export function isClock(text) {
    return /^(\d{1,2}:\d\d(:\d\d([.,]\d+)?)?(\s*[AP]M)?|\d{4}|\d{6})$/i.test(text.trim());
}
/** The decimal mark of some numbers: what the first of them with one has. */
export function markOf(rows, separator) {
    if (separator === ",")
        return ".";
    for (const row of rows)
        for (const cell of row) {
            const [, mark] = /^\s*[+-]?\d*([.,])\d+([eE][+-]?\d+)?\s*$/.exec(cell) ?? [];
            if (mark !== undefined)
                return mark;
        }
    return ".";
}

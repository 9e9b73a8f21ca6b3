import { InputError } from "../errors.js";
import { opening } from "../opening.js";
import { escaped, quoted } from "../text.js";
import { asUnreadable, openFile } from "./byteSource.js";
import { ByteCells, JoinedCells, TextCells } from "./cells.js";
import { plainForm } from "./csvForm.js";
/** A line longer than this, in bytes, is not a row of numbers; it bounds what is held of a file with no line breaks. */
const longestLine = 1 << 20;
const blockBytes = 1 << 18;
const [lineFeed, carriageReturn, quote] = [10, 13, 34];
const byteOrderMark = [0xef, 0xbb, 0xbf];
/** The rows of a CSV file with commas, as `csvRows` gives them. Throws InputError, also if the file cannot be read. */
export async function* csvBlocks(path) {
    let source = null;
    try {
        source = await openFile(path);
        yield* csvRows(path, source);
    }
    catch (cause) {
        throw asUnreadable(path, cause);
    }
    finally {
        await source?.close();
    }
}
/**
 * CSV in blocks of rows; one block of it is held, and only the requested cells are decoded. Line endings are those of
 * Unix, Windows or the old Mac. One row per line: a quoted cell that runs past the end of its line is refused, so that line numbers stay right.
 * Where the form has a header, that is the first row.
 */
export async function* csvRows(path, source, form = plainForm) {
    const block = new ByteBlock(path, source.sizeBytes, form);
    while (!block.isLast) {
        await block.fill(source);
        yield block;
    }
}
/** The part of a file that is in memory, and its rows. */
class ByteBlock {
    path;
    sizeBytes;
    form;
    line = 0;
    cells;
    isLast = false;
    bytes = Buffer.allocUnsafeSlow(blockBytes);
    /** The unread bytes. */
    at = 0;
    end = 0;
    /** Bytes of the file before the block's first. */
    before = 0;
    isAfterReturn = false;
    plain = new ByteCells();
    /** What is given of a row without quotes. */
    plainCells;
    parse = null;
    /** A header that the file does not have, until it is read. */
    header;
    separator;
    constructor(path, sizeBytes, form) {
        this.path = path;
        this.sizeBytes = sizeBytes;
        this.form = form;
        this.plain.mark = form.mark;
        this.plainCells = form.joined ? new JoinedCells(this.plain, form.joined) : this.plain;
        this.cells = this.plainCells;
        this.header = form.header;
        this.separator = form.separator.charCodeAt(0);
    }
    get share() {
        return this.sizeBytes > 0 ? Math.min(1, (this.before + this.at) / this.sizeBytes) : 0;
    }
    /** Reads on behind the bytes of a line that has no end yet. */
    async fill(source) {
        if (this.end - this.at > longestLine)
            throw this.tooLong();
        if (this.at === 0 && this.end === this.bytes.length) {
            const wider = Buffer.allocUnsafeSlow(2 * this.end);
            this.bytes.copy(wider);
            this.bytes = wider;
        }
        this.bytes.copyWithin(0, this.at, this.end);
        this.before += this.at;
        this.end -= this.at;
        this.at = 0;
        const count = await source.read(this.bytes, this.end, this.bytes.length - this.end);
        this.isLast = count === 0;
        this.end += count;
        if (!this.parse && this.bytes.subarray(0, this.end).includes(quote))
            this.parse = await quotedLines(this.form.separator);
    }
    next() {
        if (this.header) {
            this.cells = new TextCells(this.header);
            this.header = null;
            return true;
        }
        const { skippedLines } = this.form;
        while (this.nextLine())
            if (this.line > skippedLines)
                return true;
        return false;
    }
    nextLine() {
        const { bytes, end, plain, separator } = this;
        const highest = Math.max(quote, separator);
        if (this.isAfterReturn && this.at < end) {
            if (bytes[this.at] === lineFeed)
                this.at++;
            this.isAfterReturn = false;
        }
        let from = this.at;
        if (this.before + from === 0 && byteOrderMark.every((byte, k) => bytes[k] === byte))
            from += byteOrderMark.length;
        plain.begin(bytes, from);
        let isQuoted = false;
        let at = from;
        for (; at < end; at++) {
            const byte = bytes[at];
            if (byte > highest)
                continue;
            if (byte === separator)
                plain.end(at);
            else if (byte === lineFeed || byte === carriageReturn)
                break;
            else if (byte === quote)
                isQuoted = true;
        }
        if (at >= end && (!this.isLast || from >= end))
            return false;
        plain.end(at);
        this.line++;
        this.isAfterReturn = at < end && bytes[at] === carriageReturn;
        this.at = Math.min(end, at + 1);
        this.cells = isQuoted ? this.unquotedCells(bytes.toString("utf8", from, at)) : this.plainCells;
        return true;
    }
    unquotedCells(line) {
        const { mark, joined } = this.form;
        const cells = new TextCells(this.unquoted(line), mark);
        return joined ? new JoinedCells(cells, joined) : cells;
    }
    unquoted(line) {
        const cells = this.parse(line);
        if (cells.length > 0)
            return cells;
        throw new InputError("CSV_QUOTE", "a quoted cell must end on the line it begins on", {
            where: `${escaped(this.path)}:${this.line}`,
            found: quoted(line.slice(line.indexOf('"'))),
            expected: 'a closing quote, as in "1.5", or no quotes',
        });
    }
    tooLong() {
        return new InputError("CSV_LINE", "a line is too long to be a row of numbers", {
            where: `${escaped(this.path)}:${this.line + 1}`,
            found: `more than ${longestLine} bytes without a line break`,
            expected: "one row per line",
        });
    }
}
/** A parser for lines with quotes, loaded at the first such line; it gives no cells if a quote is not closed. */
async function quotedLines(delimiter) {
    const { default: Papa } = await opening(() => import("papaparse"));
    return (line) => {
        const { data, errors } = Papa.parse(line, { delimiter, newline: "\n" });
        return errors.some(({ type }) => type === "Quotes") ? [] : (data[0] ?? []);
    };
}

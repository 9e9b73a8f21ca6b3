import { InputError } from "../errors.js";
import { escaped, quoted } from "../text.js";
import { TextCells } from "./cells.js";
import { candleColumns } from "./header.js";
import { JsonRow, RowFault } from "./jsonRow.js";
const blockBytes = 1 << 18;
/** A candle longer than this, in bytes, is none; it bounds what is held of a list that goes on without one. */
const longestRow = 1 << 16;
const [open, close, comma] = [0x5b, 0x5d, 0x2c];
const byteOrderMark = [0xef, 0xbb, 0xbf];
const isBlank = (byte) => byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
/** Whether text begins as a list or an object of JSON. */
export function isJson(head) {
    return /^\uFEFF?\s*[[{]/.test(head.toString("utf8", 0, 512));
}
/**
 * The candles of a JSON list, each a list `[ms, open, high, low, close, volume, ...]`, as freqtrade and CCXT write them, or an object with
 * the usual names, in blocks: one block of the file is held, however long its line. The names come first, as line 0, so that a candle's
 * line is its number. Throws InputError.
 */
export async function* jsonRows(path, source) {
    const block = new JsonBlock(path, source.sizeBytes);
    while (!block.isLast) {
        await block.fill(source);
        yield block;
    }
    block.finish();
}
const expected = {
    list: "[, the beginning of a list of candles",
    first: "a candle, as [1735689600000, 1, 2, 0.5, 1.5, 10] or as an object",
    row: "a candle, as [1735689600000, 1, 2, 0.5, 1.5, 10] or as an object",
    after: ", or ], the end of the list",
    end: "the end of the file",
};
class JsonBlock {
    path;
    sizeBytes;
    line = -1;
    cells = new TextCells([]);
    isLast = false;
    bytes = Buffer.allocUnsafeSlow(blockBytes);
    at = 0;
    end = 0;
    /** Bytes of the document before the block's first. */
    before = 0;
    place = "list";
    row = null;
    constructor(path, sizeBytes) {
        this.path = path;
        this.sizeBytes = sizeBytes;
    }
    get share() {
        return this.sizeBytes > 0 ? Math.min(1, (this.before + this.at) / this.sizeBytes) : 0;
    }
    /** Reads on behind the bytes of a candle that has no end yet. */
    async fill(source) {
        if (this.end - this.at > longestRow)
            throw this.fault(this.at, `more than ${longestRow} bytes without the end of a candle`, expected.row);
        this.bytes.copyWithin(0, this.at, this.end);
        this.before += this.at;
        this.end -= this.at;
        this.at = 0;
        const count = await source.read(this.bytes, this.end, this.bytes.length - this.end);
        this.isLast = count === 0;
        this.end += count;
    }
    next() {
        for (;;) {
            if (this.before + this.at === 0 && byteOrderMark.every((byte, k) => this.bytes[k] === byte))
                this.at = 3;
            while (this.at < this.end && isBlank(this.bytes[this.at]))
                this.at++;
            if (this.at === this.end)
                return false;
            if (this.place === "first" || this.place === "row") {
                if (!(this.place === "first" && this.bytes[this.at] === close))
                    return this.nextRow();
            }
            this.punctuation(this.bytes[this.at]);
        }
    }
    /** Throws unless the list is whole and has a candle. */
    finish() {
        if (this.place !== "end" || this.at < this.end)
            throw this.fault(this.end, "the end of the file", this.place === "row" ? expected.row : expected.after);
        if (this.row !== null)
            return;
        throw new InputError("CANDLE_EMPTY", "the file contains no candles", {
            where: escaped(this.path),
            found: "an empty list",
            expected: expected.first,
            remedy: "download the candles again, or remove the file from the folder",
        });
    }
    punctuation(byte) {
        const { place } = this;
        if (place === "list" && byte === open)
            this.place = "first";
        else if (place === "after" && byte === comma)
            this.place = "row";
        else if ((place === "after" || place === "first") && byte === close)
            this.place = "end";
        else
            throw this.fault(this.at, this.shown(this.at), expected[place]);
        this.at++;
    }
    /** Reads the candle at `at`; false if it goes on beyond the block. Of the first one the names come before it. */
    nextRow() {
        try {
            this.row ??= JsonRow.startingWith(this.bytes[this.at]);
            if (!this.row)
                throw new RowFault(this.at, expected.row);
            const end = this.row.read(this.bytes, this.at, this.end);
            if (end < 0)
                return false;
            this.line++;
            const { row } = this;
            if (this.line === 0) {
                this.cells = new TextCells(row.names());
                // A list's first row may be its names; otherwise it comes again, as the first candle.
                if (!row.isNames())
                    return true;
            }
            else
                this.cells = row;
            this.at = end;
            this.place = "after";
            return true;
        }
        catch (error) {
            if (!(error instanceof RowFault))
                throw error;
            throw this.fault(error.at, error.found ?? this.shown(error.at), error.expected);
        }
    }
    shown(at) {
        return quoted(this.bytes.toString("utf8", at, Math.min(this.end, at + 20)));
    }
    fault(at, found, needed) {
        return new InputError("CANDLE_JSON", "the file is not a list of candles in JSON", {
            where: `${escaped(this.path)}, byte ${this.before + at}${this.line < 0 ? "" : `, candle ${this.line + 1}`}`,
            found,
            expected: needed,
            remedy: `write one list of candles, each ${candleColumns.join(", ")}, or download the file again`,
        });
    }
}

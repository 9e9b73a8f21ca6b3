import { decimalIn } from "./decimal.js";
import { candleColumns } from "./header.js";
/** Where a candle is not JSON, or not a candle. */
export class RowFault extends Error {
    at;
    expected;
    found;
    constructor(at, expected, 
    /** In words; by default the bytes there. */
    found) {
        super(expected);
        this.at = at;
        this.expected = expected;
        this.found = found;
    }
}
const [quote, backslash, comma, colon, openList, closeList, openObject, closeObject] = [
    0x22, 0x5c, 0x2c, 0x3a, 0x5b, 0x5d, 0x7b, 0x7d,
];
/** Lists and objects within a candle's values are passed over, but not deeper than this. */
const deepest = 4;
const mostCells = 256;
/**
 * One candle of a JSON document: the places of its values in the bytes. Of an object they are put in the order of the first object's names,
 * and values of other names are passed over. It is reused for each candle.
 */
export class JsonRow {
    isObject;
    bytes = Buffer.alloc(0);
    cells = 0;
    starts = new Uint32Array(mostCells);
    ends = new Uint32Array(mostCells);
    /** Names of the first object; null for lists. */
    keys = null;
    places = new Map();
    at = 0;
    end = 0;
    constructor(isObject) {
        this.isObject = isObject;
    }
    /** A reader of candles of the kind that begins with this byte; null if none does. */
    static startingWith(byte) {
        return byte === openList || byte === openObject ? new JsonRow(byte === openObject) : null;
    }
    get count() {
        return this.keys ? this.keys.length : this.cells;
    }
    /** Reads the candle at `from`; returns where it ends, or -1 if that is beyond `to`. Throws RowFault. */
    read(bytes, from, to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
        this.cells = 0;
        if (bytes[from] !== (this.isObject ? openObject : openList))
            throw new RowFault(from, this.isObject ? "an object, as the candles before" : "a list, as the candles before");
        this.at++;
        return this.isObject ? this.readObject() : this.readList();
    }
    text(place) {
        if (place >= this.count)
            return "";
        const [start, end] = [this.starts[place], this.ends[place]];
        const text = this.bytes.toString("utf8", start, end);
        return text.startsWith('"') ? unescaped(text) : text;
    }
    decimal(place) {
        return place < this.count ? decimalIn(this.bytes, this.starts[place], this.ends[place]) : Number.NaN;
    }
    /** Names of the columns: an object's, a first row of words, or those that lists of candles have by convention. */
    names() {
        if (this.keys)
            return this.keys;
        const cells = Array.from({ length: this.cells }, (_, place) => this.text(place));
        if (this.isNames())
            return cells;
        return cells.map((_, place) => candleColumns[place] ?? `value ${place + 1}`);
    }
    /** Whether it is a list of names rather than of values. */
    isNames() {
        if (this.isObject || this.cells === 0)
            return false;
        for (let place = 0; place < this.cells; place++)
            if (this.bytes[this.starts[place]] !== quote || !/^\D*$/.test(this.text(place)))
                return false;
        return true;
    }
    readList() {
        const { bytes, end, starts, ends } = this;
        for (;;) {
            if (!this.skipBlanks())
                return -1;
            if (bytes[this.at] === closeList && this.cells === 0)
                return this.at + 1;
            if (this.cells === mostCells)
                throw new RowFault(this.at, `at most ${mostCells} values a candle`);
            starts[this.cells] = this.at;
            if (!this.skipValue())
                return -1;
            ends[this.cells++] = this.at;
            if (!this.skipBlanks())
                return -1;
            const byte = bytes[this.at];
            if (byte === closeList)
                return this.at + 1;
            if (byte !== comma)
                throw new RowFault(this.at, ", or ], the end of a candle");
            if (++this.at === end)
                return -1;
        }
    }
    readObject() {
        const isFirst = this.keys === null;
        const keys = this.keys ?? [];
        if (!isFirst)
            this.ends.fill(0, 0, keys.length);
        if (!isFirst)
            this.starts.fill(0, 0, keys.length);
        for (let k = 0;; k++) {
            if (!this.skipBlanks())
                return -1;
            if (k === 0 && this.bytes[this.at] === closeObject)
                break;
            if (k === mostCells)
                throw new RowFault(this.at, `at most ${mostCells} values a candle`);
            if (this.bytes[this.at] !== quote)
                throw new RowFault(this.at, "a name in quotes");
            const nameAt = this.at;
            if (!this.skipString())
                return -1;
            const place = this.placeOf(keys, k, nameAt, isFirst);
            if (!this.skipBlanks())
                return -1;
            if (this.bytes[this.at++] !== colon)
                throw new RowFault(this.at - 1, ": after a name");
            if (!this.skipBlanks())
                return -1;
            const start = this.at;
            if (!this.skipValue())
                return -1;
            if (place >= 0) {
                this.starts[place] = start;
                this.ends[place] = this.at;
            }
            if (!this.skipBlanks())
                return -1;
            const byte = this.bytes[this.at];
            if (byte === closeObject)
                break;
            if (byte !== comma)
                throw new RowFault(this.at, ", or }, the end of a candle");
            this.at++;
        }
        if (isFirst)
            this.hold(keys);
        return this.at + 1;
    }
    /** The place of a name that ends before `at`; -1 if the first candle has no such name. */
    placeOf(keys, k, from, isFirst) {
        const name = unescaped(this.bytes.toString("utf8", from, this.at));
        if (!isFirst)
            return keys[k] === name ? k : (this.places.get(name) ?? -1);
        keys.push(name);
        return k;
    }
    hold(keys) {
        this.keys = keys;
        for (const [place, key] of keys.entries())
            this.places.set(key, place);
    }
    /** Moves to the next byte that is not blank; false if there is none. */
    skipBlanks() {
        const { bytes, end } = this;
        let { at } = this;
        while (at < end && bytes[at] <= 0x20) {
            if (!isBlank(bytes[at]))
                throw new RowFault(at, "a value");
            at++;
        }
        this.at = at;
        return at < end;
    }
    /** Moves behind a value; false if it goes on beyond the bytes. */
    skipValue() {
        const { bytes, end } = this;
        const first = bytes[this.at];
        if (first === quote)
            return this.skipString();
        if (first === openList || first === openObject)
            return this.skipNested();
        const from = this.at;
        let at = from;
        for (; at < end; at++) {
            const byte = bytes[at];
            if (byte <= 0x20 || byte === comma || byte === closeList || byte === closeObject)
                break;
        }
        if (at === from)
            throw new RowFault(at, "a value");
        this.at = at;
        return at < end;
    }
    skipString() {
        const { bytes, end } = this;
        for (let at = this.at + 1; at < end; at++) {
            const byte = bytes[at];
            if (byte === backslash)
                at++;
            else if (byte === quote) {
                this.at = at + 1;
                return true;
            }
        }
        return false;
    }
    /** Moves behind a list or object; only its brackets and strings are looked at. */
    skipNested() {
        const { bytes, end } = this;
        for (let depth = 0; this.at < end;) {
            const byte = bytes[this.at];
            if (byte === quote) {
                if (!this.skipString())
                    return false;
                continue;
            }
            this.at++;
            if (byte === openList || byte === openObject)
                depth++;
            else if (byte === closeList || byte === closeObject)
                depth--;
            if (depth > deepest)
                throw new RowFault(this.at - 1, "numbers", `lists or objects nested more than ${deepest} deep`);
            if (depth === 0)
                return true;
        }
        return false;
    }
}
function isBlank(byte) {
    return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
/** A JSON string without its quotes; as written where it is not valid. */
function unescaped(text) {
    if (!text.includes("\\"))
        return text.slice(1, -1);
    try {
        return JSON.parse(text);
    }
    catch {
        return text.slice(1, -1);
    }
}

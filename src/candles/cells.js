import { decimalIn } from "./decimal.js";
/** A plain number: no grouping, no other base, no words. */
const plainNumber = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
/** The number that a text is, with this decimal mark; NaN for anything else, so that neither an empty text nor 0x10 is a number. */
export function numberIn(text, mark = ".") {
    const trimmed = text.trim();
    // A point among decimal commas groups thousands, or is a mistake.
    const pointed = mark === "," ? (trimmed.includes(".") ? "" : trimmed.replace(",", ".")) : trimmed;
    return plainNumber.test(pointed) ? Number(pointed) : Number.NaN;
}
/** All cells of a row as texts. */
export function textsOf(cells) {
    return Array.from({ length: cells.count }, (_, place) => cells.text(place));
}
/** Whether a row is an empty line. */
export function isBlank(cells) {
    return cells.count === 1 && cells.text(0).trim() === "";
}
/** Cells that are texts already. */
export class TextCells {
    cells;
    mark;
    constructor(cells, mark = ".") {
        this.cells = cells;
        this.mark = mark;
    }
    get count() {
        return this.cells.length;
    }
    text(place) {
        return this.cells[place] ?? "";
    }
    decimal() {
        return Number.NaN;
    }
}
/** Cells of which two, a day and a time of day, are one time: it stands in the day's place. */
export class JoinedCells {
    cells;
    places;
    constructor(cells, places) {
        this.cells = cells;
        this.places = places;
    }
    get count() {
        return this.cells.count;
    }
    get mark() {
        return this.cells.mark ?? ".";
    }
    text(place) {
        const { cells, places } = this;
        if (place !== places.day)
            return cells.text(place);
        return `${cells.text(place).trim()} ${cells.text(places.clock).trim()}`.trim();
    }
    decimal(place) {
        return place === this.places.day ? Number.NaN : this.cells.decimal(place);
    }
}
/** Cells as bytes: only those that somebody asks for are decoded. */
export class ByteCells {
    count = 0;
    mark = ".";
    bytes = Buffer.alloc(0);
    /** Where each cell begins, and where the one after the last would; a separator lies between. */
    starts = new Uint32Array(64);
    /** Begins a row of `bytes` at an offset. */
    begin(bytes, from) {
        this.bytes = bytes;
        this.starts[0] = from;
        this.count = 0;
    }
    /** Ends a cell before the offset of its separator, or of the row's end. */
    end(at) {
        this.count++;
        if (this.count === this.starts.length) {
            const wider = new Uint32Array(2 * this.count);
            wider.set(this.starts);
            this.starts = wider;
        }
        this.starts[this.count] = at + 1;
    }
    text(place) {
        if (place >= this.count)
            return "";
        return this.bytes.toString("utf8", this.starts[place], this.starts[place + 1] - 1);
    }
    decimal(place) {
        if (place >= this.count)
            return Number.NaN;
        const mark = this.mark === "." ? 46 : 44;
        return decimalIn(this.bytes, this.starts[place], this.starts[place + 1] - 1, mark);
    }
}

/** Columns of one length as rows of numbers; a column that nobody asks for is null. */
export class NumberBlock {
    columns;
    rows;
    place;
    row = -1;
    constructor(columns, rows, 
    /** Rows before these, in this file and in all. */
    place) {
        this.columns = columns;
        this.rows = rows;
        this.place = place;
    }
    get cells() {
        return this;
    }
    get line() {
        return this.place.before + this.row + 1;
    }
    get share() {
        const { before, total } = this.place;
        return total > 0 ? Math.min(1, (before + this.row) / total) : 0;
    }
    get count() {
        return this.columns.length;
    }
    next() {
        return ++this.row < this.rows;
    }
    decimal(place) {
        return this.columns[place]?.[this.row] ?? Number.NaN;
    }
    text(place) {
        const value = this.decimal(place);
        return Number.isNaN(value) ? "" : String(value);
    }
}
/** The names of a file's columns as its first row. */
export class NamesBlock {
    names;
    line = 0;
    share = 0;
    isRead = false;
    constructor(names) {
        this.names = names;
    }
    get cells() {
        return this;
    }
    get count() {
        return this.names.length;
    }
    next() {
        if (this.isRead)
            return false;
        this.isRead = true;
        return true;
    }
    decimal() {
        return Number.NaN;
    }
    text(place) {
        return this.names[place] ?? "";
    }
}

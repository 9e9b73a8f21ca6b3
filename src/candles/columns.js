const firstRows = 1024;
/** Spare room beyond what the rows so far suggest. */
const reserve = 1.03;
/** A column this much longer than its rows is copied to its length. */
const tolerableRoom = 1.25;
/**
 * Columns of numbers that grow while a file is read. They are copied rarely, because dropped columns use memory until the next full
 * collection: the part of the file already read tells how long they will be.
 */
export class GrowingColumns {
    kinds;
    count = 0;
    room = firstRows;
    columns;
    constructor(kinds) {
        this.kinds = kinds;
        this.columns = kinds.map((Kind) => new Kind(firstRows));
    }
    /** Adds a row of one value per column, from `first` on; `share` is the part of all rows read before it, 0 if unknown. */
    push(values, share, first = 0) {
        const { columns, count } = this;
        if (count === this.room)
            this.widen(share);
        for (let k = 0; k < columns.length; k++)
            columns[k][count] = values[first + k];
        this.count++;
    }
    /** The columns at their length; nothing more can be added. */
    take() {
        const { columns, count } = this;
        const isLoose = this.room > tolerableRoom * count;
        return columns
            .splice(0)
            .map((column) => (isLoose ? column.slice(0, count) : column.subarray(0, count)));
    }
    widen(share) {
        const expected = share > 0 ? Math.ceil((reserve * this.count) / share) : 2 * this.count;
        this.room = Math.max(expected, this.count + firstRows);
        for (const [k, Kind] of this.kinds.entries()) {
            const wider = new Kind(this.room);
            wider.set(this.columns[k]);
            this.columns[k] = wider;
        }
    }
}

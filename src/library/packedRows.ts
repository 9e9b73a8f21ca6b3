/** A value of a row. */
export type Cell = string | number | boolean | null | undefined;

type Row = Readonly<Record<string, Cell>>;

/**
 * Rows as columns in shared memory: cloning tens of thousands of objects would block the thread that gets them. A column is numbers, NaN for
 * null; texts by number; or, if it is neither, its values.
 */
export interface PackedRows {
  readonly isPacked: true;
  readonly count: number;
  readonly columns: readonly PackedColumn[];
}

type PackedColumn =
  | { readonly name: string; readonly numbers: Float64Array }
  | { readonly name: string; readonly texts: readonly string[]; readonly codes: Int32Array }
  | { readonly name: string; readonly values: readonly Cell[] };

/** Fewer rows are cloned as they are. */
const fewestPacked = 512;
const rowsAtOnce = 256;
/** Texts that differ more often than this are not worth a list. */
const mostTexts = 4096;

/** Whether rows are packed. */
export function isPacked(rows: unknown): rows is PackedRows {
  return typeof rows === "object" && rows !== null && (rows as Partial<PackedRows>).isPacked === true;
}

/** Whether rows are many enough to be packed. */
export function isLong(rows: unknown): rows is readonly Row[] {
  return Array.isArray(rows) && rows.length >= fewestPacked;
}

/** Packs rows column by column. A cell that a row lacks is null afterwards. */
export function* packing(rows: readonly Row[]): Generator<void, PackedRows> {
  const names = new Set<string>();
  for (const [k, row] of rows.entries()) {
    for (const name in row) names.add(name);
    if (k % rowsAtOnce === 0) yield;
  }
  const columns: PackedColumn[] = [];
  for (const name of names) columns.push(yield* packingColumn(rows, name));
  return { isPacked: true, count: rows.length, columns };
}

function* packingColumn(rows: readonly Row[], name: string): Generator<void, PackedColumn> {
  const numbers = new Float64Array(new SharedArrayBuffer(8 * rows.length));
  const codes = new Int32Array(new SharedArrayBuffer(4 * rows.length));
  const known = new Map<string, number>();
  let [areNumbers, areTexts] = [true, true];
  for (let k = 0; k < rows.length && (areNumbers || areTexts); k++) {
    const value = cellIn(rows[k]!, name);
    if (typeof value === "string") {
      areNumbers = false;
      let code = known.get(value);
      if (code === undefined) {
        code = known.size;
        known.set(value, code);
      }
      codes[k] = code;
      if (known.size > mostTexts) areTexts = false;
    } else {
      areTexts = false;
      // A NaN stays one, to be refused as such.
      if (value !== null && (typeof value !== "number" || Number.isNaN(value))) areNumbers = false;
      numbers[k] = typeof value === "number" ? value : Number.NaN;
    }
    if (k % (8 * rowsAtOnce) === 0) yield;
  }
  if (areNumbers) return { name, numbers };
  if (areTexts) return { name, texts: [...known.keys()], codes };
  return { name, values: rows.map((row) => cellIn(row, name)) };
}

/** Any name may be a column, also one that every object inherits. */
function cellIn(row: Row, name: string): Cell {
  return Object.hasOwn(row, name) ? (row[name] ?? null) : null;
}

/** The rows again, as objects. */
export function* unpacking({ count, columns }: PackedRows): Generator<void, Record<string, Cell>[]> {
  const rows: Record<string, Cell>[] = [];
  for (let k = 0; k < count; k++) {
    const row: Record<string, Cell> = {};
    for (const column of columns) if (column.name !== "__proto__") row[column.name] = cellOf(column, k);
    rows.push(row);
    if (k % 32 === 0) yield;
  }
  return rows;
}

function cellOf(column: PackedColumn, at: number): Cell {
  if ("texts" in column) return column.texts[column.codes[at]!]!;
  if ("values" in column) return column.values[at];
  const value = column.numbers[at]!;
  return Number.isNaN(value) ? null : value;
}

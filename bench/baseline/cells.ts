import type { Axis } from "./space.ts";

/** The grid of filter combinations, loosest candidates first, last axis fastest; and the passing rows, each in the strictest cell it passes. */
export interface Cells {
  readonly count: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  /** Passing rows by cell, table order within one. */
  readonly rows: Uint32Array;
  /** Own cell of each of them. */
  readonly cellOf: Uint32Array;
}

export function cellsOf(axes: readonly Axis[], rowCount: number): Cells {
  const shape = axes.map(({ thresholds }) => thresholds.length);
  const strides = shape.map((_, k) => shape.slice(k + 1).reduce((a, b) => a * b, 1));
  const count = shape.reduce((a, b) => a * b, 1);
  const own = new Int32Array(rowCount).fill(-1);
  const starts = new Uint32Array(count + 1);
  for (let row = 0; row < rowCount; row++) {
    const cell = cellOfRow(row);
    own[row] = cell;
    if (cell >= 0) starts[cell + 1]!++;
  }
  for (let cell = 0; cell < count; cell++) starts[cell + 1]! += starts[cell]!;
  const rows = new Uint32Array(starts[count]!);
  const cellOf = new Uint32Array(rows.length);
  for (let row = 0; row < rowCount; row++)
    if (own[row]! >= 0) {
      const at = starts[own[row]!]!++;
      rows[at] = row;
      cellOf[at] = own[row]!;
    }
  return { count, shape, strides, rows, cellOf };

  function cellOfRow(row: number): number {
    let cell = 0;
    for (let k = 0; k < axes.length; k++) {
      const { isMin, feature, thresholds } = axes[k]!;
      const value = feature[row]!;
      let passed = 0;
      while (passed < thresholds.length && (isMin ? value >= thresholds[passed]! : value <= thresholds[passed]!))
        passed++;
      if (passed === 0) return -1;
      cell += (passed - 1) * strides[k]!;
    }
    return cell;
  }
}

/** Turns sums of own cells into sums of all that pass each cell's filters, axis by axis. */
export function suffixSum(sums: Float64Array, { count, shape, strides }: Cells): void {
  for (let k = 0; k < shape.length; k++) {
    const stride = strides[k]!;
    const block = shape[k]! * stride;
    if (block === stride) continue;
    for (let first = 0; first < count; first += block)
      for (let at = first + block - stride - 1; at >= first; at--) sums[at]! += sums[at + stride]!;
  }
}

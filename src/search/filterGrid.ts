import { filterNameOf, passesFilter } from "../space/filters.ts";
import type { ParameterValue, Space } from "../space/parameters.ts";

/** The columns a filter grid reads; an OpportunityTable has them. */
export interface FeatureColumns {
  readonly count: number;
  readonly featureNames: readonly string[];
  readonly features: readonly Float64Array[];
}

/** One filter of the space. Its candidates stand loosest first here, whatever the user's order. */
export interface FilterAxis {
  readonly parameter: string;
  /** Whether passing a candidate means passing all looser ones; false for `allowed_`. */
  readonly isOrdered: boolean;
  /** The user's position of each candidate. */
  readonly digits: readonly number[];
  /** 1 where a row passes a candidate: [row][candidate]. */
  readonly passes: Uint8Array;
}

/** Axes of a space's filters over a table, in key order. */
export function filterAxesOf(space: Space, table: FeatureColumns): FilterAxis[] {
  const axes: FilterAxis[] = [];
  for (const [parameter, candidates] of Object.entries(space)) {
    const name = filterNameOf(parameter);
    if (!name) continue;
    const column = table.features[table.featureNames.indexOf(name.feature)]!;
    const digits = candidates.map((_, digit) => digit);
    if (name.kind !== "allowed") digits.sort((a, b) => looseness(candidates[b]!) - looseness(candidates[a]!));
    const passes = new Uint8Array(table.count * digits.length);
    for (let row = 0; row < table.count; row++)
      for (const [c, digit] of digits.entries())
        passes[row * digits.length + c] = passesFilter(name.kind, candidates[digit]!, column[row]!) ? 1 : 0;
    axes.push({ parameter, isOrdered: name.kind !== "allowed", digits, passes });

    function looseness(candidate: ParameterValue): number {
      return name!.kind === "min" ? -Number(candidate) : name!.kind === "max" ? Number(candidate) : candidate ? 0 : 1;
    }
  }
  return axes;
}

/** How many filter combinations the axes make. */
export function combinationsOf(axes: readonly FilterAxis[]): number {
  return axes.reduce((product, axis) => product * axis.digits.length, 1);
}

/**
 * The cells of one slab of the grid: leading axes held at one candidate each, a cell for each combination of the others, in odometer
 * order (last axis fastest). An opportunity that passes stands in the cell of the strictest candidates it passes.
 */
export interface Cells {
  readonly count: number;
  readonly shape: readonly number[];
  readonly isOrdered: readonly boolean[];
  /** u32 pairs of row and own cell, sorted by cell, rows in table order within one. */
  readonly entries: Uint32Array;
  /** By cell: all that pass its filters. */
  readonly captured: Float64Array;
  readonly capturedObjective: Float64Array;
  /** Bits of the candidates each row passes, and of those each cell asks for: whole 16-byte words. */
  readonly words: number;
  readonly masks: Uint8Array;
  readonly wanted: Uint8Array;
}

/** Cells under `held` candidates (loosest-first positions) of the first axes. `objective` is 1 by row where the label says so. */
export function cellsOf(
  axes: readonly FilterAxis[],
  held: readonly number[],
  rowCount: number,
  objective: Uint8Array,
): Cells {
  const inner = axes.slice(held.length);
  const shape = inner.map((axis) => axis.digits.length);
  const strides = shape.map((_, k) => shape.slice(k + 1).reduce((a, b) => a * b, 1));
  const count = shape.reduce((a, b) => a * b, 1);
  const passes = (axis: FilterAxis, row: number, c: number): boolean => axis.passes[row * axis.digits.length + c] === 1;

  // Bit 0 says that the row takes part at all; then a bit for each candidate of each inner axis.
  const firstBits = shape.map((_, k) => 1 + shape.slice(0, k).reduce((a, b) => a + b, 0));
  const bits = 1 + shape.reduce((a, b) => a + b, 0);
  const words = Math.ceil(bits / 128);
  const maskBytes = words * 16;
  const masks = new Uint8Array(rowCount * maskBytes);
  const setBit = (columns: Uint8Array, element: number, bit: number): void => {
    columns[element * maskBytes + (bit >> 3)]! |= 1 << (bit & 7);
  };

  const captured = new Float64Array(count);
  const capturedObjective = new Float64Array(count);
  const pairs: [number, number][] = [];
  for (let row = 0; row < rowCount; row++) {
    if (!held.every((candidate, k) => passes(axes[k]!, row, candidate))) continue;
    let cells = [0];
    for (const [k, axis] of inner.entries()) {
      const passed = axis.digits.flatMap((_, c) => (passes(axis, row, c) ? [c] : []));
      const own = axis.isOrdered ? passed.slice(-1) : passed;
      cells = cells.flatMap((cell) => own.map((c) => cell + c * strides[k]!));
      for (const c of passed) setBit(masks, row, firstBits[k]! + c);
    }
    if (cells.length === 0) continue;
    setBit(masks, row, 0);
    for (const cell of cells) {
      pairs.push([row, cell]);
      captured[cell]!++;
      capturedObjective[cell]! += objective[row]!;
    }
  }
  for (const [k, axis] of inner.entries())
    if (axis.isOrdered)
      for (let cell = count - 1; cell >= 0; cell--)
        if (Math.floor(cell / strides[k]!) % shape[k]! < shape[k]! - 1) {
          captured[cell]! += captured[cell + strides[k]!]!;
          capturedObjective[cell]! += capturedObjective[cell + strides[k]!]!;
        }

  const wanted = new Uint8Array(count * maskBytes);
  for (let cell = 0; cell < count; cell++) {
    setBit(wanted, cell, 0);
    for (let k = 0; k < shape.length; k++)
      setBit(wanted, cell, firstBits[k]! + (Math.floor(cell / strides[k]!) % shape[k]!));
  }
  pairs.sort((a, b) => a[1] - b[1]);
  return {
    count,
    shape,
    isOrdered: inner.map((axis) => axis.isOrdered),
    entries: Uint32Array.from(pairs.flat()),
    captured,
    capturedObjective,
    words,
    masks,
    wanted,
  };
}

import type { SweepEntries } from "../core/sweepJob.ts";
import { filterNameOf, passesFilter } from "../space/filters.ts";
import type { ParameterValue, Space } from "../space/parameters.ts";

/** The columns a filter grid reads; an OpportunityTable has them. */
export interface FeatureColumns {
  readonly count: number;
  readonly featureNames: readonly string[];
  readonly features: readonly Float64Array[];
}

/** One filter of the space. Its candidates are sorted loosest first here, whatever the user's order. */
export interface FilterAxis {
  readonly parameter: string;
  /** Whether passing a candidate means passing all looser ones; false for `allowed_`. */
  readonly isOrdered: boolean;
  /** The user's position of each candidate. */
  readonly digits: readonly number[];
  readonly length: number;
  /** By row: of an ordered filter how many candidates it passes, of another which of the distinct values below it has. */
  readonly codes: Uint16Array;
  /** Candidates passed by code, where not ordered. */
  readonly passed: readonly (readonly number[])[];
}

/** Axes of a space's filters over a table, in key order. */
export function filterAxesOf(space: Space, table: FeatureColumns): FilterAxis[] {
  const axes: FilterAxis[] = [];
  for (const [parameter, candidates] of Object.entries(space)) {
    const name = filterNameOf(parameter);
    if (!name) continue;
    const column = table.features[table.featureNames.indexOf(name.feature)]!;
    axes.push(
      name.kind === "allowed"
        ? allowedAxis(parameter, candidates, column)
        : orderedAxis(parameter, name.kind, candidates as readonly (number | boolean)[], column),
    );
  }
  return axes;
}

function orderedAxis(
  parameter: string,
  kind: "min" | "max" | "require",
  candidates: readonly (number | boolean)[],
  column: Float64Array,
): FilterAxis {
  const looseness = (candidate: number | boolean): number =>
    kind === "min" ? -Number(candidate) : kind === "max" ? Number(candidate) : candidate ? 0 : 1;
  const digits = candidates.map((_, digit) => digit);
  digits.sort((a, b) => looseness(candidates[b]!) - looseness(candidates[a]!));
  const codes = new Uint16Array(column.length);
  const limits = digits.map((digit) => Number(candidates[digit]!));
  // Candidates are nested, so the number passed tells which. Counted without a branch, since features cross thresholds unpredictably.
  for (const limit of limits)
    if (kind === "min") for (let row = 0; row < codes.length; row++) codes[row]! += Number(column[row]! >= limit);
    else if (kind === "max") for (let row = 0; row < codes.length; row++) codes[row]! += Number(column[row]! <= limit);
    else
      for (let row = 0; row < codes.length; row++) codes[row]! += Number(passesFilter(kind, limit !== 0, column[row]!));
  return { parameter, isOrdered: true, digits, length: digits.length, codes, passed: [] };
}

function allowedAxis(parameter: string, candidates: readonly ParameterValue[], column: Float64Array): FilterAxis {
  const codes = new Uint16Array(column.length);
  const passed: number[][] = [];
  const codeBy = new Map<string, number>();
  for (let row = 0; row < codes.length; row++) {
    const mine = candidates.flatMap((candidate, c) => (passesFilter("allowed", candidate, column[row]!) ? [c] : []));
    const name = mine.join();
    if (!codeBy.has(name)) codeBy.set(name, passed.push(mine) - 1);
    codes[row] = codeBy.get(name)!;
  }
  return { parameter, isOrdered: false, digits: [...candidates.keys()], length: candidates.length, codes, passed };
}

/** How many filter combinations the axes make. */
export function combinationsOf(axes: readonly FilterAxis[]): number {
  return axes.reduce((product, axis) => product * axis.length, 1);
}

/** Whether a row passes a candidate (by its loosest-first place). */
function passesCandidate(axis: FilterAxis, row: number, candidate: number): boolean {
  const code = axis.codes[row]!;
  return axis.isOrdered ? code > candidate : axis.passed[code]!.includes(candidate);
}

/** Rows that pass some candidate of every axis, in table order: no set of the space captures another. */
export function looseRows(axes: readonly FilterAxis[], rowCount: number): Uint32Array {
  const rows = new Uint32Array(rowCount);
  for (let row = 0; row < rowCount; row++) rows[row] = row;
  let count = rowCount;
  for (const { isOrdered, codes, passed } of axes) {
    let kept = 0;
    for (let k = 0; k < count; k++) {
      const row = rows[k]!;
      rows[kept] = row;
      kept += Number(isOrdered ? codes[row]! > 0 : passed[codes[row]!]!.length > 0);
    }
    count = kept;
  }
  return rows.slice(0, count);
}

/** Entries of those of the loose rows that pass the `held` candidates of the first axes: own candidates of the other axes. */
export function entriesOf(axes: readonly FilterAxis[], held: readonly number[], loose: Uint32Array): SweepEntries {
  const inner = axes.slice(held.length);
  const others = inner.filter(({ isOrdered }) => !isOrdered);
  let base = loose;
  for (const [k, candidate] of held.entries()) base = base.filter((row) => passesCandidate(axes[k]!, row, candidate));

  // A row has an entry for each combination of the candidates that it passes on the axes without an order.
  const passedBy = ({ codes, passed }: FilterAxis, row: number): readonly number[] => passed[codes[row]!]!;
  const timesOf = (row: number): number => others.reduce((times, axis) => times * passedBy(axis, row).length, 1);
  let rows = base;
  if (others.length > 0) {
    rows = new Uint32Array(base.reduce((sum, row) => sum + timesOf(row), 0));
    let entry = 0;
    for (const row of base) {
      rows.fill(row, entry, entry + timesOf(row));
      entry += timesOf(row);
    }
  }
  const count = rows.length;
  const candidates = inner.map((axis) => {
    const { codes, isOrdered, length } = axis;
    const column = length <= 256 ? new Uint8Array(count) : new Uint16Array(count);
    if (isOrdered) for (let k = 0; k < count; k++) column[k] = codes[rows[k]!]! - 1;
    else {
      // The odometer of a row's combinations: the first such axis fastest.
      let turn = 0;
      let stride = 1;
      for (let k = 0; k < count; k++) {
        const row = rows[k]!;
        turn = k > 0 && rows[k - 1] === row ? turn + 1 : 0;
        if (turn === 0) stride = strideOf(axis, row);
        const mine = passedBy(axis, row);
        column[k] = mine[Math.floor(turn / stride) % mine.length]!;
      }
    }
    return column;
  });
  return { count, rows, candidates };

  /** Entries of a row between two steps of an axis. */
  function strideOf(axis: FilterAxis, row: number): number {
    let stride = 1;
    for (const other of others) {
      if (other === axis) break;
      stride *= passedBy(other, row).length;
    }
    return stride;
  }
}

/** Those of the loose rows that pass these candidates (by the user's position, one an axis), in table order. */
export function rowsOf(axes: readonly FilterAxis[], digits: readonly number[], loose: Uint32Array): Uint32Array {
  const rows = loose.slice();
  let count = rows.length;
  for (const [k, axis] of axes.entries()) {
    const { codes, isOrdered, passed } = axis;
    const candidate = axis.digits.indexOf(digits[k]!);
    let kept = 0;
    for (let j = 0; j < count; j++) {
      const row = rows[j]!;
      rows[kept] = row;
      kept += Number(isOrdered ? codes[row]! > candidate : passed[codes[row]!]!.includes(candidate));
    }
    count = kept;
  }
  return rows.subarray(0, count);
}

import type { SweepEntries } from "../core/sweepJob.ts";
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
  for (let row = 0; row < codes.length; row++) {
    const value = column[row]!;
    let passed = 0;
    if (kind === "min") while (passed < limits.length && value >= limits[passed]!) passed++;
    else if (kind === "max") while (passed < limits.length && value <= limits[passed]!) passed++;
    else while (passed < limits.length && passesFilter(kind, limits[passed]! !== 0, value)) passed++;
    codes[row] = passed;
  }
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
export function passesCandidate(axis: FilterAxis, row: number, candidate: number): boolean {
  const code = axis.codes[row]!;
  return axis.isOrdered ? code > candidate : axis.passed[code]!.includes(candidate);
}

/** Entries of the rows that pass `held` candidates of the first axes and the loosest of each other: own candidates of those others. */
export function entriesOf(axes: readonly FilterAxis[], held: readonly number[], rowCount: number): SweepEntries {
  const inner = axes.slice(held.length);
  const ordered = inner.filter(({ isOrdered }) => isOrdered);
  const others = inner.filter(({ isOrdered }) => !isOrdered);
  const isIn = new Uint8Array(rowCount).fill(1);
  for (const [k, candidate] of held.entries())
    for (let row = 0; row < rowCount; row++) if (!passesCandidate(axes[k]!, row, candidate)) isIn[row] = 0;
  for (const { codes } of ordered) for (let row = 0; row < rowCount; row++) if (codes[row] === 0) isIn[row] = 0;

  /** Entries of a row: one for each combination of the candidates that it passes on the other axes. */
  const timesOf = (row: number): number =>
    others.reduce((times, { codes, passed }) => times * passed[codes[row]!]!.length, isIn[row]!);
  let count = 0;
  for (let row = 0; row < rowCount; row++) count += others.length === 0 ? isIn[row]! : timesOf(row);
  const rows = new Uint32Array(count);
  const candidates = inner.map(({ length }) => (length <= 256 ? new Uint8Array(count) : new Uint16Array(count)));
  let entry = 0;
  for (let row = 0; row < rowCount; row++) {
    const times = others.length === 0 ? isIn[row]! : timesOf(row);
    for (let turn = 0; turn < times; turn++, entry++) {
      rows[entry] = row;
      let rest = turn;
      for (let k = 0; k < inner.length; k++) {
        const { isOrdered, codes, passed } = inner[k]!;
        if (isOrdered) candidates[k]![entry] = codes[row]! - 1;
        else {
          const mine = passed[codes[row]!]!;
          candidates[k]![entry] = mine[rest % mine.length]!;
          rest = Math.floor(rest / mine.length);
        }
      }
    }
  }
  return { count, rows, candidates };
}

/** Rows that pass some candidate of every axis: no set of the space captures another. */
export function looseRows(axes: readonly FilterAxis[], rowCount: number): Uint32Array {
  const rows = new Uint32Array(rowCount);
  let count = 0;
  for (let row = 0; row < rowCount; row++) {
    let isLoose = true;
    for (const { isOrdered, codes, passed } of axes)
      if (isOrdered ? codes[row] === 0 : passed[codes[row]!]!.length === 0) isLoose = false;
    if (isLoose) rows[count++] = row;
  }
  return rows.slice(0, count);
}

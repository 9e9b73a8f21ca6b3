import { filtersOf, passesFilter } from "../space/filters.ts";
import type { Parameters, Space } from "../space/parameters.ts";
import { type FeatureColumns, type FilterAxis, filterAxesOf, looseRows } from "./filterGrid.ts";

/** Trades of one exit: of each row of a table what it would make, a net fraction. */
export interface ExitReturns {
  /** Ascending. */
  readonly rows: Uint32Array;
  readonly returns: Float64Array;
}

/** A filter that may be moved: its candidates loosest first, as positions in the user's order. */
export interface CellAxis {
  readonly parameter: string;
  readonly digits: readonly number[];
  /** Position among `digits` of the chosen candidate. */
  readonly chosen: number;
  /** Codes that a cell may have on this axis, and which of `digits` each of them passes, by position. */
  readonly passes: readonly (readonly number[])[];
}

/** Sums over an exit's trades by which candidates of the filters they pass: from these follow those of every setting of the filters. */
export interface FilterCells {
  readonly axes: readonly CellAxis[];
  /** Filters whose chosen value holds: the space has no other value for them, or there would be too many cells. */
  readonly fixed: readonly string[];
  /** By cell, a mixed number of its codes, the last axis fastest. */
  readonly codes: readonly number[];
  readonly n: readonly number[];
  readonly wins: readonly number[];
  /** Points in units of `pointUnit`, each trade rounded to a whole one: sums of them are exact in any order. */
  readonly points: readonly number[];
}

/** A billionth of a point: rounding a trade to it hides nothing that is shown, and a million trades of 1,000 % still add up exactly. */
export const pointUnit = 1e-9;

/** Cells that make about 200 KB of JSON. */
const mostCells = 8000;

/**
 * The cells of the chosen set's filters under its exit. Filters are fixed at their chosen value, those first that change the total least when
 * they are moved alone, until no more than `most` cells are left.
 */
export function filterCellsOf(
  space: Space,
  table: FeatureColumns,
  params: Parameters,
  trades: ExitReturns,
  most = mostCells,
): FilterCells {
  const isChoice = ({ parameter, length }: FilterAxis): boolean =>
    length > 1 && chosenOf(space, params, parameter) >= 0;
  const all = filterAxesOf(space, table);
  const fixed = filtersOf(params).filter(
    ({ parameter }) => !all.some((axis) => isChoice(axis) && axis.parameter === parameter),
  );
  const columnOf = (feature: string): Float64Array => table.features[table.featureNames.indexOf(feature)]!;
  let axes = all.filter(isChoice).map((axis) => cellAxis(axis, chosenOf(space, params, axis.parameter)));
  const loose = new Set(looseRows(all.filter(isChoice), table.count));
  let left = Array.from(trades.rows.keys()).filter((k) => {
    const row = trades.rows[k]!;
    return (
      loose.has(row) && fixed.every(({ feature, kind, value }) => passesFilter(kind, value, columnOf(feature)[row]!))
    );
  });
  const held = fixed.map(({ parameter }) => parameter);
  for (;;) {
    const cells = cellsOf(axes, trades, left);
    if (cells.codes.length <= most || axes.length === 0)
      return { axes: axes.map(({ axis }) => axis), fixed: held, ...cells };
    const weakest = axes.reduce((least, axis) =>
      reach(axis, axes, trades, left) < reach(least, axes, trades, left) ? axis : least,
    );
    axes = axes.filter((axis) => axis !== weakest);
    left = left.filter((k) => passes(weakest, trades.rows[k]!, weakest.axis.chosen));
    held.push(weakest.axis.parameter);
  }
}

function chosenOf(space: Space, params: Parameters, parameter: string): number {
  const text = JSON.stringify(params[parameter]);
  return space[parameter]!.findIndex((candidate) => JSON.stringify(candidate) === text);
}

interface CodedAxis {
  readonly axis: CellAxis;
  /** By row of the table. */
  readonly codeOf: (row: number) => number;
}

function cellAxis({ parameter, digits, isOrdered, codes, passed }: FilterAxis, chosenDigit: number): CodedAxis {
  const axis = {
    parameter,
    digits,
    chosen: digits.indexOf(chosenDigit),
    // Of an ordered filter a row that passes some candidate passes all looser ones.
    passes: isOrdered ? digits.map((_, code) => digits.slice(0, code + 1).map((__, place) => place)) : passed,
  };
  // Rows that pass no candidate are left out.
  return { axis, codeOf: (row) => codes[row]! - Number(isOrdered) };
}

const passes = ({ axis, codeOf }: CodedAxis, row: number, place: number): boolean =>
  axis.passes[codeOf(row)]!.includes(place);

function cellsOf(
  axes: readonly CodedAxis[],
  { rows, returns }: ExitReturns,
  left: readonly number[],
): Pick<FilterCells, "codes" | "n" | "wins" | "points"> {
  const sums = new Map<number, { n: number; wins: number; points: number }>();
  for (const k of left) {
    const code = axes.reduce((code, { axis, codeOf }) => code * axis.passes.length + codeOf(rows[k]!), 0);
    const cell = sums.get(code) ?? { n: 0, wins: 0, points: 0 };
    sums.set(code, cell);
    cell.n++;
    cell.wins += Number(returns[k]! > 0);
    cell.points += wholePoints(returns[k]!);
  }
  const cells = [...sums].sort(([a], [b]) => a - b);
  return {
    codes: cells.map(([code]) => code),
    n: cells.map(([, { n }]) => n),
    wins: cells.map(([, { wins }]) => wins),
    points: cells.map(([, { points }]) => points),
  };
}

/** A net return in whole units of points. */
export function wholePoints(net: number): number {
  return Math.round((100 * net) / pointUnit);
}

/** How far a filter can move the total from where it stands, the others as chosen. */
function reach(
  moved: CodedAxis,
  axes: readonly CodedAxis[],
  { rows, returns }: ExitReturns,
  left: readonly number[],
): number {
  const others = axes.filter((axis) => axis !== moved);
  const kept = left.filter((k) => others.every((other) => passes(other, rows[k]!, other.axis.chosen)));
  const totals = moved.axis.digits.map((_, place) =>
    kept.reduce((sum, k) => sum + (passes(moved, rows[k]!, place) ? returns[k]! : 0), 0),
  );
  const own = totals[moved.axis.chosen]!;
  return Math.max(...totals.map((total) => Math.abs(total - own)));
}

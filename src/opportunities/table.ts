import type { Column } from "../candles/columns.ts";

/** Component activations m_k in [0,1] of the signal score, kept so that a candidate weight set costs a dot product. */
export interface Activations {
  /** Component names, e.g. `momentum`. Empty columns (NaN) where a component is not one of the row's type. */
  readonly names: readonly string[];
  readonly columns: readonly Float64Array[];
  /** Points deducted from the score, by row. */
  readonly penalty: Float64Array;
}

/**
 * Opportunities as columns, one element per row. The order of rows is the table order that breaks ties.
 * `features` hold NaN for an empty cell, which fails every filter on that feature.
 */
export interface OpportunityTable {
  readonly count: number;
  readonly symbols: readonly string[];
  /** Index into `symbols`. */
  readonly symbol: Uint16Array;
  /** Open time of the signal bar, epoch ms UTC. The signal is known at that bar's close. */
  readonly timestampMs: Float64Array;
  /** Index of the signal bar in its symbol's candles. */
  readonly bar: Int32Array;
  readonly direction: Int8Array;
  readonly types: readonly string[];
  /** Index into `types`. */
  readonly type: Uint8Array;
  /** Entry price in quote currency; where the next candle's open is meant and there is none, the close stands in. */
  readonly entry: Float64Array;
  /** ATR at the signal bar in price units, > 0. */
  readonly atr: Float64Array;
  /**
   * Bars of time from the signal's bar to the one at whose close the signal's bot would leave, missing candles among them; 0 if it gave
   * no such bar. It may lie in a hole or beyond the data. Missing where the signals have no exits of their own.
   */
  readonly exitBars?: Int32Array;
  readonly featureNames: readonly string[];
  readonly features: readonly Float64Array[];
  /** Missing if the table is a user's own signals. */
  readonly activations?: Activations;
}

/** Facts from the future: for measuring, never for filtering. One element per row of the table. */
export interface Labels {
  /** Maximum favourable excursion over the lookahead, a fraction of entry, >= 0. */
  readonly mfe: Float64Array;
  /** Maximum adverse excursion over the lookahead, a fraction of entry, <= 0. */
  readonly mae: Float64Array;
  readonly hoursToMfe: Float64Array;
  /** MFE per hour, percent. */
  readonly density: Float64Array;
  /** 1 if the MFE reaches `minProfit`. */
  readonly objective: Uint8Array;
}

/** The labels a search needs to know how many objective opportunities it captures. */
export type ObjectiveFlags = Pick<Labels, "objective">;

/** Flags if labels are requested; the other columns are empty. */
export function asLabels({ objective }: ObjectiveFlags): Labels {
  const none = new Float64Array(0);
  return { mfe: none, mae: none, hoursToMfe: none, density: none, objective };
}

/** Rows of a table, by index, as a table of their own in the order given; the table itself if that is all rows in their order. */
export function pickRows(table: OpportunityTable, rows: ArrayLike<number>): OpportunityTable {
  if (isWhole(rows, table.count)) return table;
  return withColumns(table, rows.length, (column) => picked(column, rows));
}

/** Labels of those rows, in the order given; empty columns stay empty. */
export function pickLabels(labels: Labels, rows: ArrayLike<number>): Labels {
  if (isWhole(rows, labels.objective.length)) return labels;
  const pick = (column: Float64Array): Float64Array => (column.length === 0 ? column : picked(column, rows));
  return {
    mfe: pick(labels.mfe),
    mae: pick(labels.mae),
    hoursToMfe: pick(labels.hoursToMfe),
    density: pick(labels.density),
    objective: picked(labels.objective, rows),
  };
}

/**
 * The wanted rows of a table, in order, without a second table: its own columns are overwritten, and it must no longer be used.
 */
export function keepRows(table: OpportunityTable, isWanted: (row: number) => boolean): OpportunityTable {
  const wanted = new Uint8Array(table.count);
  let count = 0;
  for (let row = 0; row < table.count; row++)
    if (isWanted(row)) {
      wanted[row] = 1;
      count++;
    }
  if (count === table.count) return table;
  return withColumns(table, count, (column) => {
    let to = 0;
    for (let row = 0; row < wanted.length; row++) if (wanted[row] === 1) column[to++] = column[row]!;
    return column.subarray(0, to) as typeof column;
  });
}

/** A copy of the table with new columns. */
function withColumns(
  table: OpportunityTable,
  count: number,
  made: <C extends Column>(column: C) => C,
): OpportunityTable {
  const { activations } = table;
  return {
    count,
    symbols: table.symbols,
    symbol: made(table.symbol),
    timestampMs: made(table.timestampMs),
    bar: made(table.bar),
    direction: made(table.direction),
    types: table.types,
    type: made(table.type),
    entry: made(table.entry),
    atr: made(table.atr),
    ...(table.exitBars && { exitBars: made(table.exitBars) }),
    featureNames: table.featureNames,
    features: table.features.map(made),
    ...(activations && {
      activations: {
        names: activations.names,
        columns: activations.columns.map(made),
        penalty: made(activations.penalty),
      },
    }),
  };
}

function isWhole(rows: ArrayLike<number>, count: number): boolean {
  if (rows.length !== count) return false;
  for (let row = 0; row < count; row++) if (rows[row] !== row) return false;
  return true;
}

function picked<C extends Column>(column: C, rows: ArrayLike<number>): C {
  const values = new (column.constructor as new (length: number) => C)(rows.length);
  for (let k = 0; k < rows.length; k++) values[k] = column[rows[k]!]!;
  return values;
}

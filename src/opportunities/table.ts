/** 1 for long, -1 for short. */
export type Direction = 1 | -1;

/** Component activations m_k in [0,1] of the signal score, kept so that a candidate weight set costs a dot product. */
export interface Activations {
  /** Component names, e.g. `momentum`. Empty columns (NaN) where a component is not one of the row's type. */
  readonly names: readonly string[];
  readonly columns: readonly Float64Array[];
  /** Points taken off the score, by row. */
  readonly penalty: Float64Array;
}

/**
 * Opportunities as columns, one element a row. The order of rows is the table order that breaks ties.
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
  /** Entry price in quote currency. */
  readonly entry: Float64Array;
  /** ATR at the signal bar in price units, > 0. */
  readonly atr: Float64Array;
  readonly featureNames: readonly string[];
  readonly features: readonly Float64Array[];
  /** Missing where the table is a user's own signals. */
  readonly activations?: Activations;
}

/** What only the future tells: for measuring, never for filtering. One element a row of the table. */
export interface Labels {
  /** Maximum favourable excursion over the lookahead, a fraction of entry, >= 0. */
  readonly mfe: Float64Array;
  /** Maximum adverse excursion over the lookahead, a fraction of entry, <= 0. */
  readonly mae: Float64Array;
  readonly hoursToMfe: Float64Array;
  /** Percent of MFE an hour. */
  readonly density: Float64Array;
  /** 1 where the MFE reaches `minProfit`. */
  readonly objective: Uint8Array;
}

/** Rows of a table, by index, as a table of their own in the order given. */
export function pickRows(table: OpportunityTable, rows: ArrayLike<number>): OpportunityTable {
  const f64 = (column: Float64Array): Float64Array => Float64Array.from(rows, (row) => column[row]!);
  return {
    count: rows.length,
    symbols: table.symbols,
    symbol: Uint16Array.from(rows, (row) => table.symbol[row]!),
    timestampMs: f64(table.timestampMs),
    bar: Int32Array.from(rows, (row) => table.bar[row]!),
    direction: Int8Array.from(rows, (row) => table.direction[row]!),
    types: table.types,
    type: Uint8Array.from(rows, (row) => table.type[row]!),
    entry: f64(table.entry),
    atr: f64(table.atr),
    featureNames: table.featureNames,
    features: table.features.map(f64),
    ...(table.activations && {
      activations: {
        names: table.activations.names,
        columns: table.activations.columns.map(f64),
        penalty: f64(table.activations.penalty),
      },
    }),
  };
}

/** Labels of those rows, in the order given. */
export function pickLabels(labels: Labels, rows: ArrayLike<number>): Labels {
  const f64 = (column: Float64Array): Float64Array => Float64Array.from(rows, (row) => column[row]!);
  return {
    mfe: f64(labels.mfe),
    mae: f64(labels.mae),
    hoursToMfe: f64(labels.hoursToMfe),
    density: f64(labels.density),
    objective: Uint8Array.from(rows, (row) => labels.objective[row]!),
  };
}

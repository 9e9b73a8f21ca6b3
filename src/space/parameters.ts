/** A candidate value: a number, a switch, or for `allowed_<feature>` the accepted numbers or "any". */
export type ParameterValue = number | boolean | "any" | readonly number[];

/** One value per parameter, in the space's key order. Names as in `min_signal_score`, `atr_tp_multiplier`. */
export type Parameters = Readonly<Record<string, ParameterValue>>;

/** One type's candidate values, in the user's own order of keys and of values. */
export type Space = Readonly<Record<string, readonly ParameterValue[]>>;

/** Space by signal type. */
export type Spaces = ReadonlyMap<string, Space>;

/** How a trade exits: multiples of ATR, hours, and the trailing stop if there is one. */
export interface ExitParameters {
  /** Target, in ATRs. */
  readonly takeProfit: number;
  /** Stop, in ATRs. */
  readonly stopLoss: number;
  readonly holdingHours: number;
  /** Activation and distance in ATRs; null if the trailing stop is off. */
  readonly trailing: { readonly activation: number; readonly distance: number } | null;
}

/** One entry filter: `min` keeps feature >= value, `max` <=, `require` keeps feature != 0 (if true), `allowed` keeps listed values. */
export interface Filter {
  readonly parameter: string;
  readonly kind: "min" | "max" | "require" | "allowed";
  readonly feature: string;
  readonly value: ParameterValue;
}

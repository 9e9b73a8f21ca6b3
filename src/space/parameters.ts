/** Percent of entry that is enough from so many minutes after the entry on; -1 leaves whatever was made. */
export type RoiTable = Readonly<Record<string, number>>;

/** A share that leaves at a level of its own, in ATRs or in percent of entry; then the stop of the rest may move to break-even. */
export type PartialExit =
  | "none"
  | {
      /** Share of the position that leaves early, above 0 and below 1. */
      readonly share: number;
      /** Profit at which it leaves, in ATRs; one of `atr` and `percent`. */
      readonly atr?: number;
      /** Profit at which it leaves, in percent of the entry. */
      readonly percent?: number;
      /** What happens to the stop then: it stays, the default, or moves to break-even. */
      readonly then?: "hold" | "break_even";
    };

/**
 * A candidate value: a number, a switch, "none" where a rule can do without, a table or a partial exit where an exit rule has one; for
 * `allowed_<feature>` the accepted numbers or "any".
 */
export type ParameterValue = number | boolean | "any" | readonly number[] | RoiTable | PartialExit;

/** One value per parameter, in the space's key order. Names as in `min_signal_score`, `atr_tp_multiplier`. */
export type Parameters = Readonly<Record<string, ParameterValue>>;

/** One type's candidate values, in the user's own order of keys and of values. */
export type Space = Readonly<Record<string, readonly ParameterValue[]>>;

/** A set as a space of that set alone. */
export function asSpace(params: Parameters): Space {
  return Object.fromEntries(Object.entries(params).map(([parameter, value]) => [parameter, [value]]));
}

/** Space by signal type. */
export type Spaces = ReadonlyMap<string, Space>;

/** One entry filter: `min` keeps feature >= value, `max` <=, `require` keeps feature != 0 (if true), `allowed` keeps listed values. */
export interface Filter {
  readonly parameter: string;
  readonly kind: "min" | "max" | "require" | "allowed";
  readonly feature: string;
  readonly value: ParameterValue;
}

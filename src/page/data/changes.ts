/** One parameter on the scale of the values that were tried. */
export interface ParameterChange {
  readonly parameter: string;
  /** In words; null if the set does not have it. */
  readonly now: string | null;
  readonly proposed: string | null;
  readonly isChanged: boolean;
  /** Tried values as numbers, ascending; null if they are not numbers. */
  readonly scale: {
    readonly values: readonly number[];
    readonly now: number | null;
    readonly proposed: number | null;
  } | null;
  /** Tried values in words, if they are not numbers. */
  readonly choices: readonly string[];
}

export interface ChangesData {
  readonly subjects: readonly {
    readonly name: string;
    /** What was decided, in words; null if nothing was. */
    readonly decision: string | null;
    readonly labels: readonly [now: string, proposed: string];
    readonly rows: readonly ParameterChange[];
  }[];
  readonly more: number;
}

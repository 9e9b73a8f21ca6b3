export interface FunnelData {
  readonly subjects: readonly {
    readonly name: string;
    readonly steps: readonly {
      readonly label: string;
      /** Signals or trades that are left after the step. */
      readonly left: number;
      /** Share of all signals, 0-1. */
      readonly share: number;
      /** Big moves that the step is the first to reject; null where it rejects nothing. */
      readonly bigLost: number | null;
    }[];
    /** The largest missed moves. */
    readonly missed: readonly (readonly string[])[];
    readonly moreMissed: number;
  }[];
  readonly more: number;
}

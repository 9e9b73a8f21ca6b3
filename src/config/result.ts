import type { ParameterValue } from "../space/parameters.ts";

export interface DiffEntry {
  /** E.g. `scalping_params.min_signal_score`. */
  readonly path: string;
  /** null if the key was or is missing. */
  readonly old: ParameterValue | string | null;
  readonly new: ParameterValue | string | null;
}

export interface ConfigDiff {
  /** Parameters that the search varied. */
  readonly tested: number;
  /** Those whose value differs from the old one. */
  readonly changed: number;
  readonly entries: readonly DiffEntry[];
}

export interface SaveResult {
  readonly file: string;
  readonly backup: string;
  readonly bytes_written: number;
}

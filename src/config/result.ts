import type { ParameterValue } from "../space/parameters.ts";

/** One value that differs between two configs. */
export interface DiffEntry {
  /** E.g. `scalping_params.min_signal_score`. */
  readonly path: string;
  /** null if the key was or is missing. */
  readonly old: ParameterValue | string | null;
  /** The newer value; null if the key is gone. */
  readonly new: ParameterValue | string | null;
}

/** What differs in the parameters of two configs. */
export interface ConfigDiff {
  /** Parameters that the search varied. */
  readonly tested: number;
  /** Those whose value differs from the old one. */
  readonly changed: number;
  /** Values that differ, in the order of the file. */
  readonly entries: readonly DiffEntry[];
}

/** What a save wrote. */
export interface SaveResult {
  /** Path of the config, links resolved. */
  readonly file: string;
  /** Path of the file that holds the config as it was. */
  readonly backup: string;
  /** Size of the new config, bytes. */
  readonly bytes_written: number;
}

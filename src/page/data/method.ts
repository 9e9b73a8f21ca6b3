import type { TableData } from "./frame.ts";

export interface MethodData {
  /** The command line; null if the library was called. */
  readonly command: string | null;
  readonly tables: readonly TableData[];
  /** Null if the result does not list them. */
  readonly options: TableData | null;
  /** Memory by phase, in MiB, against what it may be; null if it was not measured. */
  readonly memory: {
    readonly phases: readonly { readonly name: string; readonly rss: number; readonly linear: number }[];
    /** MiB; null if the process had no limit. */
    readonly limit: number | null;
  } | null;
  readonly glossary: readonly (readonly [term: string, meaning: string])[];
}

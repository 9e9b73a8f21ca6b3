/** The verbs that write a page. */
export type PageVerb = "optimize" | "search" | "simulate" | "validate" | "rehearse";

/** What a page is about, whatever its parts are. */
export interface FrameData {
  readonly verb: PageVerb;
  /** What happened, in one line. */
  readonly headline: string;
  /** Version and data, in one line. */
  readonly identity: string;
  /** Parts in the order of the page, with what stands above them. */
  readonly parts: readonly { readonly id: string; readonly heading: string }[];
}

/** A table for a person: a caption, columns and cells. */
export interface TableData {
  readonly caption: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Rows that are left out. */
  readonly more?: number;
}

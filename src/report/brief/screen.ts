import type { Paint } from "../paint.ts";

/** Where a summary is read, and how much of it. */
export interface Screen {
  /** Columns; lines of what matters most are no wider. */
  readonly width: number;
  /** Every figure, not only what matters most. */
  readonly verbose: boolean;
  /** A reader sees the last lines first. */
  readonly isTerminal: boolean;
}

/** What matters most of a result, within some columns. */
export type Brief<Result> = (result: Result, paint: Paint, width: number) => string;

/** A result as somebody reads it: what matters most, and everything if requested; on a terminal what matters most stands last, where it is seen. */
export function briefly<Result>(brief: Brief<Result>, all: (result: Result, paint: Paint) => string) {
  return (result: Result, paint: Paint, { width, verbose, isTerminal }: Screen): string => {
    const short = brief(result, paint, width);
    if (!verbose) return short;
    const long = all(result, paint);
    return isTerminal ? `${long}\n${short}` : `${short}\n${long}`;
  };
}

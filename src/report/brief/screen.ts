import { en, type Texts } from "../../words/catalogue/en.ts";
import { reportWidth } from "../lines.ts";
import type { Paint } from "../paint.ts";
import { labelled } from "./parts.ts";

/** Where a summary is read, and how much of it. */
export interface Screen {
  /** Columns; lines of what matters most are no wider. */
  readonly width: number;
  /** Every figure, not only what matters most. */
  readonly verbose: boolean;
  /** A reader sees the last lines first. */
  readonly isTerminal: boolean;
  /** The words of the language that it is read in; English by default. */
  readonly texts?: Texts;
}

/** What matters most of a result, within some columns. */
export type Brief<Result> = (result: Result, paint: Paint, width: number, texts?: Texts) => string;

/** A summary that is whole anyway, within the width; with every figure also beyond it. */
export function fitted<Result>(summary: Brief<Result>) {
  return (result: Result, paint: Paint, { width, verbose, texts = en }: Screen): string =>
    summary(result, paint, verbose ? Math.max(width, reportWidth) : width, texts);
}

/** A result as somebody reads it, with the file of its `report` if one was written: what matters most, and everything if requested; on a terminal what matters most stands last, where it is seen. */
export function briefly<Result>(
  brief: Brief<Result>,
  all: (result: Result, paint: Paint, texts: Texts) => string,
  report?: string,
) {
  return (result: Result, paint: Paint, { width, verbose, isTerminal, texts = en }: Screen): string => {
    const place = report === undefined ? "" : `${labelled(texts.labels.report, report, width).join("\n")}\n`;
    const short = brief(result, paint, width, texts) + place;
    if (!verbose) return short;
    const long = all(result, paint, texts);
    return isTerminal ? `${long}\n${short}` : `${short}\n${long}`;
  };
}

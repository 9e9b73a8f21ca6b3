import { en, type Texts } from "../../words/catalogue/en.ts";
import { paragraph, reportWidth } from "../lines.ts";
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

/** Lines above which a terminal of 24 rows has scrolled the first ones away, with the prompt below. */
const mostSeen = 22;

/** A summary that is whole anyway, within the width; with every figure also beyond it. Its `answer`, the first line, is said again at the end of one that a terminal has scrolled away. */
export function fitted<Result>(summary: Brief<Result>, answer?: (result: Result, texts: Texts) => string) {
  return (result: Result, paint: Paint, { width, verbose, isTerminal, texts = en }: Screen): string => {
    const shown = summary(result, paint, verbose ? Math.max(width, reportWidth) : width, texts);
    if (!answer || !isTerminal || shown.trimEnd().split("\n").length <= mostSeen) return shown;
    return `${shown}\n${paragraph("", paint.bold(answer(result, texts)), width).join("\n")}\n`;
  };
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

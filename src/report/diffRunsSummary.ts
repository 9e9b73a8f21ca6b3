import type { DiffEntry } from "../config/result.ts";
import type { ComparedRun, RunDiff, RunDifference, TypeDifference } from "../run/answers.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import { figure, minute, percent, share, unsignedPercent } from "../words/figures.ts";
import { changeTable } from "./changes.ts";
import { padEnd, paragraph, reportWidth, widthOf } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { printableCopy } from "./printable.ts";

/** Where a table stands. */
interface Place {
  readonly paint: Paint;
  readonly width: number;
  readonly texts: Texts;
}

/** What differs between two runs: whether their inputs and results are the same, then each difference, old beside new. */
export function diffRunsSummary(diff: RunDiff, paint: Paint, width: number = reportWidth, texts: Texts = en): string {
  const shown = printableCopy(diff);
  const place = { paint, width, texts };
  const { pastRuns: words } = texts;
  const beside = (name: string): string => padEnd(name, Math.max(widthOf(words.old), widthOf(words.new)) + 2);
  const lines = [
    ...paragraph("", paint.bold(verdictOn(shown, words)), width),
    ...paragraph(beside(words.old), nameOf(shown.old, words), width),
    ...paragraph(beside(words.new), nameOf(shown.new, words), width),
    ...table(words.inputs, shown.inputs, place),
    ...table(words.options, shown.options, place),
    ...shown.types.flatMap((type) => typeLines(type, shown, place)),
  ];
  return `${lines.join("\n")}\n`;
}

type Words = Texts["pastRuns"];

function verdictOn({ same_inputs, same_results }: RunDiff, words: Words): string {
  if (same_inputs) return same_results ? words.sameAll : words.sameInputs;
  return same_results ? words.sameResults : words.differentAll;
}

function nameOf({ time, fingerprint, version, folder }: ComparedRun, words: Words): string {
  return `${minute(time)}  ${fingerprint.slice(0, 8)}  ${words.version(version)}  ${folder}`;
}

function typeLines(
  { config, type, outcome, params, metrics }: TypeDifference,
  { types }: RunDiff,
  place: Place,
): string[] {
  const hasConfigs = new Set(types.map((each) => each.config)).size > 1;
  const { pastRuns: words } = place.texts;
  const title = hasConfigs && config !== null ? words.ofConfig(type, config) : type;
  return [
    ...table(words.outcome(title), outcome, place),
    ...table(words.parameters(title), params, place),
    ...table(words.metrics(title), metrics, place),
  ];
}

function table(title: string, differences: readonly RunDifference[], { paint, width, texts }: Place): string[] {
  if (differences.length === 0) return [];
  const entries = differences.map(({ name, old, new: fresh }) => {
    const [a, b] = [old, fresh].map((value) => shownValue(name, value));
    // Figures that differ only in digits that are not shown are shown whole.
    return a === b ? { path: name, old: exact(old), new: exact(fresh) } : { path: name, old: a!, new: b! };
  });
  return ["", paint.bold(title), ...changeTable({ entries }, paint, Number.POSITIVE_INFINITY, width, texts)];
}

/** A value as a table shows it: times as times, returns and shares in percent, other figures without noise, lists as text. */
function shownValue(name: string, value: unknown): DiffEntry["old"] {
  if (typeof value !== "number") return exact(value);
  if (/^(data_from|data_to|split_time|fromMs|toMs)$/.test(name)) return minute(value);
  if (/(^|\.)(avg_return|total_return|stdev|avg_win|avg_loss)$/.test(name)) return percent(value);
  if (/(^|\.)max_drawdown$/.test(name)) return unsignedPercent(value);
  return /(^|\.)(win_rate|capture_rate|precision)$/.test(name) ? share(value) : figure(value);
}

function exact(value: unknown): DiffEntry["old"] {
  return typeof value === "object" && value !== null ? JSON.stringify(value) : (value as DiffEntry["old"]);
}

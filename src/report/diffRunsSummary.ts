import type { DiffEntry } from "../config/result.ts";
import type { ComparedRun, RunDiff, RunDifference, TypeDifference } from "../run/answers.ts";
import { figure, minute, percent, share, unsignedPercent } from "../words/figures.ts";
import { changeTable } from "./changes.ts";
import { paragraph, reportWidth } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { printableCopy } from "./printable.ts";

/** Where a table stands. */
interface Place {
  readonly paint: Paint;
  readonly width: number;
}

/** What differs between two runs: whether their inputs and results are the same, then each difference, old beside new. */
export function diffRunsSummary(diff: RunDiff, paint: Paint, width: number = reportWidth): string {
  const shown = printableCopy(diff);
  const place = { paint, width };
  const lines = [
    ...paragraph("", paint.bold(verdictOn(shown)), width),
    ...paragraph("old  ", nameOf(shown.old), width),
    ...paragraph("new  ", nameOf(shown.new), width),
    ...table("Inputs", shown.inputs, place),
    ...table("Options", shown.options, place),
    ...shown.types.flatMap((type) => typeLines(type, shown, place)),
  ];
  return `${lines.join("\n")}\n`;
}

function verdictOn({ same_inputs, same_results }: RunDiff): string {
  if (same_inputs)
    return same_results ? "same inputs, same results" : "same inputs, but not the same results: please report this";
  return same_results ? "different inputs, same results" : "different inputs, different results";
}

function nameOf({ time, fingerprint, version, folder }: ComparedRun): string {
  return `${minute(time)}  ${fingerprint.slice(0, 8)}  version ${version}  ${folder}`;
}

function typeLines(
  { config, type, outcome, params, metrics }: TypeDifference,
  { types }: RunDiff,
  place: Place,
): string[] {
  const hasConfigs = new Set(types.map((each) => each.config)).size > 1;
  const title = hasConfigs && config !== null ? `${type}, ${config}` : type;
  return [
    ...table(`${title}: outcome`, outcome, place),
    ...table(`${title}: parameters of phase 3's set`, params, place),
    ...table(`${title}: hold-out, one position per symbol`, metrics, place),
  ];
}

function table(title: string, differences: readonly RunDifference[], { paint, width }: Place): string[] {
  if (differences.length === 0) return [];
  const entries = differences.map(({ name, old, new: fresh }) => {
    const [a, b] = [old, fresh].map((value) => shownValue(name, value));
    // Figures that differ only in digits that are not shown are shown whole.
    return a === b ? { path: name, old: exact(old), new: exact(fresh) } : { path: name, old: a!, new: b! };
  });
  return ["", paint.bold(title), ...changeTable({ entries }, paint, Number.POSITIVE_INFINITY, width)];
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

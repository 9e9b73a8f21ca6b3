import type { ConfigRun, OptimizeResult } from "../../run/results.ts";
import { shellWord } from "../../text.ts";
import { counted } from "../../words/figures.ts";
import { paragraph, shorten, widthOf } from "../lines.ts";
import type { Paint } from "../paint.ts";
import { printableCopy } from "../printable.ts";
import { dayBefore, dayRange, shortDay } from "./dates.ts";
import { nowTable } from "./nowTable.ts";
import { outcomeLine } from "./outcome.ts";
import { typeLines } from "./typeLines.ts";

/** Lines that fit a terminal of 24 rows with its prompt. */
const mostLines = 20;
/** Columns that a shortened path keeps, to be still known. */
const shortestPath = 12;

/** Where a summary is shown. */
export interface BriefPlace {
  /** Columns; lines are no wider. */
  readonly width: number;
  /** The report's folder; undefined if nothing was written. */
  readonly out: string | undefined;
  /** The report with pictures; undefined if none was written. */
  readonly page?: string | undefined;
}

/**
 * A run in some twenty lines, for a tired operator on a phone: what happened to the bot; by type what it makes now, what was proposed and what
 * was decided; the tests that object; the data; where the report is and how to undo.
 */
export function optimizeBrief(result: OptimizeResult, paint: Paint, { width, out, page }: BriefPlace): string {
  const shown = printableCopy(result);
  const { runs } = shown;
  const head = [
    ...paragraph("", outcomeLine(shown), width).map(paint.bold),
    paint.dim(identityText(shown, width)),
    "",
    ...nowTable(runs, paint, width),
    ...paragraph("", captionText(shown), width).map(paint.dim),
    "",
  ];
  const tail = [...dataLines(shown, paint, width), ...pathLines(runs, page ?? (out && `${out}/report.txt`), width)];
  const sections = runs.flatMap((run) => Object.keys(run.decision).map((type) => ({ type, run })));
  const indent = 2 + Math.max(0, ...sections.map(({ type }) => widthOf(type)));
  const lines: string[] = [];
  const room = Math.max(sections.length, mostLines - head.length - tail.length);
  for (const [k, { type, run }] of sections.entries()) {
    if (lines.length >= room) break;
    const most = Math.max(1, Math.floor((room - lines.length) / (sections.length - k)));
    lines.push(...typeLines(type, run, { paint, width, most, indent }));
  }
  return `${[...head, ...lines, ...tail].join("\n")}\n`;
}

/** The version, how new the data are, and the config; where that is too long, its path is shortened and nothing else. */
function identityText({ version, runs, phase1 }: OptimizeResult, width: number): string {
  const configs = runs.flatMap(({ config }) => config ?? []);
  const where =
    configs.length === 1 ? configs[0]! : configs.length > 1 ? counted(configs.length, "config") : "no config";
  const data = `Sluice ${version}, candles to ${shortDay(phase1.to)} ${new Date(phase1.to).toISOString().slice(11, 16)} UTC, `;
  return shorten(data + shorten(where, Math.max(shortestPath, width - widthOf(data))), width);
}

function captionText({ phase1, split }: OptimizeResult): string {
  const days = split.time === null ? "unseen days" : `${dayRange(split.time, phase1.to)} (unseen)`;
  return `Net average per trade, one position per symbol, ${days}`;
}

function dataLines({ phase1, split, runs, warnings }: OptimizeResult, paint: Paint, width: number): string[] {
  const searched = split.time === null ? "" : `; searched to ${dayBefore(split.time, phase1.to)}, checked after`;
  const text = `${counted(phase1.symbols, "symbol")}, ${dayRange(phase1.from, phase1.to)}${searched}${lookText(runs)}`;
  const stale = runs.find(({ not_saved }) => not_saved?.code === "STALE")?.not_saved_because;
  const notes = [...(stale ? [`${stale}; is the download running?`] : []), ...warnings.map(({ message }) => message)];
  const first = notes[0];
  const more = notes.length > 1 ? ` (and ${counted(notes.length - 1, "more note")}: --verbose)` : "";
  return [
    ...paragraph("Data      ", text, width),
    ...(first === undefined
      ? []
      : paragraph(`  ${paint.yellow("!")}       `, shorten(first, 2 * (width - 12) - more.length) + more, width)),
  ];
}

/** How often these days were looked at before, where they were. */
function lookText(runs: readonly ConfigRun[]): string {
  const looks = Math.max(
    0,
    ...runs.flatMap(({ ledger }) => Object.values(ledger?.types ?? {}).map(({ look }) => look)),
  );
  return looks > 1 ? `; the same days as in ${counted(looks - 1, "earlier run")}` : "";
}

function pathLines(runs: readonly ConfigRun[], file: string | undefined, width: number): string[] {
  const undo = runs.flatMap(({ saved }) => (saved ? [`sluice rollback --config ${shellWord(saved.file)}`] : []));
  const report = file === undefined ? null : `Report    ${file}`;
  const undoText = undo.length === 0 ? "Undo      nothing to undo" : `Undo      ${undo.join("; ")}`;
  const undoLines = paragraph("Undo      ", undo.length === 0 ? "nothing to undo" : undo.join("; "), width);
  if (report === null) return undoLines;
  const both = `${report}     ${undoText.replace(/ +/, "  ")}`;
  return widthOf(both) <= width ? [both] : [...paragraph("", report, width), ...undoLines];
}

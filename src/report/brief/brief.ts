import { keyedResult } from "../../run/groups/keyed.ts";
import type { ConfigRun, OptimizeResult } from "../../run/results.ts";
import { en, type Texts } from "../../words/catalogue/en.ts";
import { figure } from "../../words/figures.ts";
import { paragraph, shorten, shortenPath, widthOf } from "../lines.ts";
import type { Paint } from "../paint.ts";
import { printableCopy } from "../printable.ts";
import { undoCommands } from "../undo.ts";
import { dayBefore, dayRange, shortDay } from "./dates.ts";
import { groupTable } from "./groupRows.ts";
import { capitalOf, labelOfType, labelWidth, namesOf, nowTable } from "./nowTable.ts";
import { outcomeLine } from "./outcome.ts";
import { firstNote, type Look, labelled, labelOf } from "./parts.ts";
import { typeLines } from "./typeLines.ts";

/** Lines that fit a terminal of 24 rows with its prompt. */
const mostLines = 20;
/** Age of the newest candle's close above which it is said, as above which nothing is saved. */
const oldAfterHours = 24;
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
  /** The words of the language that it is read in; English by default. */
  readonly texts?: Texts | undefined;
  /** The present, where it is read as soon as the run has ended: then candles of another day are called old. */
  readonly nowMs?: number | undefined;
}

/**
 * A run in some twenty lines, for a tired operator on a phone: what happened to the bot; by type what it makes now, what was proposed and what
 * was decided; the tests that object; the data; where the report is and how to undo.
 */
export function optimizeBrief(
  result: OptimizeResult,
  paint: Paint,
  { width, out, page, texts = en, nowMs }: BriefPlace,
): string {
  const shown = keyedResult(printableCopy(result));
  const { runs } = shown;
  const look = { paint, width, texts };
  const isGrouped = runs.some(({ groups }) => groups);
  const caption = paragraph("", captionText(shown, texts), width).map(paint.dim);
  const tail = [...dataLines(shown, look), ...pathLines(runs, page ?? (out && `${out}/report.txt`), look)];
  const top = [
    ...paragraph("", outcomeLine(shown, texts), width).map(paint.bold),
    paint.dim(identityText(shown, look, nowMs)),
    "",
  ];
  const taken = top.length + caption.length + tail.length + 1;
  const table = isGrouped ? groupTable(runs, look, mostLines - taken - 1) : nowTable(runs, look);
  const head = [...top, ...table, ...caption, ""];
  const names = namesOf(runs);
  const sections = runs.flatMap((run, k) =>
    sectionsOf(run).map((type) => ({ type, run, label: shorten(labelOfType(type, names[k]!), labelWidth) })),
  );
  const indent = 2 + Math.max(0, ...sections.map(({ label }) => widthOf(label)));
  const lines: string[] = [];
  const left = mostLines - head.length - tail.length;
  const room = isGrouped ? Math.max(0, left) : Math.max(sections.length, left);
  for (const [k, { type, run, label }] of sections.entries()) {
    if (lines.length >= room) break;
    const most = Math.max(1, Math.floor((room - lines.length) / (sections.length - k)));
    lines.push(...typeLines(type, run, { ...look, most, indent, label }));
  }
  return `${[...head, ...lines, ...tail].join("\n")}\n`;
}

/** The types that a section is about; by groups only those that change, because a screen has no room for all. */
function sectionsOf({ decision, groups }: ConfigRun): string[] {
  const types = Object.keys(decision);
  return groups ? types.filter((type) => decision[type]!.advice === "apply").slice(0, 1) : types;
}

/**
 * The version, how new the data are, and the config; where that is too long, its path is shortened and nothing else. Where a run of this day should have
 * had newer candles it says how old they are: a download that has stopped is noticed also while nothing changes.
 */
function identityText(
  { version, runs, phase1, options }: OptimizeResult,
  { width, texts = en }: Look,
  nowMs: number | undefined,
): string {
  const configs = runs.flatMap(({ config }) => config ?? []);
  const where =
    configs.length === 1
      ? configs[0]!
      : configs.length > 1
        ? texts.brief.configs(configs.length)
        : texts.brief.noConfig;
  // A run that was told where to end may be about the past.
  const isOfNow = nowMs !== undefined && !Number.isFinite(options["toMs"]);
  const hours = isOfNow ? Math.floor((nowMs - phase1.to - Number(options["timeframeMs"])) / 3_600_000) : 0;
  const age = hours > oldAfterHours ? `${texts.dates.ago(hours)}${texts.comma}` : "";
  // The hour says nothing of candles that are days old.
  const time = `${shortDay(phase1.to, texts)}${hours < 48 ? ` ${new Date(phase1.to).toISOString().slice(11, 16)}` : ""}`;
  const data = texts.brief.identity(version, time, age);
  return shorten(
    texts.brief.identity(version, time, age + shortenPath(where, Math.max(shortestPath, width - widthOf(data)))),
    width,
  );
}

function captionText({ phase1, split, runs }: OptimizeResult, texts: Texts): string {
  const { table, portfolio } = texts;
  const days = split.time === null ? table.unseenDays : table.unseen(dayRange(split.time, phase1.to, texts));
  const capital = capitalOf(runs);
  return capital === undefined ? table.caption(days) : portfolio.caption(figure(capital), days);
}

function dataLines({ phase1, split, runs, warnings }: OptimizeResult, look: Look): string[] {
  const { width, texts = en } = look;
  const { brief } = texts;
  const searched = split.time === null ? "" : brief.searchedTo(dayBefore(split.time, phase1.to, texts));
  const text = `${brief.symbols(phase1.symbols)}${texts.comma}${dayRange(phase1.from, phase1.to, texts)}${searched}${lookText(runs, texts)}`;
  const stale = runs.find(({ not_saved }) => not_saved?.code === "STALE")?.not_saved_because;
  const notes = [
    ...(stale ? [brief.stale(texts.sentence(stale))] : []),
    ...warnings.map(({ message }) => texts.sentence(message)),
  ];
  return [...labelled(texts.labels.data, text, width), ...firstNote(notes, look)];
}

/** How often these days were looked at before, where they were. */
function lookText(runs: readonly ConfigRun[], { brief }: Texts): string {
  const looks = Math.max(
    0,
    ...runs.flatMap(({ ledger }) => Object.values(ledger?.types ?? {}).map(({ look }) => look)),
  );
  return looks > 1 ? brief.looks(looks - 1) : "";
}

function pathLines(runs: readonly ConfigRun[], file: string | undefined, { width, texts = en }: Look): string[] {
  const { labels, brief } = texts;
  const undo = undoCommands(runs);
  const undoText = undo.length === 0 ? brief.nothingToUndo : undo.join("; ");
  const isWide = widthOf(labelOf(labels.undo) + undoText) > width;
  // A command that is broken over two lines cannot be copied.
  const undoLines = isWide
    ? [labels.undo, ...undo.map((command) => `  ${command}`)]
    : labelled(labels.undo, undoText, width);
  if (file === undefined) return undoLines;
  const report = `${labelOf(labels.report)}${file}`;
  const both = `${report}     ${labels.undo}  ${undoText}`;
  return widthOf(both) <= width ? [both] : [...paragraph("", report, width), ...undoLines];
}

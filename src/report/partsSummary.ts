import type { JobStatus, PartProblem, PartResult, SplitResult } from "../parts/result.ts";
import type { PartsPlan } from "../run/planParts.ts";
import { shellWord } from "../text.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import { duration, megabytes } from "../words/figures.ts";
import { label, paragraph, reportWidth } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { printableCopy } from "./printable.ts";

/** A job that was made, and what to run next. */
export function splitSummary(
  result: SplitResult,
  paint: Paint,
  width: number = reportWidth,
  texts: Texts = en,
): string {
  const { folder, job, searched, sets, parts, empty, input_bytes, existed } = printableCopy(result);
  const words = texts.parts;
  const cut = words.cut(sets, parts) + (empty > 0 ? words.empty(empty) : "");
  return text([
    ...paragraph(paint.green(label(words.split)), existed ? words.kept(folder) : folder, width),
    ...paragraph(label(words.job), words.searchOf(job, searched.type, searched.objective), width),
    ...paragraph(label(words.parts), cut, width),
    ...paragraph(label(words.inputs), words.copied(megabytes(input_bytes), folder), width),
    ...paragraph(label(words.next), words.thenMerge(shellWord(folder), parts - 1), width),
  ]);
}

/** A part that is finished. */
export function partSummary(result: PartResult, paint: Paint, width: number = reportWidth, texts: Texts = en): string {
  const { part, sets, ranked, proven, top, engine, floor } = printableCopy(result);
  const words = texts.parts;
  const best = top[0] === undefined ? words.noBest : words.best(top[0].score);
  const listed = floor === null ? best : words.noneBelow(best, floor);
  return text([
    ...paragraph(
      `${paint.bold(words.part(part))}  `,
      words.searched(sets, ranked, listed, duration(engine.milliseconds)),
      width,
    ),
    ...(proven ? [] : paragraph(paint.red(label(words.unproven)), words.notMerged, width)),
  ]);
}

const mostShown = 20;

/** How far a job is, with each open part and its remedy. */
export function statusSummary(result: JobStatus, paint: Paint, width: number = reportWidth, texts: Texts = en): string {
  const status = printableCopy(result);
  const { folder, parts, finished, open, floor } = status;
  const words = texts.parts;
  const search = words.searchOf(status.job, status.type, status.objective);
  const done =
    words.done(finished, parts) +
    words.doneSets(status.finished_sets, status.sets, status.ranked, duration(status.engine_milliseconds));
  const next = open.length === 0 ? `sluice merge --job ${shellWord(folder)}` : words.toRun(open.length, floor !== null);
  return text([
    ...paragraph(paint.bold(label(words.job)), words.ofVersion(search, status.version), width),
    ...paragraph(label(words.finished), done, width),
    ...paragraph(label(words.floor), floor === null ? words.noFloor : String(floor), width),
    ...open.slice(0, mostShown).flatMap((problem) => paragraph(label(words.open), problemText(problem, texts), width)),
    ...(open.length > mostShown ? [paint.dim(`  ${words.more(open.length - mostShown)}`)] : []),
    ...paragraph(label(words.next), next, width),
  ]);
}

function problemText({ part, problem, found, remedy }: PartProblem, { parts, sentence }: Texts): string {
  return parts.problem(part, parts.problems[problem], sentence(found), sentence(remedy));
}

/** What a search in parts would take, and whether it pays. */
export function partsLines(
  { parts, empty, largest, files_bytes, milliseconds, speedup, efficiency, pays }: PartsPlan,
  width: number,
  { parts: words }: Texts,
): string[] {
  const memory = words.memory(megabytes(largest.linear_memory_bytes), megabytes(largest.peak_rss));
  const planned = words.planned(words.someEmpty(parts, empty), largest.sets, memory, duration(largest.milliseconds));
  const share = Math.round(efficiency * 100);
  return [
    ...paragraph(label(words.parts), planned + words.files(megabytes(files_bytes)), width),
    ...paragraph(
      label(""),
      words.sooner(speedup.toFixed(1)) + words.allTake(duration(milliseconds), share) + (pays ? "" : words.tooMany),
      width,
    ),
  ];
}

function text(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}

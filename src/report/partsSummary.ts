import type { JobStatus, PartProblem, PartResult, SplitResult } from "../parts/result.ts";
import type { PartsPlan } from "../run/planParts.ts";
import { shellWord } from "../text.ts";
import { count, counted, duration, megabytes } from "../words/figures.ts";
import { paragraph, reportWidth } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { printableCopy } from "./printable.ts";

/** A job that was made, and what to run next. */
export function splitSummary(result: SplitResult, paint: Paint, width: number = reportWidth): string {
  const { folder, job, searched, sets, parts, empty, input_bytes, existed } = printableCopy(result);
  const cut = `${counted(sets, "set")} in ${counted(parts, "part")}${empty > 0 ? `, ${count(empty)} of them empty: there are no more exits` : ""}`;
  return text([
    ...paragraph(
      paint.green("Split    "),
      `${folder}${existed ? ", which held this job already: its finished parts are kept" : ""}`,
      width,
    ),
    ...paragraph("Job      ", `${job}, ${searched.type} by ${searched.objective}`, width),
    ...paragraph("Parts    ", cut, width),
    ...paragraph("Inputs   ", `${megabytes(input_bytes)} copied to ${folder}/inputs`, width),
    ...paragraph(
      "Next     ",
      `sluice part --job ${shellWord(folder)} --part N, for N from 0 to ${parts - 1}; then sluice merge --job ${shellWord(folder)}`,
      width,
    ),
  ]);
}

/** A part that is finished. */
export function partSummary(result: PartResult, paint: Paint, width: number = reportWidth): string {
  const { part, sets, ranked, proven, top, engine, floor } = printableCopy(result);
  const best = top[0] === undefined ? "none listed" : `the best scores ${top[0].score}`;
  const under = floor === null ? "" : `, none below ${floor} listed`;
  return text([
    ...paragraph(
      `${paint.bold(`Part ${part}`)}  `,
      `${counted(sets, "set")}, ${count(ranked)} ranked, ${best}${under}; ${duration(engine.milliseconds)} in the engine`,
      width,
    ),
    ...(proven
      ? []
      : paragraph(
          paint.red("Unproven "),
          "more sets tie at the last place than a search replays: no merge takes this part",
          width,
        )),
  ]);
}

const mostShown = 20;

/** How far a job is, with each open part and its remedy. */
export function statusSummary(result: JobStatus, paint: Paint, width: number = reportWidth): string {
  const status = printableCopy(result);
  const { folder, parts, finished, open, floor } = status;
  const next =
    open.length === 0
      ? `sluice merge --job ${shellWord(folder)}`
      : `${counted(open.length, "part")} to run${floor === null ? "" : "; --floor takes the floor above"}`;
  return text([
    ...paragraph(
      `${paint.bold("Job")}      `,
      `${status.job}, ${status.type} by ${status.objective}, Sluice ${status.version}`,
      width,
    ),
    ...paragraph(
      "Finished ",
      `${count(finished)} of ${counted(parts, "part")}, ${count(status.finished_sets)} of ${counted(status.sets, "set")}, ` +
        `${count(status.ranked)} ranked, ${duration(status.engine_milliseconds)} in the engine`,
      width,
    ),
    ...paragraph("Floor    ", floor === null ? "none yet: the leaderboard has places free" : String(floor), width),
    ...open.slice(0, mostShown).flatMap((problem) => paragraph("Open     ", problemText(problem), width)),
    ...(open.length > mostShown
      ? [paint.dim(`  and ${count(open.length - mostShown)} more (--json has them all)`)]
      : []),
    ...paragraph("Next     ", next, width),
  ]);
}

function problemText({ part, problem, found, remedy }: PartProblem): string {
  return `part ${part} ${problem}: ${found}; ${remedy}`;
}

/** What a search in parts would take, and whether it pays. */
export function partsLines(
  { parts, empty, largest, files_bytes, milliseconds, speedup, efficiency, pays }: PartsPlan,
  width: number,
): string[] {
  return [
    ...paragraph(
      "Parts    ",
      `${count(parts)}${empty > 0 ? ` (${count(empty)} empty)` : ""}; the largest ${counted(largest.sets, "set")}, ` +
        `${megabytes(largest.linear_memory_bytes)} linear, peak RSS ${megabytes(largest.peak_rss)}, ` +
        `about ${duration(largest.milliseconds)}; files of at most ${megabytes(files_bytes)}`,
      width,
    ),
    ...paragraph(
      "",
      `${speedup.toFixed(1)} times sooner with a machine for each part; all parts take ${duration(milliseconds)}, ` +
        `${Math.round(efficiency * 100)}% of it what one machine would do${pays ? "" : ": too many parts to pay, each starts, reads and walks the opportunities anew"}`,
      width,
    ),
  ];
}

function text(lines: readonly string[]): string {
  return `${lines.join("\n")}\n`;
}

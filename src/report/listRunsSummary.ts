import type { ListedRun, ListedType, RunList } from "../run/answers.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import { day, minute } from "../words/figures.ts";
import { fittedColumns } from "./columns.ts";
import { paragraph, reportWidth, shorten } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { printableCopy } from "./printable.ts";

/** Digits of a fingerprint that tell runs apart. */
const shortDigits = 8;

/** Past runs, newest first: one row per type, with what its run has in common in the first of them. */
export function listRunsSummary(list: RunList, paint: Paint, width: number = reportWidth, texts: Texts = en): string {
  const { runs, total } = printableCopy(list);
  const { pastRuns: words } = texts;
  if (total === 0) return `${words.noRuns}\n`;
  const names = new Set(runs.flatMap(({ configs }) => configs.map(({ config }) => config)));
  const hasConfigs = names.size > 1;
  const { time, run, version, candles, config, type, verdict, decision } = words.listColumns;
  const heading = [time, run, version, candles, ...(hasConfigs ? [config] : []), type, verdict, decision, ""];
  const rows = runs.flatMap((run) => rowsOf(run, hasConfigs ? commonFolder([...names]) : null, { paint, words }));
  const table = fittedColumns(heading, rows, {
    alignments: heading.map(() => "left" as const),
    spare: [2, 3, heading.indexOf(verdict)],
    width,
    paint,
    indent: "",
    texts,
  });
  const problems = runs.flatMap(({ folder, problem }) =>
    problem === null ? [] : paragraph(paint.red(words.unreadable), `${folder}: ${problem}`, width),
  );
  const isAll = runs.length === total;
  const number = isAll ? words.runs(total) : words.someRuns(runs.length, total);
  return `${[...table, "", ...problems, number].join("\n")}\n`;
}

/** Length of the folder that all paths begin with. */
function commonFolder(paths: readonly (string | null)[]): number {
  const [first = "", ...others] = paths.filter((path) => path !== null);
  let end = first.lastIndexOf("/") + 1;
  while (end > 0 && !others.every((path) => path.startsWith(first.slice(0, end))))
    end = first.lastIndexOf("/", end - 2) + 1;
  return end;
}

/** How rows are written. */
interface Style {
  readonly paint: Paint;
  readonly words: Texts["pastRuns"];
}

/** The rows of a run; `common` is how much of the configs' paths is not shown, null if none of them are. */
function rowsOf(run: ListedRun, common: number | null, style: Style): string[][] {
  const { paint, words } = style;
  const { time, fingerprint, version, data, folder } = run;
  // A look's fingerprint is not that of a result: `show` would not find it.
  const name = folder === null ? "-" : (fingerprint?.slice(0, shortDigits) ?? "-");
  const span = data ? words.span(...spanTexts(day(data.from), day(data.to))) : "-";
  const head = [minute(time), name, version ?? "-", span];
  const rows = run.configs.flatMap((config) =>
    Object.entries(config.types).map(([type, listed]) => [
      ...(common === null ? [] : [shorten(config.config?.slice(common) ?? "-", 28)]),
      shorten(type, 12),
      listed.verdict ?? "-",
      decisionText(listed, words),
      endText(run, config, listed, style),
    ]),
  );
  const blank = [
    ...(common === null ? [] : ["-"]),
    "-",
    "-",
    "-",
    run.problem === null ? "" : paint.red(words.isUnreadable),
  ];
  return (rows.length > 0 ? rows : [blank]).map((row, k) => [...(k === 0 ? head : head.map(() => "")), ...row]);
}

/** Two days; the year of the second only if it is another one. */
function spanTexts(from: string, to: string): [from: string, to: string] {
  return [from, from.slice(0, 5) === to.slice(0, 5) ? to.slice(5) : to];
}

function decisionText({ advice, applied }: ListedType, words: Style["words"]): string {
  if (advice === null) return words.endedBefore;
  if (advice === "apply") return words.apply(String(applied));
  return advice === "keep" ? words.keep : advice === "pause" ? words.pause : advice;
}

type Config = ListedRun["configs"][number];

/** Whether a type's parameters changed. */
function endText(
  { folder, looks }: ListedRun,
  { changed, saved }: Config,
  { advice }: ListedType,
  { paint, words }: Style,
): string {
  if (folder === null) return paint.dim(looks.some(({ dry_run }) => dry_run) ? words.ledgerDryRun : words.ledgerOnly);
  if (advice !== "apply" || !changed) return words.noChange;
  return saved ? paint.green(words.changed) : paint.yellow(words.notSaved);
}

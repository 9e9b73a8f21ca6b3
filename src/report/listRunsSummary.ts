import type { ListedRun, ListedType, RunList } from "../run/answers.ts";
import { count, counted, day, minute } from "../words/figures.ts";
import { fittedColumns } from "./columns.ts";
import { paragraph, reportWidth, shorten } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { printableCopy } from "./printable.ts";

/** Digits of a fingerprint that tell runs apart. */
const shortDigits = 8;

/** Past runs, newest first: one row per type, with what its run has in common in the first of them. */
export function listRunsSummary(list: RunList, paint: Paint, width: number = reportWidth): string {
  const { runs, total } = printableCopy(list);
  if (total === 0) return "no runs\n";
  const names = new Set(runs.flatMap(({ configs }) => configs.map(({ config }) => config)));
  const hasConfigs = names.size > 1;
  const heading = [
    "time (UTC)",
    "run",
    "version",
    "candles",
    ...(hasConfigs ? ["config"] : []),
    "type",
    "verdict",
    "decision",
    "",
  ];
  const rows = runs.flatMap((run) => rowsOf(run, hasConfigs ? commonFolder([...names]) : null, paint));
  const table = fittedColumns(heading, rows, {
    alignments: heading.map(() => "left" as const),
    spare: [2, 3, heading.indexOf("verdict")],
    width,
    paint,
    indent: "",
  });
  const problems = runs.flatMap(({ folder, problem }) =>
    problem === null ? [] : paragraph(paint.red("Unreadable  "), `${folder}: ${problem}`, width),
  );
  const isAll = runs.length === total;
  const number = isAll
    ? counted(total, "run")
    : `${count(runs.length)} of ${counted(total, "run")}; --limit N lists more`;
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

/** The rows of a run; `common` is how much of the configs' paths is not shown, null if none of them are. */
function rowsOf(run: ListedRun, common: number | null, paint: Paint): string[][] {
  const { time, fingerprint, version, data, folder } = run;
  // A look's fingerprint is not that of a result: `show` would not find it.
  const name = folder === null ? "-" : (fingerprint?.slice(0, shortDigits) ?? "-");
  const span = data ? spanText(day(data.from), day(data.to)) : "-";
  const head = [minute(time), name, version ?? "-", span];
  const rows = run.configs.flatMap((config) =>
    Object.entries(config.types).map(([type, listed]) => [
      ...(common === null ? [] : [shorten(config.config?.slice(common) ?? "-", 28)]),
      shorten(type, 12),
      listed.verdict ?? "-",
      decisionText(listed),
      endText(run, config, listed, paint),
    ]),
  );
  const blank = [...(common === null ? [] : ["-"]), "-", "-", "-", run.problem === null ? "" : paint.red("unreadable")];
  return (rows.length > 0 ? rows : [blank]).map((row, k) => [...(k === 0 ? head : head.map(() => "")), ...row]);
}

/** Two days; the year of the second only if it is another one. */
function spanText(from: string, to: string): string {
  return `${from} to ${from.slice(0, 5) === to.slice(0, 5) ? to.slice(5) : to}`;
}

function decisionText({ advice, applied }: ListedType): string {
  if (advice === null) return "ended before";
  return advice === "apply" ? `apply ${applied}` : advice;
}

type Config = ListedRun["configs"][number];

/** Whether a type's parameters changed. */
function endText(
  { folder, looks }: ListedRun,
  { changed, saved }: Config,
  { advice }: ListedType,
  paint: Paint,
): string {
  if (folder === null) return paint.dim(looks.some(({ dry_run }) => dry_run) ? "ledger only, dry run" : "ledger only");
  if (advice !== "apply" || !changed) return "no change";
  return saved ? paint.green("changed") : paint.yellow("not saved");
}

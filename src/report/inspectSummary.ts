import { basename } from "node:path";
import type { InspectedFile } from "../candles/inspect.ts";
import { count, counted, day, minute, percent } from "../words/figures.ts";
import { ratioText } from "./candleLines.ts";
import { fittedColumns, namesAndFigures } from "./columns.ts";
import { paragraph, reportWidth, shorten } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { printableCopy } from "./printable.ts";

type Contents = NonNullable<InspectedFile["contents"]>;

const breaksNamed = 3;
const filesNamed = 5;
/** Files with the same defect from which on they are listed together. */
const fewestAlike = 3;

/** The contents of a candle folder, one row per file: span, holes, oddities; then notes on single files, and which files a run would refuse, and why. */
export function inspectSummary(files: readonly InspectedFile[], paint: Paint, width: number = reportWidth): string {
  const shown = printableCopy(files);
  const rows = shown.map((file) => rowOf(file, paint));
  const heading = [
    "symbol",
    "bar",
    "first (UTC)",
    "last (UTC)",
    "candles",
    "holes",
    "missing",
    "dupes",
    "zero vol",
    "largest",
    "age",
    "",
  ];
  const table = fittedColumns(heading, rows, {
    alignments: namesAndFigures(heading.length),
    spare: [7, 8, 9, 6, 2],
    width,
    paint,
    indent: "",
  });
  const isSeveral = ({ symbol }: InspectedFile): boolean => shown.filter((file) => file.symbol === symbol).length > 1;
  const notes = shown.flatMap((file) =>
    file.contents
      ? notesOn(`${shorten(file.symbol, 16)}${isSeveral(file) ? ` ${file.timeframe}` : ""}`, file, file.contents, width)
      : [],
  );
  const others = shown.filter(({ kind }) => kind !== "candles");
  if (others.length > 0) notes.push(...paragraph("Other data  ", othersText(others.map(({ kind }) => kind)), width));
  const defects = defectTexts(shown.flatMap(({ defect }) => defect ?? [])).flatMap((text) =>
    paragraph(paint.red("Refused  "), text, width),
  );
  return `${[
    ...table,
    "",
    ...notes,
    ...defects,
    counted(
      shown.reduce((sum, { files }) => sum + files.length, 0),
      "file",
    ),
  ].join("\n")}\n`;
}

type Defect = NonNullable<InspectedFile["defect"]>;

/** What is wrong with files, and what to do: where the same is wrong with several, once, with their names. */
function defectTexts(defects: readonly Defect[]): string[] {
  const alike = new Map<string, [Defect, ...Defect[]]>();
  for (const defect of defects) {
    const key = JSON.stringify([defect.rule, defect.remedy]);
    const others = alike.get(key);
    others ? others.push(defect) : alike.set(key, [defect]);
  }
  return [...alike.values()].flatMap((group) => {
    const remedy = group[0].remedy === "" ? "" : `; ${group[0].remedy}`;
    if (group.length < fewestAlike)
      return group.map(({ where, rule, found }) => `${where}: ${rule}; found ${found}${remedy}`);
    return `${counted(group.length, "file")} (${namesOf(group.map(({ where }) => where))}): ${group[0].rule}${remedy}`;
  });
}

function rowOf({ symbol, timeframe, kind, contents, defect }: InspectedFile, paint: Paint): string[] {
  const cells = contents
    ? [
        day(contents.first),
        day(contents.last),
        count(contents.candles),
        count(contents.gaps),
        count(contents.filled),
        count(contents.duplicates),
        count(contents.zero_volume),
        percent(100 * contents.largest_move.move),
        ageText(contents.age),
      ]
    : Array.from({ length: 9 }, () => "-");
  const sound = contents && isOdd(contents) ? paint.yellow("check") : "sound";
  const state = defect ? paint.red("refused") : kind === "candles" ? sound : kind;
  return [shorten(symbol, 16), timeframe, ...cells, state];
}

/** What files of other data are for. */
function othersText(kinds: readonly InspectedFile["kind"][]): string {
  const counts = otherKinds.flatMap(({ kind, name }) => {
    const files = kinds.filter((each) => each === kind).length;
    return files === 0 ? [] : [`${counted(files, "file")} of ${name}`];
  });
  return `${counts.join(", ")}: recognised by name, and never read as candles`;
}

const otherKinds = [
  { kind: "mark", name: "mark prices" },
  { kind: "funding", name: "funding rates" },
  { kind: "index", name: "index prices" },
] as const;

/** Whether a file is readable but has something that a run would change or refuse. */
function isOdd({ breaks, filled, candles }: Contents): boolean {
  return breaks.length > 0 || filled > candles / 10;
}

function notesOn(name: string, { files }: InspectedFile, contents: Contents, width: number): string[] {
  const { breaks, closed, closed_candles, unfinished, repaired, read_as, longest_gap } = contents;
  const notes = [
    ...breaks
      .slice(0, breaksNamed)
      .map(
        ({ time, ratio }) =>
          `the price unit changes at ${minute(time)} UTC, ${ratioText(ratio)}; nothing is computed across it`,
      ),
    ...(breaks.length > breaksNamed ? [`${count(breaks.length - breaksNamed)} more changes of price unit`] : []),
    ...(closed === null ? [] : [`closed ${closed} (${counted(closed_candles, "candle")} not counted as missing)`]),
    ...(longest_gap
      ? [`longest hole ${counted(longest_gap.candles, "candle")} from ${minute(longest_gap.time)} UTC`]
      : []),
    ...(unfinished > 0 ? ["the last candle has not closed yet and is left out"] : []),
    ...(repaired > 0 ? [`${count(repaired)} highs or lows with rounding errors repaired`] : []),
    ...(read_as === null ? [] : [read_as]),
    ...(files.length > 1 ? [`files ${namesOf(files)}`] : []),
  ];
  return notes.length === 0 ? [] : paragraph(`${name}  `, notes.join("; "), width);
}

function namesOf(files: readonly string[]): string {
  const names = files.slice(0, filesNamed).map((path) => basename(path));
  return `${names.join(", ")}${files.length > filesNamed ? ` and ${count(files.length - filesNamed)} more` : ""}`;
}

/** How long ago the newest candle closed. */
function ageText(ms: number): string {
  const hours = ms / 3_600_000;
  if (hours < 1) return `${Math.floor(ms / 60_000)} min`;
  return hours < 48 ? `${Math.floor(hours)} h` : `${count(Math.floor(hours / 24))} d`;
}

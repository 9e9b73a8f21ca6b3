import { basename } from "node:path";
import type { InspectedFile } from "../candles/inspect.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import { count, day, minute, percent } from "../words/figures.ts";
import { ratioText } from "./candleLines.ts";
import { fittedColumns, namesAndFigures } from "./columns.ts";
import { label, paragraph, reportWidth, shorten } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { printableCopy } from "./printable.ts";

type Contents = NonNullable<InspectedFile["contents"]>;

const breaksNamed = 3;
const filesNamed = 5;
/** Files with the same defect from which on they are listed together. */
const fewestAlike = 3;

/** The contents of a candle folder, one row per file: span, holes, oddities; then notes on single files, and which files a run would refuse, and why. */
export function inspectSummary(
  files: readonly InspectedFile[],
  paint: Paint,
  width: number = reportWidth,
  texts: Texts = en,
): string {
  const shown = printableCopy(files);
  const { candleFiles: words } = texts;
  const { inspectColumns: heading } = words;
  const rows = shown.map((file) => rowOf(file, paint, words));
  const table = fittedColumns(heading, rows, {
    alignments: namesAndFigures(heading.length),
    spare: [7, 8, 9, 6, 2],
    width,
    paint,
    indent: "",
    texts,
  });
  const isSeveral = ({ symbol }: InspectedFile): boolean => shown.filter((file) => file.symbol === symbol).length > 1;
  const notes = shown.flatMap((file) =>
    file.contents
      ? noted(
          `${shorten(file.symbol, 16)}${isSeveral(file) ? ` ${file.timeframe}` : ""}  `,
          notesOn(file, file.contents, texts).join(texts.and),
          width,
        )
      : [],
  );
  const others = shown.filter(({ kind }) => kind !== "candles");
  if (others.length > 0)
    notes.push(
      ...paragraph(
        words.otherData,
        othersText(
          others.map(({ kind }) => kind),
          texts,
        ),
        width,
      ),
    );
  const faults = shown.flatMap(({ defect }) => defect ?? []);
  const defects = defectTexts(faults, texts).flatMap((text) => paragraph(paint.red(label(words.refused)), text, width));
  return `${[
    ...table,
    "",
    ...notes,
    ...defects,
    words.files(shown.reduce((sum, { files }) => sum + files.length, 0)),
  ].join("\n")}\n`;
}

type Words = Texts["candleFiles"];
type Defect = NonNullable<InspectedFile["defect"]>;

/** What is wrong with files, and what to do: where the same is wrong with several, once, with their names. */
function defectTexts(defects: readonly Defect[], texts: Texts): string[] {
  const { candleFiles: words } = texts;
  const alike = new Map<string, [Defect, ...Defect[]]>();
  for (const defect of defects) {
    const key = JSON.stringify([defect.rule, defect.remedy]);
    const others = alike.get(key);
    others ? others.push(defect) : alike.set(key, [defect]);
  }
  return [...alike.values()].flatMap((group) => {
    const [{ rule, remedy }] = group;
    const cure = remedy === "" ? "" : texts.and + remedy;
    if (group.length < fewestAlike) return group.map(({ where, found }) => words.defect(where, rule, found) + cure);
    const names = namesOf(
      group.map(({ where }) => where),
      texts,
    );
    return words.sameDefect(group.length, names, rule) + cure;
  });
}

function rowOf({ symbol, timeframe, kind, contents, defect }: InspectedFile, paint: Paint, words: Words): string[] {
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
        ageText(contents.age, words),
      ]
    : Array.from({ length: 9 }, () => "-");
  const sound = contents && isOdd(contents) ? paint.yellow(words.check) : words.sound;
  const state = defect ? paint.red(words.isRefused) : kind === "candles" ? sound : words.kinds[kind];
  return [shorten(symbol, 16), timeframe, ...cells, state];
}

/** What files of other data are for. */
function othersText(kinds: readonly InspectedFile["kind"][], { candleFiles: words, list }: Texts): string {
  const counts = (
    [
      ["mark", words.markFiles],
      ["funding", words.fundingFiles],
      ["index", words.indexFiles],
    ] as const
  ).flatMap(([kind, textOf]) => {
    const files = kinds.filter((each) => each === kind).length;
    return files === 0 ? [] : [textOf(files)];
  });
  return words.notCandles(counts.join(list));
}

/** Whether a file is readable but has something that a run would change or refuse. */
function isOdd({ breaks, filled, candles }: Contents): boolean {
  return breaks.length > 0 || filled > candles / 10;
}

function notesOn({ files }: InspectedFile, contents: Contents, texts: Texts): string[] {
  const { candleFiles: words, sentence } = texts;
  const { breaks, closed, closed_candles, unfinished, repaired, read_as, longest_gap } = contents;
  return [
    ...breaks.slice(0, breaksNamed).map(({ time, ratio }) => words.unitAt(minute(time), ratioText(ratio))),
    ...(breaks.length > breaksNamed ? [words.moreUnits(breaks.length - breaksNamed)] : []),
    ...(closed === null ? [] : [words.closed(sentence(closed), closed_candles)]),
    ...(longest_gap ? [words.longestHole(longest_gap.candles, minute(longest_gap.time))] : []),
    ...(unfinished > 0 ? [words.unfinished] : []),
    ...(repaired > 0 ? [words.repaired(repaired)] : []),
    ...(read_as === null ? [] : [sentence(read_as)]),
    ...(files.length > 1 ? [words.filesNamed(namesOf(files, texts))] : []),
  ];
}

/** A paragraph, if it says anything. */
const noted = (name: string, text: string, width: number): string[] =>
  text === "" ? [] : paragraph(name, text, width);

function namesOf(files: readonly string[], { data, list }: Texts): string {
  const names = files
    .slice(0, filesNamed)
    .map((path) => basename(path))
    .join(list);
  return files.length > filesNamed ? data.andMore(names, files.length - filesNamed) : names;
}

/** How long ago the newest candle closed. */
function ageText(ms: number, words: Words): string {
  const hours = ms / 3_600_000;
  if (hours < 1) return words.minutes(Math.floor(ms / 60_000));
  return hours < 48 ? words.hours(Math.floor(hours)) : words.days(Math.floor(hours / 24));
}

import type { ConfigRun } from "../../run/results.ts";
import type { Parameters } from "../../space/parameters.ts";
import type { TestName } from "../../validation/finding.ts";
import type { TestResult, TypeValidation } from "../../validation/result.ts";
import { en, type Texts } from "../../words/catalogue/en.ts";
import { parameterText } from "../../words/figures.ts";
import { changeTexts } from "../changes.ts";
import { padEnd, paragraph, unbroken, widthOf } from "../lines.ts";
import type { Paint } from "../paint.ts";

/** Where a section stands. */
interface Room {
  readonly paint: Paint;
  readonly width: number;
  readonly most: number;
  /** Columns before its lines, of which the first has the label. */
  readonly indent: number;
  /** The type by default. */
  readonly label?: string;
  /** The words of its language; English by default. */
  readonly texts?: Texts | undefined;
}

/** What a run says of its types' tests, and of the sets that it proposed. */
interface Judged {
  readonly phase3: Readonly<Record<string, { readonly params: Parameters } | null>>;
  readonly phase4: { readonly types: ConfigRun["phase4"]["types"] };
}

/** A type's tests, the worst first, and what the proposed set would change, in at most `most` lines (at least one). */
export function typeLines(type: string, run: Judged, room: Room): string[] {
  const validation = run.phase4.types[type];
  if (!validation) return [];
  const { paint, width, most, indent, label = type, texts = en } = room;
  const passed = namesLine(paint.green(texts.labels.passed), named(validation.tests, "passed", texts), room);
  const changes = changeLine(type, run, width - indent, texts);
  const ending = most < 4 ? [] : [...passed, ...changes];
  const lines = [...objectionLines(validation, { ...room, most: most - ending.length }), ...ending];
  if (lines.length === 0) lines.push(...passed.slice(0, 1));
  const first = paint.bold(label) + " ".repeat(Math.max(2, indent - widthOf(label)));
  return lines.slice(0, most).map((line, k) => (k === 0 ? first : " ".repeat(indent)) + line);
}

/** Tests that failed or warned: with their figures as far as there is room, the rest by name. */
function objectionLines({ tests, reason, gate }: TypeValidation, room: Room): string[] {
  const { paint, texts = en } = room;
  const [fail, warn] = [paint.red(texts.labels.failed), paint.yellow(texts.labels.weak)];
  const average = gate.candidate_metrics?.avg_return ?? Number.POSITIVE_INFINITY;
  const failed = tests.filter(({ outcome }) => outcome === "failed");
  const weak = tests.filter(({ outcome }) => outcome === "warning");
  const rowsOf = (withNeeds: boolean): string[][] => [
    // A verdict that no test gave: too few trades, or no gain on unseen days.
    ...(failed.length === 0 && !/^(\w+:|passed)/.test(reason)
      ? [
          average <= 0
            ? inRoom(...wordsRow(fail, texts.unseen, texts.unseen.found(average), withNeeds, texts), room)
            : inRoom(`${fail}  `, texts.sentence(reason), room),
        ]
      : []),
    ...failed.map((test) => inRoom(...testRow(fail, test, withNeeds, texts), room)),
    ...weak.map((test) => inRoom(...testRow(warn, test, withNeeds, texts), room)),
  ];
  const [rows, bare] = [rowsOf(true), rowsOf(false)];
  const first = rows.length - failed.length - weak.length;
  for (let shown = rows.length; ; shown--) {
    const rest = [...failed, ...weak].slice(shown - first);
    const names = [
      ...namesLine(fail, named(rest, "failed", texts), room),
      ...namesLine(warn, named(rest, "warning", texts), room),
    ];
    // What a failed test found matters more than what it needs.
    const isLastOfFailed = shown > 0 && shown <= first + failed.length;
    for (const each of isLastOfFailed ? [rows, bare] : [rows]) {
      const lines = [...each.slice(0, shown).flat(), ...names];
      if (lines.length <= room.most || shown <= first) return lines;
    }
  }
}

/** A test's label, and what it found. */
function testRow(word: string, test: TestResult, withNeeds: boolean, texts: Texts): [label: string, text: string] {
  const words = texts.tests[test.name as TestName];
  // A result of another version may have a test that this one does not know.
  if (!words) return [`${word}  `, `${test.name} (${test.threshold})`];
  return wordsRow(word, words, words.found(test.figures), withNeeds, texts);
}

function wordsRow(
  word: string,
  { name, needs }: { name: string; needs: string },
  found: string,
  withNeeds: boolean,
  texts: Texts,
): [label: string, text: string] {
  return [`${word}  ${padEnd(name, 16)}  `, withNeeds ? found + withoutBreak(texts.needs(needs)) : found];
}

/** A phrase after a space, if it begins with one, that is kept on one line. */
function withoutBreak(phrase: string): string {
  return phrase.startsWith(" ") ? ` ${unbroken(phrase.slice(1))}` : unbroken(phrase);
}

function inRoom(label: string, text: string, { width, indent }: Room): string[] {
  return paragraph(label, text, width - indent);
}

function namesLine(word: string, names: readonly string[], room: Room): string[] {
  return names.length === 0 ? [] : inRoom(`${word}  `, names.map(unbroken).join((room.texts ?? en).list), room);
}

function named(tests: readonly TestResult[], outcome: TestResult["outcome"], texts: Texts): string[] {
  return tests
    .filter((test) => test.outcome === outcome)
    .map(({ name }) => texts.tests[name as TestName]?.name ?? name);
}

/** Old and new values of what the proposed set changes, as many as fit on one line. */
function changeLine(type: string, run: Judged, width: number, texts: Texts): string[] {
  const proposed = run.phase3[type]?.params;
  const current = run.phase4.types[type]?.candidates.find(({ candidate }) => candidate === "current")?.params;
  if (!proposed) return [];
  const changes = current ? changesBetween(current, proposed, width, texts) : Object.entries(proposed).map(valueText);
  if (changes.length === 0) return [texts.decision.sameAsNow];
  let line = "";
  let shown = 0;
  for (const change of changes) {
    const rest = changes.length - shown - 1;
    const more = rest > 0 ? widthOf(texts.brief.moreValues(rest)) + 3 : 0;
    if (shown > 0 && widthOf(line) + 3 + widthOf(change) + more > width) break;
    line += shown === 0 ? change : `   ${change}`;
    shown++;
  }
  return [shown < changes.length ? `${line}   ${texts.brief.moreValues(changes.length - shown)}` : line];
}

function changesBetween(current: Parameters, proposed: Parameters, width: number, texts: Texts): string[] {
  return Object.entries(proposed).flatMap(([key, value]) => {
    const old = current[key];
    if (JSON.stringify(old) === JSON.stringify(value)) return [];
    const text = (valueWidth: number): string => {
      const [before, after] = changeTexts(old ?? null, value, valueWidth, texts);
      return `${key} ${before} -> ${after}`;
    };
    // A table or a partial exit cut to a few characters says nothing: it may fill a line.
    const whole = text(typeof value === "object" ? width : 12);
    return [widthOf(whole) <= width ? whole : text(Math.max(12, Math.floor((width - widthOf(key) - 5) / 2)))];
  });
}

function valueText([key, value]: [string, Parameters[string]]): string {
  return `${key} ${parameterText(value ?? null)}`;
}

import type { ValidateResult } from "../../run/answers.ts";
import type { Replay } from "../../run/results.ts";
import { isBelievable } from "../../validation/believable.ts";
import { en, type Texts } from "../../words/catalogue/en.ts";
import { figure, percent } from "../../words/figures.ts";
import { padEnd, padStart, paragraph, widthOf } from "../lines.ts";
import type { Paint } from "../paint.ts";
import { printableCopy } from "../printable.ts";
import { dayBefore, dayRange } from "./dates.ts";
import { decisionCell } from "./decisionCell.ts";
import { candleLine, dataText, labelled, noteLines } from "./parts.ts";
import { typeLines } from "./typeLines.ts";

const mostLines = 20;
const fewestTestLines = 4;

/** A validation in some twenty lines: whether the set can be believed; what it and the current one made on searched and on unseen days; the tests. */
export function validateBrief(result: ValidateResult, paint: Paint, width: number, texts: Texts = en): string {
  const shown = printableCopy(result);
  const { validate: words, labels } = texts;
  const { type, split, candles } = shown;
  // There is one set here, the user's: which of a run's sets it is also like says nothing.
  const decision = { ...shown.decision, applied: shown.decision.applied && ("phase3" as const) };
  const run = { decision: { [type]: decision }, phase3: {}, phase4: { types: { [type]: shown } }, saved: null };
  const head = [
    ...paragraph("", validateHeadline(shown, texts), width).map(paint.bold),
    ...paragraph("", words.validated(type, shown.opportunities, dataText(candles, texts)), width).map(paint.dim),
    "",
    ...averageRows(shown, paint, texts),
    ...paragraph("", captionText(shown, texts), width).map(paint.dim),
    "",
  ];
  const tail = [
    ...labelled(labels.decision, decisionCell(type, run, texts), width),
    ...(split.purged > 0 ? labelled(labels.data, words.purged(split.purged), width) : []),
    ...candleLine(candles, width, texts),
  ];
  tail.push(...noteLines(shown.warnings, { paint, width, texts }, head.length + fewestTestLines + tail.length));
  const most = Math.max(fewestTestLines, mostLines - head.length - tail.length);
  const tests = typeLines(type, run, { paint, width, most, indent: 2 + widthOf(type), texts });
  return `${[...head, ...tests, ...tail].join("\n")}\n`;
}

/** Whether the set can be believed, and what speaks for it or against it. */
export function validateHeadline(
  { type, verdict, tests, reason, gate }: ValidateResult,
  { validate: words, portfolio, sentence }: Texts = en,
): string {
  const ran = tests.filter(({ outcome }) => outcome !== "not run").length;
  const failed = tests.filter(({ outcome }) => outcome === "failed").length;
  const weak = tests.filter(({ outcome }) => outcome === "warning").length;
  const average = gate.candidate_metrics?.avg_return;
  const account = gate.accounts?.candidate;
  const purse = account && portfolio.unseen(percent(account.total_return));
  const unseen = average === undefined ? "" : (purse ?? words.unseen(percent(average)));
  if (verdict === "SKIPPED") return words.skipped(type, sentence(reason));
  if (!isBelievable(verdict)) {
    if (failed > 0) return words.fails(type, failed, ran, unseen);
    return average !== undefined && average <= 0
      ? words.loses(type, percent(average))
      : words.notBelievable(type, verdict, sentence(reason));
  }
  return weak === 0 ? words.passes(type, ran, unseen) : words.weak(type, weak, ran, unseen);
}

/** The sets with their averages on searched and unseen days. */
function averageRows({ replays }: ValidateResult, paint: Paint, { validate: words }: Texts): string[] {
  const of = (set: Replay["set"], part: Replay["part"]): string => {
    const replay = replays.find((one) => one.set === set && one.part === part);
    const account = replay?.portfolio?.metrics;
    if (account && account.trades > 0) return `${percent(account.total_return)} (${account.trades})`;
    const found = account ? null : replay?.one_position;
    return !found || found.n === 0 ? words.noTrades : `${percent(found.avg_return)} (${found.n})`;
  };
  const sets = [...new Set(replays.map(({ set }) => set))];
  if (sets.length === 0) return [];
  const row = (label: string, first: string, second: string): string =>
    `${padEnd(label, 11)}  ${padStart(first, 16)}  ${padStart(second, 16)}`;
  return [
    paint.dim(row("", words.searchedDays, words.unseenDays)),
    ...sets.map((set) =>
      row(set === "current" ? words.currentSet : words.thisSet, of(set, "training"), of(set, "holdout")),
    ),
  ];
}

function captionText({ split, candles, replays }: ValidateResult, texts: Texts): string {
  const { caption: average, split: words } = texts.validate;
  const capital = replays[0]?.portfolio?.options.capital;
  const caption = capital === undefined ? average : texts.portfolio.captionOfTrades(figure(capital));
  if (split.time === null) return caption;
  return caption + words(dayBefore(split.time, candles.to, texts), dayRange(split.time, candles.to, texts));
}

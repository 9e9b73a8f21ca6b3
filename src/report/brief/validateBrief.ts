import type { ValidateResult } from "../../run/answers.ts";
import type { Replay } from "../../run/results.ts";
import { isBelievable } from "../../validation/believable.ts";
import { counted, percent } from "../../words/figures.ts";
import { paragraph, widthOf } from "../lines.ts";
import type { Paint } from "../paint.ts";
import { printableCopy } from "../printable.ts";
import { capital } from "../setName.ts";
import { dayBefore, dayRange } from "./dates.ts";
import { decisionCell } from "./decisionCell.ts";
import { dataText, noteLines } from "./parts.ts";
import { typeLines } from "./typeLines.ts";

const mostLines = 20;

/** A validation in some twenty lines: whether the set can be believed; what it and the current one made on searched and on unseen days; the tests. */
export function validateBrief(result: ValidateResult, paint: Paint, width: number): string {
  const shown = printableCopy(result);
  const { type, split, candles } = shown;
  const run = { decision: { [type]: shown.decision }, phase3: {}, phase4: { types: { [type]: shown } }, saved: null };
  const head = [
    ...paragraph("", headline(shown), width).map(paint.bold),
    ...paragraph(
      "",
      `${type}: ${counted(shown.opportunities, "opportunity", "opportunities")}, ${dataText(candles)}`,
      width,
    ).map(paint.dim),
    "",
    ...averageRows(shown, paint),
    ...paragraph("", captionText(shown), width).map(paint.dim),
    "",
  ];
  const tail = [
    ...paragraph("Decision  ", decisionCell(type, run), width),
    ...(split.purged > 0
      ? paragraph(
          "Data      ",
          `${counted(split.purged, "opportunity", "opportunities")} whose trades may cross the split excluded`,
          width,
        )
      : []),
    ...noteLines(shown.warnings, paint, width),
  ];
  const most = Math.max(4, mostLines - head.length - tail.length);
  const tests = typeLines(type, run, { paint, width, most, indent: 2 + widthOf(type) });
  return `${[...head, ...tests, ...tail].join("\n")}\n`;
}

/** Whether the set can be believed, and what speaks for it or against it. */
function headline({ type, verdict, tests, reason, gate }: ValidateResult): string {
  const ran = tests.filter(({ outcome }) => outcome !== "not run").length;
  const failed = tests.filter(({ outcome }) => outcome === "failed").length;
  const weak = tests.filter(({ outcome }) => outcome === "warning").length;
  const average = gate.candidate_metrics?.avg_return;
  const unseen = average === undefined ? "" : `, ${percent(average)} net per trade on unseen days`;
  if (verdict === "SKIPPED") return `NOT JUDGED: ${type}: ${reason}`;
  if (!isBelievable(verdict))
    return failed > 0
      ? `NOT BELIEVABLE: ${type} fails ${failed} of ${counted(ran, "test")}${unseen}`
      : `NOT BELIEVABLE: ${type}: ${verdict}, ${reason}`;
  return weak === 0
    ? `BELIEVABLE: ${type} passes ${counted(ran, "test")}${unseen}`
    : `BELIEVABLE, WITH WARNINGS: ${type} is weak in ${weak} of ${counted(ran, "test")}${unseen}`;
}

const labels = { phase3: "this set", phase2: "this set", suggestion: "this set", current: "current set" } as const;

/** The sets with their averages on searched and unseen days. */
function averageRows({ replays }: ValidateResult, paint: Paint): string[] {
  const of = (set: Replay["set"], part: Replay["part"]): string => {
    const found = replays.find((replay) => replay.set === set && replay.part === part)?.one_position;
    return !found || found.n === 0 ? "no trades" : `${percent(found.avg_return)} (${found.n})`;
  };
  const sets = [...new Set(replays.map(({ set }) => set))];
  if (sets.length === 0) return [];
  const row = (label: string, first: string, second: string): string =>
    `${label.padEnd(11)}  ${first.padStart(16)}  ${second.padStart(16)}`;
  return [
    paint.dim(row("", "searched days", "unseen days")),
    ...sets.map((set) => row(labels[set], of(set, "training"), of(set, "holdout"))),
  ];
}

function captionText({ split, candles }: ValidateResult): string {
  const days =
    split.time === null
      ? ""
      : `; searched to ${dayBefore(split.time, candles.to)}, unseen ${dayRange(split.time, candles.to)}`;
  return capital(`net average per trade (trades), one position per symbol${days}`);
}

import type { Band, Interval, Outcome, PolicyFigures, PolicyName, RehearseResult } from "../rehearsal/result.ts";
import { policyNames } from "../rehearsal/result.ts";
import { counted, day, percent, share } from "../words/figures.ts";
import { candleLines } from "./candleLines.ts";
import { fittedColumns, namesAndFigures } from "./columns.ts";
import { paragraph, reportWidth } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { printableCopy } from "./printable.ts";
import { phaseName } from "./setName.ts";
import { warningLines } from "./warningLines.ts";

const policyLabels: Readonly<Record<PolicyName, string>> = {
  as_configured: "as decided",
  never_change: "never change",
  not_trading: "not trading",
  phase3_always: "phase 3 always",
  phase2_always: "phase 2 always",
  passed_only: "PASSED only",
};

/** A rehearsal: the answer first, then each policy's result, what each change claimed and earned, and what followed each verdict. */
export function rehearseSummary(result: RehearseResult, paint: Paint, width: number = reportWidth): string {
  const shown = printableCopy(result);
  const first = shown.nights[0]!;
  const lines = [
    ...paragraph("", paint.bold(answerText(shown)), width),
    ...paragraph(
      "Nights   ",
      `${counted(shown.nights.length, "night")} from ${day(first)}, traded to ${day(shown.end)}, one position per symbol, percent after costs`,
      width,
    ),
    ...candleLines(shown.candles, width),
    "",
    ...policyLines(shown, paint, width),
    ...nullLines(shown, paint, width),
    "",
    ...changeLines(shown, paint, width),
    "",
    ...verdictLines(shown, paint, width),
    ...warningLines(shown.warnings, width),
  ];
  return `${lines.join("\n")}\n`;
}

/** The answer of a rehearsal, in one line. */
export function answerText({ answer, policies, nights }: RehearseResult): string {
  const { over_never_change: never, over_not_trading: none } = policies.as_configured;
  const against = `${tenths(never.total)}% over never changing, ${tenths(none.total)}% over not trading`;
  switch (answer) {
    case "nothing changed":
      return `NOTHING CHANGED in ${counted(nights.length, "night")}: the parameters as they are made ${tenths(none.total)}% of one stake`;
    case "yes":
      return `YES: the decisions would have beaten both: ${against}`;
    case "no":
      return `NO: the decisions would not have beaten both: ${against}`;
    case "unsure":
      return `NOT SURE: ahead, but within chance: ${against}`;
  }
}

function policyLines({ policies, block_days }: RehearseResult, paint: Paint, width: number): string[] {
  return [
    ...fittedColumns(
      ["policy", "changes", "trades", "per trade", "total", "95% range", "drawdown", "over never", "95% range"],
      policyNames.map((name) => policyRow(name, policies[name])),
      { alignments: namesAndFigures(9), spare: [6, 2, 1, 3], width, paint },
    ),
    ...paragraph(
      "  ",
      paint.dim(
        `Percent of one stake, every trade with the same; over never: gain over never changing. 95% range: days resampled in blocks of ${block_days} on average.`,
      ),
      width,
    ),
  ];
}

function policyRow(name: PolicyName, figures: PolicyFigures): string[] {
  const over = figures.over_never_change;
  return [
    policyLabels[name],
    String(figures.changes),
    String(figures.trades),
    percent(figures.avg_return),
    tenths(figures.total_return),
    rangeText(figures.over_not_trading),
    figures.max_drawdown.toFixed(1),
    ...(name === "never_change" ? ["", ""] : [tenths(over.total), rangeText(over)]),
  ];
}

function rangeText({ low, high }: Pick<Interval | Band, "low" | "high">): string {
  return `${tenths(low)} to ${tenths(high)}`;
}

/** A signed sum of points, rounded: hundredths would be noise, and so would tenths of hundreds. */
function tenths(points: number): string {
  const text = Math.abs(points).toFixed(Math.abs(points) < 100 ? 1 : 0);
  return text === "0.0" ? text : `${points < 0 ? "-" : "+"}${text}`;
}

function nullLines({ null_band, policies }: RehearseResult, paint: Paint, width: number): string[] {
  if (!null_band) return [];
  return [
    "",
    ...paragraph(
      "",
      `On ${counted(null_band.copies, "copy", "copies")} of the history with its days shuffled, so that no day predicts the next; the config changed in ${share(null_band.changed_share)}:`,
      width,
    ),
    ...fittedColumns(
      ["policy", "total here", "90% of copies", "over never", "90% of copies"],
      policyNames
        .filter((name) => name !== "not_trading")
        .map((name) => [
          policyLabels[name],
          tenths(policies[name].total_return),
          rangeText(null_band.policies[name].total),
          tenths(policies[name].over_never_change.total),
          rangeText(null_band.policies[name].over_never_change),
        ]),
      { alignments: namesAndFigures(5), spare: [], width, paint },
    ),
  ];
}

/** Each change: what its hold-out promised, and what it earned. */
function changeLines({ decisions }: RehearseResult, paint: Paint, width: number): string[] {
  const changes = decisions.filter(({ applied }) => applied !== null);
  if (changes.length === 0) return paragraph("", `Changes  none in ${counted(decisions.length, "decision")}`, width);
  return fittedColumns(
    ["change", "type", "verdict", "set", "claimed", "earned", "trades", "until", "claimed - earned"],
    changes.map(({ night, type, applied_verdict, applied, claimed, realised, gap }) => [
      day(night),
      type,
      applied_verdict!,
      phaseName(applied!),
      percent(claimed!),
      realised!.trades === 0 ? "-" : percent(realised!.avg_return),
      String(realised!.trades),
      day(realised!.until),
      gap === null ? "-" : percent(gap),
    ]),
    {
      alignments: ["left", "left", "left", "left", "right", "right", "right", "left", "right"],
      spare: [8, 7, 2],
      width,
      paint,
    },
  );
}

function verdictLines({ verdicts }: RehearseResult, paint: Paint, width: number): string[] {
  const cells = ({ trades, avg_return }: Outcome): string[] => [
    String(trades),
    trades === 0 ? "-" : percent(avg_return),
  ];
  return fittedColumns(
    ["verdict", "decisions", "trades", "proposed", "trades", "set before"],
    verdicts.map(({ verdict, nights, proposed, current }) => [
      verdict,
      String(nights),
      ...cells(proposed),
      ...cells(current),
    ]),
    { alignments: namesAndFigures(6), spare: [], width, paint },
  );
}

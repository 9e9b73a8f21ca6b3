import type {
  Band,
  Interval,
  Outcome,
  PolicyAccount,
  PolicyFigures,
  PolicyName,
  RehearseResult,
} from "../rehearsal/result.ts";
import { policyNames } from "../rehearsal/result.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import { count, day, figure, percent, share, unsignedPercent } from "../words/figures.ts";
import { candleLines } from "./candleLines.ts";
import { fittedColumns, namesAndFigures } from "./columns.ts";
import { label, paragraph, reportWidth } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { printableCopy } from "./printable.ts";
import { warningLines } from "./warningLines.ts";

/** How a summary is shown. */
interface Place {
  readonly paint: Paint;
  readonly width: number;
  readonly texts: Texts;
}

/** A rehearsal: the answer first, then each policy's result, what each change claimed and earned, and what followed each verdict. */
export function rehearseSummary(
  result: RehearseResult,
  paint: Paint,
  width: number = reportWidth,
  texts: Texts = en,
): string {
  const shown = printableCopy(result);
  const place = { paint, width, texts };
  const { rehearse: words } = texts;
  const first = shown.nights[0]!;
  const lines = [
    ...paragraph("", paint.bold(answerText(shown, texts)), width),
    ...paragraph(label(words.nights), words.nightsOf(shown.nights.length, day(first), day(shown.end)), width),
    ...candleLines(shown.candles, width, texts),
    "",
    ...policyLines(shown, place),
    ...accountLines(shown, place),
    ...nullLines(shown, place),
    "",
    ...changeLines(shown, place),
    "",
    ...verdictLines(shown, place),
    ...warningLines(shown.warnings, width, texts),
  ];
  return `${lines.join("\n")}\n`;
}

/** The answer of a rehearsal, in one line. */
export function answerText({ answer, policies, nights }: RehearseResult, texts: Texts = en): string {
  const { rehearse: words, portfolio } = texts;
  const { as_configured: decided } = policies;
  const { over_never_change: never, over_not_trading: none } = decided.portfolio ?? decided;
  const against = (decided.portfolio ? portfolio : words).against(tenths(never.total), tenths(none.total));
  switch (answer) {
    case "nothing changed":
      return decided.portfolio
        ? portfolio.nothingChanged(nights.length, percent(decided.portfolio.metrics.total_return))
        : words.nothingChanged(nights.length, tenths(none.total));
    case "yes":
      return words.yes(against);
    case "no":
      return words.no(against);
    case "unsure":
      return words.unsure(against);
  }
}

function policyLines({ policies, block_days }: RehearseResult, { paint, width, texts }: Place): string[] {
  const { rehearse: words } = texts;
  return [
    ...fittedColumns(
      words.policyColumns,
      policyNames.map((name) => policyRow(name, policies[name], words)),
      { alignments: namesAndFigures(9), spare: [6, 2, 1, 3], width, paint, texts },
    ),
    ...paragraph("  ", paint.dim(words.policyNote(block_days)), width),
  ];
}

/** One purse a policy; nothing without a portfolio. */
function accountLines({ policies }: RehearseResult, { paint, width, texts }: Place): string[] {
  const { portfolio: words, rehearse } = texts;
  const rows = policyNames.flatMap((name) => {
    const { portfolio } = policies[name];
    return portfolio ? [accountRow(name, portfolio, rehearse)] : [];
  });
  if (rows.length === 0) return [];
  const capital = policies.as_configured.portfolio!.options.capital;
  return [
    "",
    ...fittedColumns(words.policyColumns, rows, { alignments: namesAndFigures(8), spare: [7, 5], width, paint, texts }),
    ...paragraph("  ", paint.dim(words.policyNote(figure(capital))), width),
  ];
}

function accountRow(name: PolicyName, account: PolicyAccount, words: Texts["rehearse"]): string[] {
  const { metrics, over_never_change: over } = account;
  return [
    words.policies[name],
    figure(Number(metrics.final_equity.toFixed(2))),
    percent(metrics.total_return),
    percent(metrics.cagr),
    unsignedPercent(metrics.max_drawdown),
    count(metrics.trades),
    ...(name === "never_change" ? ["", ""] : [tenths(over.total), rangeText(over, words)]),
  ];
}

function policyRow(name: PolicyName, figures: PolicyFigures, words: Texts["rehearse"]): string[] {
  const over = figures.over_never_change;
  return [
    words.policies[name],
    String(figures.changes),
    String(figures.trades),
    percent(figures.avg_return),
    tenths(figures.total_return),
    rangeText(figures.over_not_trading, words),
    figures.max_drawdown.toFixed(1),
    ...(name === "never_change" ? ["", ""] : [tenths(over.total), rangeText(over, words)]),
  ];
}

function rangeText({ low, high }: Pick<Interval | Band, "low" | "high">, words: Texts["rehearse"]): string {
  return words.range(tenths(low), tenths(high));
}

/** A signed sum of points, rounded: hundredths would be noise, and so would tenths of hundreds. */
function tenths(points: number): string {
  const text = Math.abs(points).toFixed(Math.abs(points) < 100 ? 1 : 0);
  return text === "0.0" ? text : `${points < 0 ? "-" : "+"}${text}`;
}

function nullLines({ null_band, policies }: RehearseResult, { paint, width, texts }: Place): string[] {
  const { rehearse: words } = texts;
  if (!null_band) return [];
  return [
    "",
    ...paragraph("", words.shuffled(null_band.copies, share(null_band.changed_share)), width),
    ...fittedColumns(
      words.shuffledColumns,
      policyNames
        .filter((name) => name !== "not_trading")
        .map((name) => [
          words.policies[name],
          tenths(policies[name].total_return),
          rangeText(null_band.policies[name].total, words),
          tenths(policies[name].over_never_change.total),
          rangeText(null_band.policies[name].over_never_change, words),
        ]),
      { alignments: namesAndFigures(5), spare: [], width, paint, texts },
    ),
  ];
}

/** Each change: what its hold-out promised, and what it earned. */
function changeLines({ decisions }: RehearseResult, { paint, width, texts }: Place): string[] {
  const { rehearse: words } = texts;
  const changes = decisions.filter(({ applied }) => applied !== null);
  if (changes.length === 0) return paragraph("", label(words.changes) + words.noChanges(decisions.length), width);
  return fittedColumns(
    words.changeColumns,
    changes.map(({ night, type, applied_verdict, applied, claimed, realised, gap }) => [
      day(night),
      type,
      applied_verdict!,
      words.origins[applied!],
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
      texts,
    },
  );
}

function verdictLines({ verdicts }: RehearseResult, { paint, width, texts }: Place): string[] {
  const cells = ({ trades, avg_return }: Outcome): string[] => [
    String(trades),
    trades === 0 ? "-" : percent(avg_return),
  ];
  return fittedColumns(
    texts.rehearse.verdictColumns,
    verdicts.map(({ verdict, nights, proposed, current }) => [
      verdict,
      String(nights),
      ...cells(proposed),
      ...cells(current),
    ]),
    { alignments: namesAndFigures(6), spare: [], width, paint, texts },
  );
}

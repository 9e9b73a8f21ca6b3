import type { Replay } from "../run/results.ts";
import type { BreakdownRow } from "../validation/breakdown.ts";
import type { TypeValidation } from "../validation/result.ts";
import { count, counted, percent, share } from "../words/figures.ts";
import { paragraph, unbroken } from "./lines.ts";
import { phaseName } from "./setName.ts";

/** The evidence for a verdict: the walk-forward windows, the baselines, where the trades come from. */
export function evidenceLines(validation: TypeValidation): string[] {
  return [
    ...walkLines(validation),
    ...shrunkLines(validation),
    ...baselineLines(validation),
    ...breakdownLines(validation),
  ];
}

/** How many trades of each compared set were decided by the rule for ambiguous bars, and the result under the other rule. */
export function ambiguousLines(replays: readonly Replay[]): string[] {
  const parts = replays
    .filter(({ ambiguous }) => ambiguous > 0)
    .map(({ set, part, ambiguous, plain, avg_return_other_rule }) => {
      const [own, other] = [percent(plain.avg_return), percent(avg_return_other_rule)];
      const outcome = own === other ? `avg ${own} under either rule` : `avg ${own}, under the other rule ${other}`;
      const where = part === "holdout" ? "hold-out" : part;
      return `${phaseName(set)} ${where} ${count(ambiguous)} of ${count(plain.n)}, ${outcome}`;
    });
  if (parts.length === 0) return [];
  return paragraph("  Ambiguous  ", `bars that touched both stop and target ended: ${parts.join("; ")}`);
}

/** How many trades of each compared set exited at the open after a hole. */
export function holeLines(replays: readonly Replay[]): string[] {
  const parts = replays
    .filter(({ hole_exits }) => hole_exits > 0)
    .map(({ set, part, hole_exits, plain }) => {
      const where = part === "holdout" ? "hold-out" : part;
      return `${phaseName(set)} ${where} ${count(hole_exits)} of ${count(plain.n)}`;
    });
  if (parts.length === 0) return [];
  return paragraph(
    "  Holes      ",
    `trades whose holding time ended in a hole, so they exited at the next open: ${parts.join("; ")}`,
  );
}

function walkLines({ walk_forward: walked }: TypeValidation): string[] {
  if (!walked) return [];
  const windows = walked.windows.map(({ metrics, params }) =>
    params === null ? "-" : unbroken(`${percent(metrics.avg_return)} (${count(metrics.n)})`),
  );
  const text =
    `${windows.join(" ")} per trade out of sample (trades), ${share(walked.winning_windows)} of windows gain; overall ` +
    `${percent(walked.metrics.avg_return)} against ${percent(walked.in_sample_avg_return)} in sample, ${walked.mode}`;
  return paragraph("  Windows    ", text);
}

function shrunkLines({ shrunk_avg_return: shrunk }: TypeValidation): string[] {
  if (!shrunk) return [];
  const text = `avg_return adjusted for luck: training ${percent(shrunk.training)}, hold-out ${percent(shrunk.holdout)}`;
  return paragraph("  Shrunk     ", text);
}

function baselineLines({ baselines }: TypeValidation): string[] {
  if (!baselines) return [];
  const { no_filters, random_entries, buy_and_hold } = baselines;
  const parts = [
    `no filters ${percent(no_filters.avg_return)} (${counted(no_filters.n, "trade")})`,
    ...(random_entries ? [`random entries ${percent(random_entries.avg_return)}`] : []),
    `buy and hold ${percent(buy_and_hold.return)} long and ${percent(buy_and_hold.short_return)} short over ${counted(buy_and_hold.symbols, "symbol")}`,
  ];
  return paragraph("  Baselines  ", `on the hold-out: ${parts.map(unbroken).join(", ")}`);
}

const rowsShown = 6;

function breakdownLines({ breakdown }: TypeValidation): string[] {
  if (!breakdown) return [];
  const lines = (label: string, shown: readonly BreakdownRow[], ending = ""): string[] => {
    if (shown.length === 0) return [];
    const texts = shown.map(({ name, training, holdout }) => {
      const of = ({ n, avg_return }: typeof training): string => (n === 0 ? "-" : percent(avg_return));
      return unbroken(`${name} ${of(training)} / ${of(holdout)} (${count(training.n)} / ${count(holdout.n)})`);
    });
    return paragraph(label, `${texts.join(", ")}${ending}`);
  };
  const notShown = (rows: readonly BreakdownRow[], which: string): string =>
    rows.length > rowsShown ? `, and ${count(rows.length - rowsShown)} ${which}` : "";
  const byTrades = [...breakdown.symbols].sort((a, b) => tradesOf(b) - tradesOf(a));
  return [
    ...lines("  Sides      ", breakdown.sides, "; average and trades, training / hold-out"),
    ...lines("  Symbols    ", byTrades.slice(0, rowsShown), notShown(byTrades, "more")),
    ...lines("  Months     ", breakdown.months.slice(-rowsShown), notShown(breakdown.months, "earlier")),
  ];
}

function tradesOf({ training, holdout }: BreakdownRow): number {
  return training.n + holdout.n;
}

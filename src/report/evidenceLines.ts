import type { Replay } from "../run/results.ts";
import type { BreakdownRow } from "../validation/breakdown.ts";
import type { TypeValidation } from "../validation/result.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import { count, percent, share } from "../words/figures.ts";
import { innerLabel, paragraph, unbroken } from "./lines.ts";
import { phaseName } from "./setName.ts";

/** The evidence for a verdict: the walk-forward windows, the baselines, where the trades come from. */
export function evidenceLines(validation: TypeValidation, texts: Texts = en): string[] {
  return [
    ...walkLines(validation, texts),
    ...shrunkLines(validation, texts),
    ...baselineLines(validation, texts),
    ...breakdownLines(validation, texts),
  ];
}

/** How many trades of each compared set were decided by the rule for ambiguous bars, and the result under the other rule. */
export function ambiguousLines(replays: readonly Replay[], texts: Texts = en): string[] {
  const { evidence: words, details } = texts;
  const parts = replays
    .filter(({ ambiguous }) => ambiguous > 0)
    .map(({ set, part, ambiguous, plain, avg_return_other_rule }) => {
      const [own, other] = [percent(plain.avg_return), percent(avg_return_other_rule)];
      const where = words.ofTrades(phaseName(set, texts), details[part], ambiguous, plain.n);
      return own === other ? words.eitherRule(where, own) : words.otherRule(where, own, other);
    });
  if (parts.length === 0) return [];
  return paragraph(innerLabel(words.ambiguous), words.ambiguousEnded(parts.join(texts.and)));
}

/** How many trades of each compared set exited at the open after a hole. */
export function holeLines(replays: readonly Replay[], texts: Texts = en): string[] {
  const { evidence: words, details } = texts;
  const parts = replays
    .filter(({ hole_exits }) => hole_exits > 0)
    .map(({ set, part, hole_exits, plain }) =>
      words.ofTrades(phaseName(set, texts), details[part], hole_exits, plain.n),
    );
  if (parts.length === 0) return [];
  return paragraph(innerLabel(words.holes), words.holesEnded(parts.join(texts.and)));
}

function walkLines({ walk_forward: walked }: TypeValidation, { evidence: words }: Texts): string[] {
  if (!walked) return [];
  const windows = walked.windows.map(({ metrics, params }) =>
    params === null ? "-" : unbroken(`${percent(metrics.avg_return)} (${count(metrics.n)})`),
  );
  const text = words.windowsOf(
    windows.join(" "),
    share(walked.winning_windows),
    percent(walked.metrics.avg_return),
    percent(walked.in_sample_avg_return),
    words.modes[walked.mode]!,
  );
  return paragraph(innerLabel(words.windows), text);
}

function shrunkLines({ shrunk_avg_return: shrunk }: TypeValidation, { evidence: words }: Texts): string[] {
  if (!shrunk) return [];
  return paragraph(innerLabel(words.shrunk), words.shrunkOf(percent(shrunk.training), percent(shrunk.holdout)));
}

function baselineLines({ baselines }: TypeValidation, { evidence: words, list }: Texts): string[] {
  if (!baselines) return [];
  const { no_filters, random_entries, buy_and_hold } = baselines;
  const parts = [
    words.noFilters(percent(no_filters.avg_return), no_filters.n),
    ...(random_entries ? [words.randomEntries(percent(random_entries.avg_return))] : []),
    words.buyAndHold(percent(buy_and_hold.return), percent(buy_and_hold.short_return), buy_and_hold.symbols),
  ];
  return paragraph(innerLabel(words.baselines), words.onHoldout(parts.map(unbroken).join(list)));
}

const rowsShown = 6;

function breakdownLines({ breakdown }: TypeValidation, { evidence: words, list }: Texts): string[] {
  if (!breakdown) return [];
  const lines = (name: string, shown: readonly BreakdownRow[], ending = ""): string[] => {
    if (shown.length === 0) return [];
    const texts = shown.map(({ name, training, holdout }) => {
      const of = ({ n, avg_return }: typeof training): string => (n === 0 ? "-" : percent(avg_return));
      return unbroken(
        `${words.sideNames[name] ?? name} ${of(training)} / ${of(holdout)} (${count(training.n)} / ${count(holdout.n)})`,
      );
    });
    return paragraph(innerLabel(name), texts.join(list) + ending);
  };
  const notShown = (rows: readonly BreakdownRow[], which: (rows: number) => string): string =>
    rows.length > rowsShown ? which(rows.length - rowsShown) : "";
  const byTrades = [...breakdown.symbols].sort((a, b) => tradesOf(b) - tradesOf(a));
  return [
    ...lines(words.sides, breakdown.sides, words.averageAndTrades),
    ...lines(words.symbols, byTrades.slice(0, rowsShown), notShown(byTrades, words.more)),
    ...lines(words.months, breakdown.months.slice(-rowsShown), notShown(breakdown.months, words.earlier)),
  ];
}

function tradesOf({ training, holdout }: BreakdownRow): number {
  return training.n + holdout.n;
}

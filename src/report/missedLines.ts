import type { Missed } from "../run/results.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import { count, minute, percent } from "../words/figures.ts";
import { innerLabel, paragraph, unbroken } from "./lines.ts";

const filtersNamed = 3;

/** How many of the big moves (objective opportunities) the chosen set does not take, which filters reject most of them, and the largest. */
export function missedLines(missed: Missed, texts: Texts = en): string[] {
  const { details: words, evidence, list, and } = texts;
  if (missed.objective_opportunities === 0) return [];
  const byFilter = Object.entries(missed.by_filter).sort((a, b) => b[1] - a[1]);
  const named = byFilter.slice(0, filtersNamed).map(([filter, times]) => unbroken(`${filter} ${count(times)}`));
  const rest = byFilter.slice(filtersNamed).reduce((sum, [, times]) => sum + times, 0);
  if (rest > 0) named.push(unbroken(words.others(rest)));
  const first = missed.largest[0];
  const sentence = [
    words.missedOf(missed.missed, missed.objective_opportunities),
    ...(named.length > 0 ? [words.rejectedBy(named.join(list))] : []),
    ...(first
      ? [
          words.largest(
            first.symbol,
            evidence.sideNames[first.direction]!,
            minute(first.timestamp),
            percent(first.mfe),
            first.rejected_by,
          ),
        ]
      : []),
  ];
  return paragraph(innerLabel(words.missed), sentence.join(and));
}

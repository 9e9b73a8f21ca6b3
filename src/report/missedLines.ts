import type { Missed } from "../run/results.ts";
import { count, counted, minute, percent } from "../words/figures.ts";
import { paragraph, unbroken } from "./lines.ts";

const filtersNamed = 3;

/** How many of the big moves (objective opportunities) the chosen set does not take, which filters reject most of them, and the largest. */
export function missedLines(missed: Missed): string[] {
  if (missed.objective_opportunities === 0) return [];
  const byFilter = Object.entries(missed.by_filter).sort((a, b) => b[1] - a[1]);
  const named = byFilter.slice(0, filtersNamed).map(([filter, times]) => unbroken(`${filter} ${count(times)}`));
  const rest = byFilter.slice(filtersNamed).reduce((sum, [, times]) => sum + times, 0);
  if (rest > 0) named.push(unbroken(`others ${count(rest)}`));
  const first = missed.largest[0];
  const sentence = [
    `${count(missed.missed)} of ${counted(missed.objective_opportunities, "big move")}`,
    ...(named.length > 0 ? [`rejected first by ${named.join(", ")}`] : []),
    ...(first
      ? [
          `largest ${first.symbol} ${first.direction} ${minute(first.timestamp)} ${percent(first.mfe)} (${first.rejected_by})`,
        ]
      : []),
  ];
  return paragraph("  Not taken  ", sentence.join("; "));
}

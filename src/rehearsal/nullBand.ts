import { quantileOf } from "../validation/tradeSums.ts";
import { type Band, type NullBand, type PolicyFigures, policyNames } from "./result.ts";

type Figures = Readonly<Record<(typeof policyNames)[number], PolicyFigures>>;

/** What the policies made on copies of the history in which no day predicts the next; null without copies. */
export function nullBandOf(copies: readonly Figures[]): NullBand | null {
  if (copies.length === 0) return null;
  const changed = copies.filter(({ as_configured }) => as_configured.changes > 0).length;
  return {
    copies: copies.length,
    changed_share: changed / copies.length,
    policies: Object.fromEntries(
      policyNames.map((name) => [
        name,
        {
          total: bandOf(copies.map((copy) => copy[name].total_return)),
          over_never_change: bandOf(copies.map((copy) => copy[name].over_never_change.total)),
        },
      ]),
    ) as NullBand["policies"],
  };
}

function bandOf(values: readonly number[]): Band {
  const sorted = Float64Array.from(values).sort();
  return { low: quantileOf(sorted, 0.05), middle: quantileOf(sorted, 0.5), high: quantileOf(sorted, 0.95) };
}

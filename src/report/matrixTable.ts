import type { MatrixCell } from "../run/results.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import { count, parameterText, percent } from "../words/figures.ts";
import { columns } from "./columns.ts";
import type { Paint } from "./paint.ts";

const mostColumns = 5;
const mostRows = 5;

/** avg_return and number of trades by consensus and signal score; of a space with many candidates, an even selection is shown. */
export function matrixTable(matrix: readonly MatrixCell[], paint: Paint, { details: words }: Texts = en): string[] {
  const scores = some(distinct(matrix.map((cell) => cell.signal_score)), mostColumns);
  const consensus = some(distinct(matrix.map((cell) => cell.consensus)), mostRows);
  if (scores.length === 0) return [];
  const rows = consensus.map((level) => [
    words.consensus(parameterText(level)),
    ...scores.map((score) => {
      const cell = matrix.find((each) => each.consensus === level && each.signal_score === score);
      return cell === undefined || cell.n === 0 ? "-" : `${percent(cell.avg_return)} ${count(cell.n)}`;
    }),
  ]);
  const heading = [words.averageAndTrades, ...scores.map((score) => words.score(parameterText(score)))];
  return columns([heading], rows, ["left", ...scores.map(() => "right" as const)], paint);
}

function distinct(values: readonly number[]): number[] {
  return [...new Set(values)].sort((a, b) => a - b);
}

/** At most `limit` of the values at an even stride, first and last among them. */
function some(values: readonly number[], limit: number): number[] {
  if (values.length <= limit) return [...values];
  return Array.from({ length: limit }, (_, index) => values[Math.round((index * (values.length - 1)) / (limit - 1))]!);
}

/** Counts of values in bins of equal width. */
export interface Histogram {
  /** Left end of the first bin. */
  readonly from: number;
  /** Right end of the last one; equal to `from` if all values are. */
  readonly to: number;
  /** Values in each bin, from left to right. */
  readonly counts: readonly number[];
}

/** What a picture of a test shows and its figures do not: a distribution that a figure stands in, or single values. */
export interface TestPicture {
  /** The distribution; absent if there are single values. */
  readonly histogram?: Histogram;
  /** The set's own value in the histogram. */
  readonly mark?: number;
  /** In ascending order; at most `mostValues` of them, evenly spaced. */
  readonly values?: readonly number[];
}

const bins = 40;
const mostValues = 120;

/** A histogram of finite values, in any order; null without values. A value on a boundary counts in the bin to its right. */
export function histogramOf(values: ArrayLike<number>): Histogram | null {
  if (values.length === 0) return null;
  let [from, to] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let k = 0; k < values.length; k++) {
    from = Math.min(from, values[k]!);
    to = Math.max(to, values[k]!);
  }
  if (from === to) return { from, to, counts: [values.length] };
  const counts = new Array<number>(bins).fill(0);
  for (let k = 0; k < values.length; k++)
    counts[Math.min(bins - 1, Math.floor(((values[k]! - from) / (to - from)) * bins))]!++;
  return { from, to, counts };
}

/** The picture of a distribution; empty without values. */
export function pictured(values: ArrayLike<number>): TestPicture {
  const histogram = histogramOf(values);
  return histogram ? { histogram } : {};
}

/** Values in ascending order, thinned evenly where there are many; the smallest and the largest stay. */
export function thinned(values: readonly number[]): number[] {
  const sorted = [...values].sort((a, b) => a - b);
  if (sorted.length <= mostValues) return sorted;
  return Array.from(
    { length: mostValues },
    (_, k) => sorted[Math.round((k * (sorted.length - 1)) / (mostValues - 1))]!,
  );
}

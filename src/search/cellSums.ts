/** What one setting of the filters makes. */
export interface SettingFigures {
  readonly n: number;
  /** Points. */
  readonly total: number;
  /** Points per trade, and a share; 0 without trades. */
  readonly average: number;
  readonly winRate: number;
}

/** Sums by cell, as a page holds them. */
export interface CellSums {
  /** By axis: codes that a cell may have, and which places each passes. */
  readonly passes: readonly (readonly (readonly number[])[])[];
  readonly codes: readonly number[];
  readonly n: readonly number[];
  readonly wins: readonly number[];
  /** In units of `unit` points. */
  readonly points: readonly number[];
  readonly unit: number;
}

/** The figures of one setting, a place an axis: the sums over all cells that pass it. Whole numbers are added, so that no order matters. */
export function settingFigures(
  { passes, codes, n, wins, points, unit }: CellSums,
  places: readonly number[],
): SettingFigures {
  const isIn = passes.map((axis, k) => axis.map((passed) => passed.includes(places[k]!)));
  const sum = { n: 0, wins: 0, points: 0 };
  for (let cell = 0; cell < codes.length; cell++) {
    let rest = codes[cell]!;
    let isPassed = true;
    for (let k = isIn.length - 1; k >= 0 && isPassed; k--) {
      const { length } = isIn[k]!;
      isPassed = isIn[k]![rest % length]!;
      rest = Math.floor(rest / length);
    }
    if (!isPassed) continue;
    sum.n += n[cell]!;
    sum.wins += wins[cell]!;
    sum.points += points[cell]!;
  }
  const total = sum.points * unit;
  return { n: sum.n, total, average: sum.n === 0 ? 0 : total / sum.n, winRate: sum.n === 0 ? 0 : sum.wins / sum.n };
}

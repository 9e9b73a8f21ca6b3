/** How much of a map's range a cell of the plateau may be below the chosen one. */
export const plateauShare = 0.1;

/**
 * The plateau around the chosen cell of a map of `columns` cells a row: the cells that are reached from it side by side, each no more than a tenth of the
 * map's range below it. Null is a cell without sets. Empty if the chosen cell is one.
 */
export function plateauCells(values: readonly (number | null)[], columns: number, chosen: number): number[] {
  const there = values.filter((value) => value !== null);
  const own = values[chosen] ?? null;
  if (own === null) return [];
  const [low, high] = there.reduce(
    ([least, most], value) => [Math.min(least, value), Math.max(most, value)],
    [own, own],
  );
  const limit = own - plateauShare * (high - low);
  const reached = new Set([chosen]);
  // What is added on the way is visited too.
  for (const cell of reached)
    for (const next of besides(cell, columns, values.length)) {
      const value = values[next] ?? null;
      if (value !== null && value >= limit) reached.add(next);
    }
  return [...reached].sort((a, b) => a - b);
}

function besides(cell: number, columns: number, cells: number): number[] {
  const column = cell % columns;
  return [
    ...(column > 0 ? [cell - 1] : []),
    ...(column < columns - 1 ? [cell + 1] : []),
    ...(cell >= columns ? [cell - columns] : []),
    ...(cell + columns < cells ? [cell + columns] : []),
  ];
}

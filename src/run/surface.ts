import type { SearchTask } from "../search/searchTask.ts";
import { isScoredBySums } from "../search/sumMetrics.ts";
import { surfaceOf } from "../search/surface.ts";
import type { Surface, SurfaceCell } from "../search/surfaceResult.ts";
import type { Tallies } from "../search/tallies.ts";
import { importanceOf } from "../validation/importance.ts";

/** Counts the surface of a search: one more pass over all of its sets. */
export function searchSurface(task: SearchTask): Surface {
  const { parameters, all, single, pairs } = surfaceOf(task);
  const importances = importanceOf(
    single.map((tallies) => Array.from({ length: tallies.length }, (_, at) => valueScores(tallies, at))),
    all,
  );
  return {
    of: isScoredBySums(task.objective) ? "score" : "score_without_drawdown",
    all: cellWith(all.count, all.sum, all.best, all.gaining),
    parameters: parameters.map((name, k) => ({
      name,
      share: importances[k]!.share,
      slice: task.space[name]!.map((value, digit) => ({ value, ...cellAt(single[k]!, digit) })),
    })),
    pairs: pairs.map(({ first, second, tallies }) => {
      const [rows, columns] = [single[first]!.length, single[second]!.length];
      const cells = Array.from({ length: rows * columns }, (_, at) => cellAt(tallies, at));
      const grid = <T>(of: (cell: SurfaceCell) => T): T[][] =>
        Array.from({ length: rows }, (_, row) => cells.slice(row * columns, (row + 1) * columns).map(of));
      return {
        first,
        second,
        count: grid(({ count }) => count),
        mean: grid(({ mean }) => mean),
        best: grid((cell) => cell.best),
        gaining: grid(({ gaining }) => gaining),
      };
    }),
  };
}

const valueScores = ({ count, sum, best }: Tallies, at: number) => ({
  count: count[at]!,
  sum: sum[at]!,
  best: best[at]!,
});

const cellAt = ({ count, sum, best, gaining }: Tallies, at: number): SurfaceCell =>
  cellWith(count[at]!, sum[at]!, best[at]!, gaining[at]!);

function cellWith(count: number, sum: number, best: number, gaining: number): SurfaceCell {
  if (count === 0) return { count, mean: null, best: null, gaining: null };
  return { count, mean: sum / count, best, gaining: gaining / count };
}

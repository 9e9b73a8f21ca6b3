import type { Explored } from "../../run/drawing/explored.ts";
import type { Surface } from "../../search/surfaceResult.ts";
import { count, parameterText, share } from "../../words/figures.ts";
import type { SurfaceAxis, SurfaceCells, SurfaceData, SurfacePair, SurfaceSubject } from "../data/surface.ts";
import { part } from "../part.ts";
import { shownSubjects } from "./subjects.ts";

/** Cells of all maps of a page: some 250 KB. */
const mostCells = 12_000;

/** The scores of the whole search: by any two parameters, by each, and how much each matters. */
export const surface = part({
  id: "surface",
  heading: "The surface (in-sample)",
  data: ({ subjects }): SurfaceData | null => {
    const { shown, more } = shownSubjects(subjects.filter(({ explored }) => explored !== null));
    if (shown.length === 0) return null;
    const room = Math.floor(mostCells / shown.length);
    return { subjects: shown.map(({ name, explored }) => subjectOf(name, explored!, room)), more };
  },
});

function subjectOf(name: string, { surface, objective, params, sets }: Explored, room: number): SurfaceSubject {
  if (surface === null)
    return {
      name,
      objective,
      notes: [
        `The last search had ${count(sets)} sets, too many to count them all for a report. In the library, search({ surface: true }) counts any number.`,
      ],
      axes: [],
      shown: [0, 0],
      pairs: [],
    };
  const orders = surface.parameters.map(({ slice }) => orderOf(slice.map(({ value }) => value)));
  const axes = surface.parameters.map(({ name: parameter, share: explains, slice }, k): SurfaceAxis => {
    const ordered = orders[k]!.map((digit) => slice[digit]!);
    const text = JSON.stringify(params[parameter]);
    return {
      name: parameter,
      values: ordered.map(({ value }) => parameterText(value)),
      chosen: ordered.findIndex(({ value }) => JSON.stringify(value) === text),
      share: rounded(explains)!,
      slice: cellsOf(ordered),
    };
  });
  const { pairs, left } = shownPairs(surface, room);
  const best = pairs[0];
  return {
    name,
    objective,
    notes: notesOf(surface, left),
    axes,
    shown: best ? [best.first, best.second] : [0, 0],
    pairs: pairs.map((pair) => pairOf(pair, orders)),
  };
}

function notesOf({ all, of }: Surface, left: number): string[] {
  const term = of === "score" ? "" : " as if there were no drawdown";
  return [
    `Scores${term} of all ${count(all.count)} ranked sets of the last search, on searched days; ${share(all.gaining ?? 0)} of them make money.`,
    ...(left > 0
      ? [
          `${count(left)} pairs of parameters that matter least are left out: result.surface of the library has them all.`,
        ]
      : []),
  ];
}

/** Places of values: numbers in their order, others as they stand. */
function orderOf(values: readonly unknown[]): number[] {
  const order = [...values.keys()];
  return values.every((value) => typeof value === "number")
    ? order.sort((a, b) => (values[a] as number) - (values[b] as number))
    : order;
}

type Pair = Surface["pairs"][number];

/** Pairs of parameters that vary, those that matter most first, as long as there is room; and how many are left out. */
function shownPairs(
  { parameters, pairs }: Surface,
  room: number,
): { readonly pairs: readonly Pair[]; readonly left: number } {
  const varied = pairs.filter(
    ({ first, second }) => parameters[first]!.slice.length > 1 && parameters[second]!.slice.length > 1,
  );
  const weightOf = ({ first, second }: Pair): number => parameters[first]!.share + parameters[second]!.share;
  const sorted = [...varied].sort((a, b) => weightOf(b) - weightOf(a));
  const shown: Pair[] = [];
  let cells = 0;
  for (const pair of sorted) {
    const own = pair.count.length * pair.count[0]!.length;
    if (cells + own > room) continue;
    cells += own;
    shown.push(pair);
  }
  return { pairs: shown, left: sorted.length - shown.length };
}

function pairOf({ first, second, ...grids }: Pair, orders: readonly (readonly number[])[]): SurfacePair {
  const cells = orders[first]!.flatMap((row) =>
    orders[second]!.map((column) => ({
      count: grids.count[row]![column]!,
      mean: grids.mean[row]![column]!,
      best: grids.best[row]![column]!,
    })),
  );
  return { first, second, ...cellsOf(cells) };
}

function cellsOf(
  cells: readonly { readonly count: number; readonly mean: number | null; readonly best: number | null }[],
): SurfaceCells {
  return {
    count: cells.map((cell) => cell.count),
    mean: cells.map(({ mean }) => rounded(mean)),
    best: cells.map(({ best }) => rounded(best)),
  };
}

/** Five digits: more than a picture shows. */
function rounded(value: number | null): number | null {
  return value === null ? null : Number(value.toPrecision(5));
}

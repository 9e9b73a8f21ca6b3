import type { Explored } from "../../run/drawing/explored.ts";
import type { Surface } from "../../search/surfaceResult.ts";
import type { Texts } from "../../words/catalogue/en.ts";
import { parameterText, share } from "../../words/figures.ts";
import type { SurfaceAxis, SurfaceCells, SurfaceData, SurfacePair, SurfaceSubject } from "../data/surface.ts";
import { part } from "../part.ts";
import { shownSubjects } from "./subjects.ts";

/** Cells of all maps of a page: some 250 KB. */
const mostCells = 12_000;

/** The scores of the whole search: by any two parameters, by each, and how much each matters. */
export const surface = part({
  id: "surface",
  heading: (words) => words.surface.heading,
  data: ({ subjects, texts }): SurfaceData | null => {
    const { shown, more } = shownSubjects(subjects.filter(({ explored }) => explored !== null));
    if (shown.length === 0) return null;
    const room = Math.floor(mostCells / shown.length);
    return {
      subjects: shown.map(({ name, explored }) => subjectOf(name, explored!, { room, words: texts.page.surface })),
      more,
    };
  },
});

/** How many cells a type may take, and the words of its language. */
interface Shown {
  readonly room: number;
  readonly words: Texts["page"]["surface"];
}

function subjectOf(
  name: string,
  { surface, objective, params, sets }: Explored,
  { room, words }: Shown,
): SurfaceSubject {
  if (surface === null)
    return {
      name,
      objective,
      notes: [words.tooMany(sets)],
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
    notes: notesOf(surface, left, words),
    axes,
    shown: best ? [best.first, best.second] : [0, 0],
    pairs: pairs.map((pair) => pairOf(pair, orders)),
  };
}

function notesOf({ all, of }: Surface, left: number, words: Shown["words"]): string[] {
  return [
    (of === "score" ? words.counted : words.countedUndrawn)(all.count, share(all.gaining ?? 0)),
    ...(left > 0 ? [words.leftOut(left)] : []),
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

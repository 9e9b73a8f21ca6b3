import type { Explored } from "../../run/drawing/explored.ts";
import { settingFigures } from "../../search/cellSums.ts";
import { pointUnit } from "../../search/filterCells.ts";
import { exitKeyOf } from "../../space/exits.ts";
import type { Texts } from "../../words/catalogue/en.ts";
import { parameterText } from "../../words/figures.ts";
import type { SlidersData, SlidersSubject } from "../data/sliders.ts";
import { part } from "../part.ts";
import { shownSubjects } from "./subjects.ts";

/** Filters that can be moved, and what the best set of the search makes then. */
export const sliders = part({
  id: "sliders",
  heading: (words) => words.sliders.heading,
  data: ({ subjects, texts }): SlidersData | null => {
    const found = subjects.filter(({ explored }) => explored !== null && explored.cells.axes.length > 0);
    const { shown, more } = shownSubjects(found);
    if (shown.length === 0) return null;
    return { subjects: shown.map(({ name, explored }) => subjectOf(name, explored!, texts)), more };
  },
});

function subjectOf(name: string, { space, params, cells }: Explored, texts: Texts): SlidersSubject {
  const words = texts.page.sliders;
  const { axes, fixed, codes, n, wins, points } = cells;
  const sums = { passes: axes.map(({ passes }) => passes), codes, n, wins, points, unit: pointUnit };
  const exit = Object.entries(params).filter(([key]) => exitKeyOf(key));
  const textsOf = (entries: readonly (readonly [string, unknown])[]): string =>
    entries.map(([key, value]) => `${key} ${parameterText(value as never)}`).join(texts.list);
  return {
    name,
    notes: [
      words.exit(exit.length === 0 ? words.defaultExit : textsOf(exit)),
      ...(fixed.length > 0 ? [words.fixed(textsOf(fixed.map((key) => [key, params[key]])))] : []),
      words.again,
    ],
    axes: axes.map(({ parameter, digits, chosen, passes }) => ({
      name: parameter,
      values: digits.map((digit) => parameterText(space[parameter]![digit]!)),
      chosen,
      isOrdered: passes.every((passed, code) => passed.length === code + 1 && passed.every((place, k) => place === k)),
    })),
    sums,
    chosen: settingFigures(
      sums,
      axes.map(({ chosen }) => chosen),
    ),
  };
}

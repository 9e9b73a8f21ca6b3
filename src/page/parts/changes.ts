import type { ParameterValue } from "../../space/parameters.ts";
import { parameterText } from "../../words/figures.ts";
import type { ParameterChange } from "../data/changes.ts";
import { part } from "../part.ts";
import type { Subject } from "../source.ts";
import { shownSubjects } from "./subjects.ts";

/** Tried values that a scale shows; of more, evenly thinned. */
const mostTicks = 60;

/** Old and new parameters on the scale of what was tried. */
export const changes = part({
  id: "changes",
  heading: ({ changes: words }, verb) =>
    verb === "search" ? words.bestSet : verb === "simulate" || verb === "validate" ? words.theSet : words.heading,
  data: ({ subjects, texts }) => {
    const { shown, more } = shownSubjects(subjects.filter(({ proposed }) => proposed !== null));
    if (shown.length === 0) return null;
    return {
      subjects: shown.map((subject) => ({
        name: subject.name,
        decision: subject.decision,
        labels: [texts.page.sets.now, texts.page.sets[subject.proposed!.label]] as const,
        rows: rowsOf(subject),
      })),
      more,
    };
  },
});

function rowsOf({ now, proposed, space }: Subject): ParameterChange[] {
  const names = [...new Set([...Object.keys(proposed!.params), ...Object.keys(now?.params ?? {})])];
  return names.map((parameter) => {
    const old = now?.params[parameter];
    const fresh = proposed!.params[parameter];
    const tried = space?.[parameter] ?? [];
    const values = [...tried, old, fresh].filter((value) => value !== undefined);
    const isScale = values.every((value) => typeof value === "number");
    return {
      parameter,
      now: textOf(old),
      proposed: textOf(fresh),
      isChanged: now !== null && textOf(old) !== textOf(fresh),
      scale: isScale
        ? { values: thinned(tried as readonly number[]), now: numberOf(old), proposed: numberOf(fresh) }
        : null,
      choices: isScale ? [] : tried.slice(0, mostTicks).map(parameterText),
    };
  });
}

const textOf = (value: ParameterValue | undefined): string | null =>
  value === undefined ? null : parameterText(value);
const numberOf = (value: ParameterValue | undefined): number | null =>
  typeof value === "number" ? Number(value.toPrecision(8)) : null;

function thinned(values: readonly number[]): number[] {
  const sorted = [...new Set(values.map((value) => Number(value.toPrecision(8))))].sort((a, b) => a - b);
  const step = Math.ceil(sorted.length / mostTicks);
  return sorted.filter((_, k) => k % step === 0 || k === sorted.length - 1);
}

import type { Subject } from "../source.ts";

/** Types of configs that a part shows; of more, it says how many. */
const mostSubjects = 8;

/** The subjects that a part has room for, and how many it leaves out. */
export function shownSubjects(subjects: readonly Subject[]): {
  readonly shown: readonly Subject[];
  readonly more: number;
} {
  return { shown: subjects.slice(0, mostSubjects), more: Math.max(0, subjects.length - mostSubjects) };
}

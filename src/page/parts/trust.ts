import type { TestName } from "../../validation/finding.ts";
import type { TestResult } from "../../validation/result.ts";
import { en } from "../../words/catalogue/en.ts";
import type { TestCard } from "../data/trust.ts";
import { part } from "../part.ts";
import type { Subject } from "../source.ts";
import { shownSubjects } from "./subjects.ts";
import { pictureOf } from "./testPictures.ts";
import { asks } from "./testQuestions.ts";

/** One card per test, for each proposed set. */
export const trust = part({
  id: "trust",
  heading: "Can I trust it?",
  data: ({ subjects }) => {
    const { shown, more } = shownSubjects(subjects.filter(({ verdict }) => verdict !== null));
    if (shown.length === 0) return null;
    return {
      subjects: shown.map((subject) => ({
        name: subject.name,
        verdict: subject.verdict!.verdict,
        reason: reasonText(subject.verdict!),
        cards: subject.verdict!.tests.map((test) => cardOf(test, subject)),
      })),
      more,
    };
  },
});

/** Why the verdict is what it is; a test that decided it in the words of its card. */
function reasonText({ reason, tests }: NonNullable<Subject["verdict"]>): string {
  const name = /^(\w+): /.exec(reason)?.[1];
  const test = tests.find((each) => each.name === name && each.outcome !== "not run");
  if (!test) return reason;
  const { name: words, needs } = en.tests[test.name as TestName];
  return `${words}: ${foundText(test)} (needs: ${needs})`;
}

function cardOf(test: TestResult, subject: Subject): TestCard {
  const name = test.name as TestName;
  const words = en.tests[name];
  const isRun = test.outcome !== "not run";
  return {
    name: words.name,
    outcome: test.outcome,
    asks: asks[name],
    found: isRun ? foundText(test) : `not run: ${test.reason ?? "nothing to run on"}`,
    needs: words.needs,
    picture: isRun ? pictureOf(test, subject) : null,
  };
}

/** What a test found; one whose figure cannot be computed says so. */
function foundText({ name, figure, figures }: TestResult): string {
  return figure === null ? "cannot be computed from so few trades" : en.tests[name as TestName].found(figures);
}

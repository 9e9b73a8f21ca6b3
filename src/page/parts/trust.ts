import type { TestName } from "../../validation/finding.ts";
import type { TestResult } from "../../validation/result.ts";
import type { Texts } from "../../words/catalogue/en.ts";
import type { TestCard } from "../data/trust.ts";
import { part } from "../part.ts";
import type { Subject } from "../source.ts";
import { shownSubjects } from "./subjects.ts";
import { pictureOf } from "./testPictures.ts";

/** One card per test, for each proposed set. */
export const trust = part({
  id: "trust",
  heading: (words) => words.trust.heading,
  data: ({ subjects, texts }) => {
    const { shown, more } = shownSubjects(subjects.filter(({ verdict }) => verdict !== null));
    if (shown.length === 0) return null;
    return {
      subjects: shown.map((subject) => ({
        name: subject.name,
        verdict: subject.verdict!.verdict,
        reason: reasonText(subject.verdict!, texts),
        cards: subject.verdict!.tests.map((test) => cardOf(test, subject, texts)),
      })),
      more,
    };
  },
});

/** Why the verdict is what it is; a test that decided it in the words of its card. */
function reasonText({ reason, tests }: NonNullable<Subject["verdict"]>, texts: Texts): string {
  const name = /^(\w+): /.exec(reason)?.[1];
  const test = tests.find((each) => each.name === name && each.outcome !== "not run");
  if (!test) return texts.sentence(reason);
  const { name: words, needs } = texts.tests[test.name as TestName];
  return texts.page.trust.decided(words, foundText(test, texts), needs);
}

function cardOf(test: TestResult, subject: Subject, texts: Texts): TestCard {
  const name = test.name as TestName;
  const words = texts.tests[name];
  const { trust: own } = texts.page;
  const isRun = test.outcome !== "not run";
  return {
    name: words.name,
    outcome: test.outcome,
    asks: own.asks[name],
    found: isRun
      ? foundText(test, texts)
      : own.notRun(test.reason === undefined ? own.nothing : texts.sentence(test.reason)),
    needs: words.needs,
    picture: isRun ? pictureOf(test, subject, own) : null,
  };
}

/** What a test found; one whose figure cannot be computed says so. */
function foundText({ name, figure, figures }: TestResult, { tests, page }: Texts): string {
  return figure === null ? page.trust.incomputable : tests[name as TestName].found(figures);
}

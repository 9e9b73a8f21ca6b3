import type { TestOutcome, TestResult } from "../validation/result.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import { figure } from "../words/figures.ts";
import { paragraph, unbroken } from "./lines.ts";
import { outcomeLabel, type Paint } from "./paint.ts";

const worstFirst: readonly TestOutcome[] = ["failed", "warning", "passed", "not run"];

/** Phase 4's tests, those against the set first: the name, the figure and its threshold. */
export function testRows(tests: readonly TestResult[], paint: Paint, words: Texts = en): string[] {
  return worstFirst.flatMap((outcome) => {
    const texts =
      outcome === "not run"
        ? notRunTexts(tests, words)
        : tests.filter((test) => test.outcome === outcome).map((test) => testText(test, words));
    return texts.length === 0 ? [] : paragraph(`  ${outcomeLabel(outcome, paint, words)}`, texts.join(words.list));
  });
}

/** Tests that were skipped for the same reason are listed together before it. */
function notRunTexts(tests: readonly TestResult[], words: Texts): string[] {
  const byReason = new Map<string, TestResult[]>();
  for (const test of tests.filter(({ outcome }) => outcome === "not run")) {
    const key = test.reason ?? `\n${test.name}`;
    byReason.set(key, [...(byReason.get(key) ?? []), test]);
  }
  return [...byReason.values()].map((group) =>
    [...group.slice(0, -1).map(({ name }) => words.sentence(name)), testText(group.at(-1)!, words)].join(words.list),
  );
}

function testText(test: TestResult, { sentence, page }: Texts): string {
  const value = test.outcome === "not run" || test.figure === null ? "" : ` ${figure(test.figure)}`;
  const said = test.reason ?? test.threshold;
  const held = said === "" ? "" : page.bracketed(sentence(said));
  return unbroken(sentence(test.name) + value + held);
}

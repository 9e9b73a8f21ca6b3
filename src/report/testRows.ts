import type { TestOutcome, TestResult } from "../validation/result.ts";
import { figure } from "../words/figures.ts";
import { paragraph, unbroken } from "./lines.ts";
import { outcomeLabel, type Paint } from "./paint.ts";

const worstFirst: readonly TestOutcome[] = ["failed", "warning", "passed", "not run"];

/** Phase 4's tests, those against the set first: the name, the figure and its threshold. */
export function testRows(tests: readonly TestResult[], paint: Paint): string[] {
  return worstFirst.flatMap((outcome) => {
    const texts =
      outcome === "not run" ? notRunTexts(tests) : tests.filter((test) => test.outcome === outcome).map(testText);
    return texts.length === 0 ? [] : paragraph(`  ${outcomeLabel(outcome, paint)}`, texts.join(", "));
  });
}

/** Tests that were skipped for the same reason are listed together before it. */
function notRunTexts(tests: readonly TestResult[]): string[] {
  const byReason = new Map<string, TestResult[]>();
  for (const test of tests.filter(({ outcome }) => outcome === "not run")) {
    const key = test.reason ?? `\n${test.name}`;
    byReason.set(key, [...(byReason.get(key) ?? []), test]);
  }
  return [...byReason.values()].map((group) =>
    [...group.slice(0, -1).map(({ name }) => name), testText(group.at(-1)!)].join(", "),
  );
}

function testText(test: TestResult): string {
  const value = test.outcome === "not run" || test.figure === null ? "" : ` ${figure(test.figure)}`;
  const said = test.reason ?? test.threshold;
  const held = said === "" ? "" : ` (${said})`;
  return unbroken(test.name + value + held);
}

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  type NotRun,
  type TestFinding,
  type TestName,
  testLimits,
  type VerdictReason,
} from "../../src/validation/finding.ts";
import type { NotSaved } from "../../src/validation/result.ts";
import { sentences as english } from "../../src/words/catalogue/en/sentences.ts";
import { languages } from "../../src/words/catalogue/languages.ts";
import { notSavedText } from "../../src/words/notSaved.ts";
import { translator } from "../../src/words/sentences.ts";
import { notRunText, reasonText } from "../../src/words/verdicts.ts";
import { englishIn } from "../support/english.ts";
import { productMessages } from "../support/messages.ts";

const placeholder = /\{#?(\w+)\}/g;
const namesIn = (text: string): string[] => [...text.matchAll(placeholder)].map(([, name]) => name!).sort();

/** Sources outside of the catalogue, with what is filled into their templates as `${}`. */
function sources(folder: string): string {
  return readdirSync(folder, { withFileTypes: true })
    .map((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === "catalogue" ? "" : sources(path);
      return readFileSync(path, "utf8");
    })
    .join("\n");
}

/** Why verdicts are what they are, tests were not run and configs not saved, in the words of results. */
function reasons(): string[] {
  const part = "holdout" as const;
  const test: TestFinding = {
    name: "pbo",
    outcome: "failed",
    figure: 0.7,
    threshold: { most: 0.5 },
    figures: { pbo: 0.7123, splits: 70 },
  };
  const verdicts: VerdictReason[] = [
    { code: "NO_OPPORTUNITIES" },
    { code: "HINDSIGHT" },
    { code: "NO_SET" },
    { code: "FEW_TRADES", part, trades: 3, needed: 30 },
    { code: "FEW_TRADES", part: "training", trades: 3, needed: 30 },
    { code: "NOT_FINITE", figure: "avg_return" },
    { code: "NO_GAIN", part, avg_return: -0.2 },
    { code: "NO_GAIN", part: "training", avg_return: 0 },
    ...(Object.keys(testLimits) as TestName[]).flatMap((name): VerdictReason[] => [
      { code: "TEST", test: { ...test, name } },
      { code: "TEST", test: { ...test, name, figures: {} } },
    ]),
    { code: "PASSED", passed: ["pbo", "plateau"], missing: 0 },
    { code: "PASSED", passed: Object.keys(testLimits) as TestName[], missing: 2 },
  ];
  const notRun: NotRun[] = [
    { code: "SAME_TRADES" },
    { code: "NO_NEIGHBOUR" },
    { code: "NO_TELLING_FILTER" },
    { code: "SHORT_TRAINING" },
    { code: "NOT_PROPOSED" },
    { code: "VERDICT_STANDS", verdict: "FAILED" },
    { code: "GATE_CLOSED" },
  ];
  const notSaved: NotSaved[] = [
    ...(["NO_CONFIG", "HINDSIGHT", "UNCHANGED", "SAME"] as const).map((code) => ({ code })),
    { code: "STRICT", refusal: "--strict, and the overall verdict is FAILED" },
    { code: "STRICT", refusal: "--strict, and the overall verdict of bot/a.json is FAILED" },
    { code: "STALE", hours: 30 },
    { code: "STALE", hours: -30 },
  ];
  return [...verdicts.map(reasonText), ...notRun.map(notRunText), ...notSaved.map(notSavedText)];
}

describe("a translator", () => {
  const translate = translator(
    [
      ["{#count} apple(s) of {owner}", "{owner}: {count} Äpfel"],
      ["Mondays", "montags"],
      ["Fridays", "freitags"],
      ["(it|they) rained on {days}", "Regen {days}"],
    ],
    { clauses: " ;; ", items: " + " },
  );
  it.each([
    ["1 apple of Ann", "Ann: 1 Äpfel"],
    ["-2.5% apples of the Mondays", "the Mondays: -2.5% Äpfel"],
    ["they rained on Mondays and Fridays", "Regen montags + freitags"],
    ["it rained on Mondays; 3 apples of x", "Regen montags ;; x: 3 Äpfel"],
    ["Mondays; nobody knows this", "montags ;; nobody knows this"],
    ["many apples of Ann", "many apples of Ann"],
    ["", ""],
    ["a $& {name} (.*) [", "a $& {name} (.*) ["],
  ])("%s", (text, own) => {
    expect(translate(text)).toBe(own);
  });
});

const program = sources("src");

/** Each text that a template of the sources may become: a choice `{a | b}` is taken either way, a count has its noun, and other parts are a figure. */
function textsOf(template: string): string[] {
  const open = template.indexOf("{");
  if (open < 0) return [template];
  let depth = 0;
  let end = open;
  const bars: number[] = [];
  for (; end < template.length; end++) {
    if (template[end] === "{") depth++;
    if (template[end] === "}" && --depth === 0) break;
    if (depth === 1 && template.startsWith(" | ", end)) bars.push(end);
  }
  const inner = template.slice(open + 1, end);
  const [bar] = bars;
  const noun = /^counted\([^"]*"(\w+)"\)$/.exec(inner)?.[1];
  const chosen =
    bar === undefined
      ? [noun === undefined ? "7" : `7 ${noun}s`]
      : [template.slice(open + 1, bar), template.slice(bar + 3, end)].flatMap(textsOf);
  const rest = textsOf(template.slice(end + 1));
  return chosen.flatMap((one) => rest.map((other) => template.slice(0, open) + one + other));
}

/** Every warning that the sources give, as `session.warn` or as a notice of the reading of signals. */
function warnings(): string[] {
  const codes = new Set([...program.matchAll(/\.warn\(\s*"([A-Z_]+)"/g)].map(([, code]) => code));
  const given = productMessages().flatMap(({ code = "", message = "" }) =>
    codes.has(code) || code === "{code}" || code === "NO_SET_MAKES_MONEY" ? textsOf(message) : [],
  );
  const notices = [...program.matchAll(/onNotice\(\s*"[A-Z_]+",\s*`([^`]*)`/g)].flatMap(([, template]) =>
    textsOf(
      template!
        .replace(/\$\{of\(\w+\)\}/g, "7 of 9 signals")
        .replace(/\$\{cells\}/, "{entry or ATR | entry, ATR or exit time}")
        .replace(/\$\{rows === 1 \? "(.*?)" : "(.*?)"\}/, "{$1 | $2}")
        .replace(/\$\{/g, "{"),
    ),
  );
  return [...given, ...notices];
}

it("each is said by the sources: its parts stand there, or it is what a text of theirs becomes", () => {
  const markedNames = translator(
    Object.entries(english).map(([name, text]) => [text, `<${name}>`]),
    { clauses: "; ", items: ", " },
  );
  const met = new Set([...warnings(), ...reasons()].map(markedNames));
  const stale = Object.entries(english).filter(([name, text]) => {
    const parts = text.split(/\{#?\w+\}|\((?:s|[^()]*\|[^()]*)\)/).map((part) => part.replace(/^\W+|\W+$/g, ""));
    return parts.some((part) => !program.includes(part)) && !met.has(`<${name}>`);
  });
  expect(stale).toEqual([]);
});

describe.each(Object.entries(languages).filter(([tag]) => tag !== "en"))("sentences of results in %s", (_, texts) => {
  it("fill in what the English ones do", () => {
    const own = texts.sentences as Readonly<Record<string, string>>;
    for (const [name, text] of Object.entries(english))
      for (const filled of namesIn(own[name]!)) expect(namesIn(text), name).toContain(filled);
  });

  it("have every warning of the sources", () => {
    const all = warnings();
    expect(all.length).toBeGreaterThan(30);
    const untold = all.filter((text) => texts.sentence(text) === text || englishIn(texts.sentence(text)).length > 0);
    expect(untold).toEqual([]);
  });

  it("have every reason of a verdict, of a test that is not run and of a config that is not saved", () => {
    for (const text of reasons()) {
      expect(texts.sentence(text), text).not.toBe(text);
      expect(englishIn(texts.sentence(text), ["pbo 0.712", "splits 70"]), text).toEqual([]);
    }
  });

  it.each([
    "Saturdays and Sundays",
    "00:00-13:30 and 20:00-24:00 UTC on Mondays to Fridays",
    "Saturdays; 21:00-22:00 UTC on Mondays, Tuesdays and Thursdays",
    "at recurring times",
    "3 files joined; times read as seconds; decimal commas",
    "times read as dates without an offset, at UTC+01:00",
    "no header: read as Binance's 12 columns; rows newest first, turned round; 1 row of null left out",
    "columns separated by semicolons; 4h candles made of 1h candles",
    "of 900 moments the scanner rejected 7 before 150 four-hour bars had closed, 3 with an ATR of 0",
    "volume is 0 in every candle, so the scanner's gate, which needs a volume ratio of 1.2, passes nothing",
    "the last 3 lines of the ledger are missing (/bot/a.json.sluice): every night since 2025-01-01 counts as a look",
    "the ledger has lines dated 2027-01-01, in the future (/bot/a.json.sluice): every night since 2025-01-01 counts as a look; check the clock",
    "signals: times read as dates with an offset from UTC",
  ])("have %s", (text) => {
    expect(englishIn(texts.sentence(text))).toEqual([]);
  });
});

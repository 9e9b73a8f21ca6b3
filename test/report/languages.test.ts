import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { optimizeBrief } from "../../src/report/brief/brief.ts";
import { outcomeLine } from "../../src/report/brief/outcome.ts";
import { plainPaint } from "../../src/report/paint.ts";
import { en, type Texts } from "../../src/words/catalogue/en.ts";
import { languageOf, languages } from "../../src/words/catalogue/languages.ts";
import { optimizeResult } from "./fixtures.ts";
import { lineWidths, widths } from "./widths.ts";

const han = /\p{Script=Han}/u;

/** Every text of a catalogue by its path; a function as its source. */
function textsOf(words: object, path = ""): [path: string, text: string][] {
  return Object.entries(words).flatMap(([key, value]): [string, string][] => {
    const own = path === "" ? key : `${path}.${key}`;
    if (typeof value === "object" && value !== null) return textsOf(value, own);
    return [[own, String(value)]];
  });
}

/** What a text says by itself: of a function, what its strings have besides what is filled in. */
function saidBy(text: string): string {
  if (!text.includes("=>")) return text;
  const strings = text.matchAll(/`([^`]*)`|"([^"]*)"/g);
  return [...strings].map(([, template, plain]) => (template ?? plain)!.replace(/\$\{[^}]*\}/g, "")).join(" ");
}

/** What is said by codes or marks in one of the languages: the language's own name, and abbreviations. */
const wordless = new Set([
  "language",
  "locale",
  "details.ordinal",
  "details.reportIn",
  "reasoning.resamples.some",
  "reasoning.resamples.hardlyAny",
  "drawn.dates.day",
  "sentences.closedOn",
  "tools.scanColumns.7",
]);

/** What stands in a sentence or in a list of its own file, whose use another test sees. */
const elsewhere =
  /^(tests|sentences)\.|\.\d+$|^page\.(trust\.asks|nights\.(policies|advice))\.|^drawn\.exits\.|^rehearse\.(policies|origins)\./;

const sources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === "catalogue" ? [] : sources(path);
    return [readFileSync(path, "utf8")];
  });

describe.each(Object.entries(languages).filter(([tag]) => tag !== "en"))("the catalogue in %s", (tag, texts) => {
  const own = new Map(textsOf(texts));

  it("has every text of the English one and no other", () => {
    expect([...own.keys()].sort()).toEqual(
      textsOf(en)
        .map(([path]) => path)
        .sort(),
    );
    expect(texts.language).toBe(tag);
  });

  it("translates each of them, with the marks of its own", () => {
    for (const [path, text] of textsOf(en)) {
      if (wordless.has(path) || !/\p{Letter}/u.test(saidBy(text))) continue;
      expect(own.get(path), path).not.toBe(text);
      expect(own.get(path), path).toMatch(han);
      expect(own.get(path), path).not.toMatch(/\p{Script=Han}[,;:?!]/u);
    }
  });
});

it("no text of the catalogue is stale: each is used", () => {
  const all = sources("src").join("\n");
  const unused = textsOf(en)
    .map(([path]) => path)
    .filter((path) => !elsewhere.test(path))
    .filter((path) => !new RegExp(`\\b${path.split(".").at(-1)}\\b`).test(all));
  expect(unused).toEqual([]);
});

describe("a summary in Chinese", () => {
  const texts: Texts = languages.zh;
  it.each(widths)("fits %d columns, in some twenty lines", (width) => {
    const text = optimizeBrief(optimizeResult(), plainPaint, { width, out: "runs/2026", texts });
    expect(Math.max(...lineWidths(text))).toBeLessThanOrEqual(width);
    expect(text.split("\n").length).toBeLessThanOrEqual(22);
  });

  it("says first what happened, as the English one does", () => {
    const result = optimizeResult();
    expect(outcomeLine(result, texts)).toMatch(/^(已更新|未更改|试运行|未保存|未指定配置)/);
    expect(optimizeBrief(result, plainPaint, { width: 100, out: undefined, texts })).toContain("每笔");
  });

  it("begins no line with a mark that closes, and ends none with one that opens", () => {
    for (let width = 72; width <= 120; width++) {
      const text = optimizeBrief(optimizeResult(), plainPaint, { width, out: undefined, texts });
      for (const line of text.split("\n")) {
        expect(line.trimStart()).not.toMatch(/^[，。；：？！）、]/);
        expect(line).not.toMatch(/[（“]$/);
      }
    }
  });
});

describe("the language of an environment", () => {
  it.each([
    [{ LANG: "zh_CN.UTF-8" }, "zh"],
    [{ LANG: "en_US.UTF-8", LC_ALL: "zh_CN" }, "zh"],
    [{ LANG: "zh_CN.UTF-8", LC_MESSAGES: "de_DE.UTF-8" }, "en"],
    [{ LANG: "zhx" }, "en"],
    [{}, "en"],
  ] as const)("%o", (env, language) => {
    expect(languageOf(env)).toBe(language);
  });
});

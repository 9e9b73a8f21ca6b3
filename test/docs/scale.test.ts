import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { partsTimes } from "../../src/run/planParts.ts";
import { root } from "../support/sources.ts";
import { scaleTexts } from "./scaleTables.ts";

const page = `${root}docs/scale.md`;
const mark = (name: string): RegExp => new RegExp(`(<!-- scale:${name} -->)[\\s\\S]*?(<!-- /scale -->)`);

/** The page with these texts between its marks. */
function filled(text: string, texts: Readonly<Record<string, string>>): string {
  return Object.entries(texts).reduce(
    (rest, [name, own]) => rest.replace(mark(name), (_, before, after) => `${before}${own}${after}`),
    text,
  );
}

describe("the sizes that docs/scale.md works out", () => {
  // `npm run docs:scale` writes them anew.
  if (process.env["SLUICE_WRITE_SCALE"] === "1") writeFileSync(page, filled(readFileSync(page, "utf8"), scaleTexts()));

  it("follow from the figures of docs/performance.md by the formulas of a plan in parts", () => {
    const text = readFileSync(page, "utf8");
    const texts = scaleTexts();
    for (const name of Object.keys(texts)) expect(text).toMatch(mark(name));
    expect(text, "npm run docs:scale writes them anew").toBe(filled(text, texts));
  });
});

describe("the times of a search in parts", () => {
  it("are the sum of all, and how much sooner the slowest is done than the whole", () => {
    expect(partsTimes(1000, [300, 500, 400])).toEqual({
      milliseconds: 1200,
      speedup: 2,
      efficiency: 1000 / 1200,
      pays: true,
    });
    expect(partsTimes(100, [90, 90, 90])).toMatchObject({ milliseconds: 270, pays: false });
  });
});

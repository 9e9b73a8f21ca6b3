import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath } from "../support/chromium.ts";
import { englishIn } from "../support/english.ts";
import { blocksOf, money, oddSymbols, writeOddReport, writePages } from "../support/pages.ts";

const executablePath = chromiumPath();

/** What is the user's own on these pages. */
const names = [
  ...oddSymbols,
  ...["good", "bad", "min strength", "atr tp multiplier", "atr stop multiplier", "max holding hours"],
  ...["phase3", "phase2", "suggestion", "script"],
];

let folder = "";
let pages: Record<string, string> = {};
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "sluice-languages-"));
  pages = { ...(await writePages(folder, "zh")), history: await writeOddReport(folder, "zh") };
  const own = join(folder, "money");
  mkdirSync(own);
  const ofMoney = await writePages(own, "zh", money);
  for (const [verb, path] of Object.entries(ofMoney)) pages[`${verb} with a portfolio`] = path;
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Every text of some data; keys, options with their values, commands and parameters as JSON are not read as sentences. */
function textsIn(data: unknown): string[] {
  if (typeof data === "string") return [data];
  if (Array.isArray(data)) return data.flatMap(textsIn);
  return Object.entries(data ?? {}).flatMap(([key, value]) =>
    ["verb", "id", "kind", "params", "command", "ended", "options", "memory", "wrong", "outcome", "reasons"].includes(
      key,
    )
      ? []
      : textsIn(value),
  );
}

describe("a report in Chinese", () => {
  it("says which language it is in", () => {
    for (const path of Object.values(pages)) {
      const text = readFileSync(path, "utf8");
      expect(text).toMatch(/^<!doctype html>\n<html lang="zh-CN" data-sluice="/);
      expect(text).toContain("<title>Sluice 报告</title>");
    }
  });

  it("has no English in its data", () => {
    for (const [verb, path] of Object.entries(pages))
      for (const text of textsIn(blocksOf(path))) expect(englishIn(text, names), `${verb}: ${text}`).toEqual([]);
  });

  it("is replaced by a later one, in whatever language", async () => {
    const again = await writePages(folder, "en");
    expect(readFileSync(again["optimize"]!, "utf8")).toContain('<html lang="en" ');
    const { "part-overview": overview } = blocksOf(again["optimize"]!) as { "part-overview": { notes: object[] } };
    expect(JSON.stringify(overview.notes)).toContain("The newest candle opened");
    await writePages(folder, "zh");
  });
});

describe.skipIf(executablePath === null)("a report in Chinese, in a browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath!, args: ["--no-sandbox"] });
  });
  afterAll(() => browser?.close());

  async function opened(path: string, width: number): Promise<Page> {
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    await page.goto(pathToFileURL(path).href);
    await page.waitForSelector("body[data-drawn]");
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null)))),
    );
    return page;
  }

  /** What is read and heard: texts of elements, without those of code, and what they are called. */
  const wordsOf = (page: Page): Promise<string[]> =>
    page.evaluate(() => {
      const said: string[] = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walker.nextNode()) {
        const { parentElement, textContent } = walker.currentNode;
        const isCode = parentElement!.closest("script, style, noscript, code, option, .json, details.options");
        if (!isCode && textContent!.trim() !== "") said.push(textContent!);
      }
      for (const element of document.querySelectorAll("[aria-label], [title]"))
        for (const name of ["aria-label", "title"]) {
          const text = element.getAttribute(name);
          if (text) said.push(text);
        }
      return said;
    });

  it("has no English anywhere, after everything was clicked", async () => {
    for (const [verb, path] of Object.entries(pages)) {
      const page = await opened(path, 1280);
      await page.evaluate(() => {
        for (const button of document.querySelectorAll<HTMLElement>("td button, .sliders > button, th button"))
          button.click();
        for (const field of document.querySelectorAll<HTMLSelectElement>(".fields select")) {
          field.selectedIndex = 0;
          field.dispatchEvent(new Event("change"));
        }
      });
      const options = await page.locator("details table").allTextContents();
      const words = (await wordsOf(page)).filter((text) => !options.some((table) => table.includes(text)));
      expect(words.length, verb).toBeGreaterThan(30);
      const english = words.flatMap((text) => (englishIn(text, names).length > 0 ? [text] : []));
      expect([...new Set(english)], verb).toEqual([]);
      await page.close();
    }
  });

  it.each([360, 1280])("fits a screen %d wide, and no word of a picture leaves it", async (width) => {
    for (const [verb, path] of Object.entries(pages)) {
      const page = await opened(path, width);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), verb).toBeLessThanOrEqual(width);
      const clipped = await page.evaluate(() =>
        [...document.querySelectorAll<SVGTextElement>("svg.picture text")]
          .filter((text) => {
            const [own, whole] = [text.getBoundingClientRect(), text.ownerSVGElement!.getBoundingClientRect()];
            return own.left < whole.left - 1 || own.right > whole.right + 1;
          })
          .map(({ textContent }) => textContent),
      );
      expect(clipped, verb).toEqual([]);
      await page.close();
    }
  });
});

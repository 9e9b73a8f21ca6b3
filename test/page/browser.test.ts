import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { chromiumPath } from "../support/chromium.ts";
import { money, oddSymbols, writeOddReport, writePages } from "../support/pages.ts";

const executablePath = chromiumPath();
const mostBytes = 1_500_000;

/** What a page did while it was open. */
interface Opened {
  readonly page: Page;
  readonly said: string[];
  readonly asked: string[];
}

describe.skipIf(executablePath === null)("a report in a browser", () => {
  let folder = "";
  let report = "";
  let pages: Record<string, string> = {};
  let browser: Browser;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "sluice-browser-"));
    pages = await writePages(folder);
    report = await writeOddReport(folder);
    browser = await chromium.launch({ executablePath: executablePath!, args: ["--no-sandbox"] });
  });
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function opened(path: string, width: number, colorScheme: "light" | "dark"): Promise<Opened> {
    const page = await browser.newPage({ viewport: { width, height: 900 }, colorScheme });
    const [said, asked]: [string[], string[]] = [[], []];
    page.on("console", (message) => said.push(message.text()));
    page.on("pageerror", (error) => said.push(error.message));
    page.on("dialog", (dialog) => {
      said.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    const own = pathToFileURL(path).href;
    page.on("request", (request) => request.url() !== own && asked.push(request.url()));
    await page.goto(own);
    await page.waitForSelector("body[data-drawn]");
    // Charts are drawn as soon as they know their width.
    await page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(null)))),
    );
    return { page, said, asked };
  }

  /** Pictures that have nothing in them: a canvas of one colour, an SVG without shapes. */
  const emptyPictures = (page: Page): Promise<string[]> =>
    page.evaluate(() => {
      const isBlank = (canvas: HTMLCanvasElement): boolean => {
        if (canvas.width === 0 || canvas.height === 0) return true;
        const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
        const pixels = new Uint32Array(data.buffer);
        return pixels.every((pixel) => pixel === pixels[0]);
      };
      const labelOf = (element: Element): string =>
        element.closest("[aria-label]")?.getAttribute("aria-label") ?? element.outerHTML.slice(0, 80);
      const canvases = [...document.querySelectorAll("canvas")].filter(isBlank).map(labelOf);
      const drawings = [...document.querySelectorAll("svg")]
        .filter((svg) => svg.querySelectorAll("rect, line, circle, path").length < 2)
        .map(labelOf);
      return [...canvases, ...drawings];
    });

  for (const width of [360, 768, 1280, 2560])
    for (const scheme of ["light", "dark"] as const)
      it(`draws everything, asks for nothing and says nothing, ${width} wide, ${scheme}`, async () => {
        const { page, said, asked } = await opened(report, width, scheme);
        expect(await page.locator("canvas").count()).toBeGreaterThan(20);
        expect(await page.locator("svg.picture").count()).toBeGreaterThan(15);
        expect(await emptyPictures(page)).toEqual([]);
        // Tables scroll by themselves; the page does not.
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        expect(said).toEqual([]);
        expect(asked).toEqual([]);
        await page.close();
      });

  it("draws the page of every verb", async () => {
    for (const [verb, path] of Object.entries(pages)) {
      const { page, said, asked } = await opened(path, 1280, "light");
      expect(await page.locator(".bad >> text=cannot be drawn").count(), verb).toBe(0);
      expect(await page.locator("h1").textContent(), verb).toBe(await page.title());
      expect(await emptyPictures(page), verb).toEqual([]);
      expect([said, asked], verb).toEqual([[], []]);
      await page.close();
    }
  });

  it("draws the account of a portfolio on the page of every verb", async () => {
    const own = join(folder, "money");
    mkdirSync(own);
    for (const [verb, path] of Object.entries(await writePages(own, "en", money))) {
      for (const width of [360, 1280]) {
        const { page, said, asked } = await opened(path, width, "light");
        expect(await page.locator(".bad >> text=cannot be drawn").count(), verb).toBe(0);
        expect(await emptyPictures(page), verb).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth), verb).toBeLessThanOrEqual(width);
        expect(await page.locator("#overview caption").first().textContent(), verb).toContain("purse of 1,000");
        if (verb !== "rehearse") {
          expect(await page.locator("#overview >> text=in quote currency").count(), verb).toBeGreaterThan(0);
          const figures = await page.locator("#trades table >> text=The account >> xpath=..").first().textContent();
          for (const name of ["equity at the end", "deepest fall", "time in the market", "liquidations"])
            expect(figures, verb).toContain(name);
        } else expect(await page.locator("#nights >> text=in quote currency").count()).toBe(1);
        expect([said, asked], verb).toEqual([[], []]);
        await page.close();
      }
    }
  });

  it("shows names as text, whatever is in them", async () => {
    const { page, said } = await opened(report, 1280, "light");
    const text = await page.evaluate(() => document.body.innerText);
    for (const symbol of oddSymbols) expect(text).toContain(symbol);
    expect(await page.locator("img").count()).toBe(0);
    expect(await page.locator("script:not([type])").count()).toBe(1);
    expect(said).toEqual([]);
    await page.close();
  });

  for (const scheme of ["light", "dark"] as const)
    it(`has nothing that keeps people out, ${scheme}`, async () => {
      // The page's policy keeps out every script but its own; this one looks from outside of it.
      const context = await browser.newContext({ bypassCSP: true, colorScheme: scheme });
      const page = await context.newPage();
      for (const path of [report, pages["rehearse"]!]) {
        await page.goto(pathToFileURL(path).href);
        await page.waitForSelector("body[data-drawn]");
        await page.addScriptTag({ path: createRequire(import.meta.url).resolve("axe-core/axe.min.js") });
        const found = await page.evaluate(async () => {
          const { violations } = await (window as unknown as { axe: typeof import("axe-core") }).axe.run();
          return violations.map(({ id, impact, nodes }) => ({
            id,
            impact,
            at: nodes.slice(0, 3).map(({ html }) => html),
          }));
        });
        expect(found.filter(({ impact }) => impact === "serious" || impact === "critical")).toEqual([]);
      }
      await context.close();
    });

  it("sorts trades and shows a trade's candles by keyboard", async () => {
    const { page } = await opened(report, 1280, "light");
    const heading = page.locator("table.trades th button", { hasText: "return" }).first();
    const returns = async (): Promise<number[]> =>
      (await page.locator("table.trades").first().locator("tbody tr td:nth-child(4)").allTextContents()).map(
        parseFloat,
      );
    for (const direction of ["descending", "ascending"]) {
      await heading.focus();
      await page.keyboard.press("Enter");
      expect(await heading.locator("..").getAttribute("aria-sort")).toBe(direction);
      const shown = await returns();
      expect(shown.length).toBeGreaterThan(5);
      expect(shown).toEqual([...shown].sort((a, b) => (direction === "ascending" ? a - b : b - a)));
    }
    await page.locator("table.trades td button").first().focus();
    await page.keyboard.press("Enter");
    expect(await page.locator(".chosen canvas").count()).toBe(1);
    await page.close();
  });

  it("gives a set's parameters as JSON", async () => {
    const { page } = await opened(report, 1280, "light");
    await page.evaluate(() => {
      Object.defineProperty(navigator, "clipboard", { value: { writeText: () => Promise.reject(new Error("no")) } });
    });
    await page.locator("#leaderboard button").first().click();
    const text = await page.locator("textarea.json").inputValue();
    expect(Object.keys(JSON.parse(text) as object)).toContain("min_strength");
    await page.close();
  });

  it("prints", async () => {
    const { page, said } = await opened(report, 1280, "dark");
    const pdf = await page.pdf({ format: "A4" });
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    expect(pdf.length).toBeGreaterThan(50_000);
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(paper).toBe("rgb(255, 255, 255)");
    expect(said).toEqual([]);
    await page.close();
  });

  it("is small, and notes when it was drawn", async () => {
    expect(statSync(report).size).toBeLessThan(mostBytes);
    expect(readFileSync(report, "utf8")).toContain('"id":"nights"');
    const { page } = await opened(report, 1280, "light");
    // How long that took is measured by the benchmark's question about reports.
    const drawn = await page.evaluate(() => performance.getEntriesByName("drawn").length);
    expect(drawn).toBe(1);
    await page.close();
  });
});

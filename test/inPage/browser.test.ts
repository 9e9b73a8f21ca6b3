import { spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { search } from "../../src/run/search.ts";
import { chromiumPath } from "../support/chromium.ts";
import { heldColumns, heldFiles, heldSeries, wideSpace } from "../support/columns.ts";
import { startWebServer, type WebServer } from "../support/webServer.ts";

const executablePath = chromiumPath();
const root = fileURLToPath(new URL("../../", import.meta.url));
const core = readFileSync(join(root, "dist/core.js"), "utf8");

/** Runs searches as they come, and says whether their memories were shared. */
const worker = `
  import { searchColumns } from "/core.js";
  const shared = [];
  const Memory = WebAssembly.Memory;
  WebAssembly.Memory = function (given) { shared.push(given.shared); return new Memory(given); };
  self.onmessage = async ({ data: { ownFile, twice, ...request } }) => {
    try {
      const options = ownFile ? { startWorker: () => new Worker("/sweep-worker.js") } : {};
      const searches = twice ? [1, 2] : [1];
      const found = await Promise.all(searches.map(() => searchColumns(request, options)));
      const { top, sets, engine } = found[0];
      if (found.some((each) => JSON.stringify(each.top) !== JSON.stringify(top))) throw new Error("they differ");
      postMessage({ top: JSON.stringify(top), sets, threads: engine.threads, shared: [...new Set(shared)] });
    } catch ({ code, details }) {
      postMessage({ code, ...details });
    }
  };
`;
const isolation = { "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Embedder-Policy": "require-corp" };
const request = { type: "swing", objective: "balanced", minTrades: 10, top: 25, nowMs: Date.UTC(2030, 0, 1) } as const;

interface Answer {
  readonly top?: string;
  readonly sets?: number;
  readonly threads?: number;
  readonly shared?: boolean[];
  readonly code?: string;
}

describe.skipIf(executablePath === null)("sluice/core in a browser", () => {
  let folder = "";
  let browser: Browser;
  let server: WebServer;
  let expected = "";
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "sluice-in-page-"));
    const spaceFile = join(folder, "space.json");
    writeFileSync(spaceFile, JSON.stringify(wideSpace));
    expected = JSON.stringify((await search({ ...heldFiles, ...request, spaceFile })).top);
    const data = JSON.stringify({
      candles: heldSeries(),
      // JSON knows no NaN: an empty text is a missing value, too.
      opportunities: Object.fromEntries(
        Object.entries(heldColumns()).map(([name, column]) => [
          name,
          Array.from(column, (value) => (Number.isNaN(value) ? "" : value)),
        ]),
      ),
      space: wideSpace,
      ...request,
    });
    const pages: Readonly<Record<string, readonly [type: string, text: string]>> = {
      "/core.js": ["text/javascript", core],
      "/sweep-worker.js": ["text/javascript", readFileSync(join(root, "dist/sweep-worker.js"), "utf8")],
      "/worker.js": ["text/javascript", worker],
      "/strict.js": ["text/javascript", worker],
      "/data.json": ["application/json", data],
    };
    server = await startWebServer((response, { path }) => {
      const { pathname, searchParams } = new URL(path, "http://localhost");
      const [type, text] = pages[pathname] ?? ["text/html", '<!doctype html><link rel="icon" href="data:,">'];
      const isIsolated = searchParams.has("isolated") || pathname !== "/";
      // A worker has the policy that its own script came with.
      const policy = { "Content-Security-Policy": "worker-src 'self'; script-src 'self' 'wasm-unsafe-eval'" };
      const headers = { ...(isIsolated && isolation), ...(pathname === "/strict.js" && policy) };
      response.writeHead(200, { "Content-Type": type, ...headers }).end(text);
    });
    browser = await chromium.launch({ executablePath: executablePath!, args: ["--no-sandbox"] });
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function opened(query: string): Promise<Page> {
    const page = await browser.newPage();
    await page.goto(`${server.url}/${query}`);
    expect(await page.evaluate(() => crossOriginIsolated)).toBe(query !== "");
    return page;
  }

  /** What the Web Worker answers to the held market with these options. */
  const asked = (page: Page, more: object = {}): Promise<Answer> =>
    page.evaluate(async (options) => {
      const given = await (await fetch("/data.json")).json();
      const { script = "/worker.js", ...more } = options as { script?: string };
      const thread = new Worker(script, { type: "module" });
      return new Promise<Answer>((resolve, reject) => {
        thread.onmessage = ({ data }) => resolve(data);
        thread.onerror = ({ message }) => reject(new Error(message || "the worker does not load"));
        thread.postMessage({ ...given, ...more });
      });
    }, more);

  for (const [mode, query] of [
    ["without cross-origin isolation, in memory of its own", ""],
    ["with cross-origin isolation, in shared memory", "?isolated"],
  ] as const)
    it(`finds what Node finds, byte by byte, ${mode}`, async () => {
      const page = await opened(query);
      const { top, sets, shared } = await asked(page);
      expect(sets).toBe(108_864);
      expect(top).toBe(expected);
      expect(shared).toEqual([query !== ""]);
      await page.close();
    });

  it("finds it with several threads where the page is isolated", async () => {
    const page = await opened("?isolated");
    const { top, threads } = await asked(page, { threads: 3 });
    expect([threads, top]).toEqual([3, expected]);
    // Two searches at once have their threads one after the other. A follower that is not heard would show now and then only.
    for (let k = 0; k < 10; k++) expect((await asked(page, { threads: 2, twice: true })).top).toBe(expected);
    await page.close();
  });

  it("starts its threads from a file where the page's policy allows no blob, and says so where it cannot", async () => {
    const page = await opened("?isolated");
    const strict = { script: "/strict.js", threads: 2 };
    expect(await asked(page, strict)).toMatchObject({ code: "CORE_WORKER" });
    const { top, threads } = await asked(page, { ...strict, ownFile: true });
    expect([threads, top]).toEqual([2, expected]);
    await page.close();
  });

  it("refuses several threads elsewhere, and says what they need", async () => {
    const page = await opened("");
    expect(await asked(page, { threads: 2 })).toMatchObject({ code: "PAGE_THREADS", where: "threads" });
    await page.close();
  });

  it("searches in the page's own thread as well, by one thread", async () => {
    const page = await opened("?isolated");
    // As a text, because a test's own import() is not the page's.
    const inPage = (threads: number): Promise<Answer> =>
      page.evaluate(`(async () => {
        const { searchColumns } = await import("/core.js");
        const given = await (await fetch("/data.json")).json();
        return searchColumns({ ...given, threads: ${threads} }).then(
          ({ top }) => ({ top: JSON.stringify(top) }),
          ({ code }) => ({ code }),
        );
      })()`);
    expect(await inPage(1)).toEqual({ top: expected });
    expect(await inPage(2)).toEqual({ code: "PAGE_THREADS" });
    await page.close();
  });

  it("the example searches the files that are chosen, in both modes", async () => {
    const at = (name: string): string => join(folder, "example", name);
    cpSync(join(root, "examples/in-a-page"), at("."), { recursive: true });
    mkdirSync(at("node_modules"));
    // A package of its own, whatever stands above a temporary folder.
    writeFileSync(at("package.json"), '{ "name": "example", "private": true }');
    symlinkSync(root, at("node_modules/sluice"));
    for (const flags of [[], ["--isolated"]]) {
      const example = spawn(process.execPath, [at("serve.mjs"), ...flags], { env: { ...process.env, PORT: "0" } });
      try {
        const url = await new Promise<string>((resolve, reject) => {
          example.stdout.once("data", (text) => resolve(String(text).trim()));
          example.once("exit", (code) => reject(new Error(`the server ends with ${code}`)));
        });
        const page = await browser.newPage();
        const said: string[] = [];
        page.on("console", (message) => said.push(message.text()));
        page.on("pageerror", (error) => said.push(error.message));
        await page.goto(url);
        const files = ["AAAUSDT", "BBBUSDT", "CCCUSDT"].map((name) => join(heldFiles.candles, `${name}-15m.csv`));
        await page.setInputFiles("[name=candles]", files);
        await page.setInputFiles("[name=signals]", heldFiles.opportunities);
        await page.setInputFiles("[name=space]", join(folder, "space.json"));
        await page.click("button");
        await page.waitForSelector("output:not(:empty)");
        // The held file has two types, and none was chosen.
        expect(await page.textContent("output")).toContain("one of: swing, scalping");
        await page.fill("[name=type]", "swing");
        await page.click("button");
        await page.waitForSelector("output table");
        expect(await page.textContent("output")).toMatch(/of 108864 sets ranked/);
        expect(await page.locator("output tr").count()).toBe(11);
        expect(said).toEqual([]);
        await page.close();
      } finally {
        example.kill();
      }
    }
  });
});

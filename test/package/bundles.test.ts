import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build } from "esbuild";
import { build as viteBuild } from "vite";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PlainSearch } from "../data/plainTrades.ts";
import { heldColumns, heldFiles, heldSeries } from "../support/columns.ts";
import { heldJson } from "../support/referenceData.ts";
import { installInto, root } from "./installed.ts";

const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const expected = heldJson<PlainSearch>("path/search-swing.json");
const spaceFile = fileURLToPath(new URL("../data/path/space.json", import.meta.url));
const formats = fileURLToPath(new URL("../data/formats/", import.meta.url));

/** A program of the user's: searches, is aborted in the middle of another search, and reads files that only optional packages read. */
const program = `
  import { inspectCandles, search, version } from "sluice";
  async function main() {
    const request = ${JSON.stringify({ ...heldFiles, spaceFile, type: "swing", objective: "total", top: 20, threads: 2 })};
    const { sets, top } = await search(request);
    const scores = top.map(({ score }) => score);
    const onCaller = await search({ ...request, threads: 1 }, { thread: "caller" });
    const signal = AbortSignal.timeout(30);
    const aborted = await search(request, { signal }).then(() => "done", ({ code }) => code);
    const read = [];
    for (const name of ["AAA_USDT-1h.parquet", "AAA_USDT-1h.feather"])
      read.push(await inspectCandles(${JSON.stringify(formats)} + name).then(([{ contents, defect }]) => contents?.candles ?? defect.code));
    const isSame = JSON.stringify(top) === JSON.stringify(onCaller.top);
    console.log(JSON.stringify({ version, sets, scores, isSame, aborted, read }));
  }
  main();
`;

let folder = "";
const at = (name: string): string => join(folder, name);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-bundles-"));
  installInto(at("bot"), at("tarballs"));
  writeFileSync(at("bot/program.mjs"), program);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a bundle in a folder where nothing else is, with the optional packages beside it or without; the working folder is elsewhere. */
function expectRuns(place: string, file: string, reads: readonly unknown[]): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(place, file)], { cwd: "/", encoding: "utf8" });
  expect([status, stderr]).toEqual([0, ""]);
  const found = JSON.parse(stdout);
  expect([found.version, found.sets, found.isSame]).toEqual([version, expected.sets, true]);
  for (const [k, [, score]] of expected.top_total.entries()) expect(found.scores[k]).toBeCloseTo(score, 9);
  expect(["ABORTED", "done"]).toContain(found.aborted);
  expect(found.read).toEqual(reads);
}

function place(name: string, withPackages = false): string {
  mkdirSync(at(name));
  writeFileSync(at(`${name}/package.json`), '{ "name": "bundled", "version": "9.9.9", "private": true }');
  // Names that a user's own files may have; they are none of Sluice's.
  for (const own of ["worker.js", "sweepWorker.js", "core.wasm"]) writeFileSync(at(`${name}/${own}`), "not Sluice's");
  if (withPackages) symlinkSync(join(root, "node_modules"), at(`${name}/node_modules`));
  return at(name);
}

const missing = ["CANDLE_READER", "CANDLE_READER"];
const bundled = (options: BuildOptions) =>
  build({
    ...{ entryPoints: [at("bot/program.mjs")], bundle: true, platform: "node", target: "node20", logLevel: "error" },
    ...options,
  });

describe("a program bundled together with the package", () => {
  it("runs as one file of esbuild's in ESM, away from every package", async () => {
    const alone = place("esm");
    const { warnings } = await bundled({ format: "esm", outfile: join(alone, "out.mjs") });
    expect(warnings).toEqual([]);
    expectRuns(alone, "out.mjs", missing);
  });

  it("runs minified and in parts", async () => {
    const alone = place("parts");
    await bundled({ format: "esm", splitting: true, minify: true, outdir: alone, outExtension: { ".js": ".mjs" } });
    expectRuns(alone, "program.mjs", missing);
  });

  it("runs in CommonJS", async () => {
    const alone = place("cjs");
    // esbuild warns that CommonJS has no import.meta: the package knows.
    await bundled({ format: "cjs", outfile: join(alone, "out.cjs"), logLevel: "silent" });
    expectRuns(alone, "out.cjs", missing);
  });

  it("finds the optional packages that are installed beside the bundle", async () => {
    const alone = place("peers", true);
    await bundled({ format: "esm", outfile: join(alone, "out.mjs") });
    const rows = JSON.parse(readFileSync(join(formats, "AAA_USDT-1h.json"), "utf8")).length;
    expectRuns(alone, "out.mjs", [rows, rows]);
  });

  it("runs as vite builds it for a server, packages bundled", async () => {
    const alone = place("vite");
    await viteBuild({
      root: at("bot"),
      logLevel: "error",
      ssr: { noExternal: true },
      build: { ssr: "program.mjs", outDir: alone, emptyOutDir: false, target: "node20" },
    });
    expectRuns(alone, readdirSync(alone).find((name) => /^program\.m?js$/.test(name))!, missing);
  });

  it("runs as esbuild and vite build the core for browsers: from one file, which asks for no other", async () => {
    const request = JSON.stringify({
      candles: heldSeries(),
      opportunities: Object.fromEntries(
        Object.entries(heldColumns()).map(([name, column]) => [
          name,
          Array.from(column, (value) => (Number.isNaN(value) ? "" : value)),
        ]),
      ),
      space: JSON.parse(readFileSync(spaceFile, "utf8")),
      ...{ type: "swing", objective: "total", top: 20 },
    });
    const inPage = `import { searchColumns } from "sluice/core";
      searchColumns(${request}).then(({ sets, top }) => console.log(JSON.stringify([sets, top.map(({ score }) => score)])));`;
    writeFileSync(at("bot/inPage.mjs"), inPage);
    for (const name of ["core-esbuild", "core-vite"]) mkdirSync(at(name));
    await bundled({
      ...{ entryPoints: [at("bot/inPage.mjs")], platform: "browser", format: "esm" },
      outfile: at("core-esbuild/out.mjs"),
    });
    await viteBuild({
      root: at("bot"),
      logLevel: "error",
      build: {
        outDir: at("core-vite"),
        lib: { entry: at("bot/inPage.mjs"), formats: ["es"], fileName: () => "out.mjs" },
      },
    });
    for (const name of ["core-esbuild", "core-vite"]) {
      expect(readdirSync(at(name))).toEqual(["out.mjs"]);
      expect(readFileSync(at(`${name}/out.mjs`), "utf8")).not.toMatch(/from\s*"node:|require\("/);
      const { status, stdout, stderr } = spawnSync(process.execPath, [at(`${name}/out.mjs`)], { encoding: "utf8" });
      expect([status, stderr]).toEqual([0, ""]);
      const [sets, scores] = JSON.parse(stdout);
      expect(sets).toBe(expected.sets);
      for (const [k, [, score]] of expected.top_total.entries()) expect(scores[k]).toBeCloseTo(score, 9);
    }
  });
});

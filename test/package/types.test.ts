import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("../../", import.meta.url));
const strict = { module: "nodenext", target: "es2022", strict: true, exactOptionalPropertyTypes: true, noEmit: true };

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-types-"));
  mkdirSync(join(folder, "node_modules"));
  // A package of its own, whatever stands above a temporary folder.
  writeFileSync(join(folder, "package.json"), '{ "name": "user", "private": true }');
  symlinkSync(root, join(folder, "node_modules/sluice"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the compiler says to a program, in a project of its own beside the package. */
function compiled(text: string, compilerOptions: object): string[] {
  writeFileSync(join(folder, "program.mts"), text);
  // The package as a user has it: not linked into the repository, where its packages could be found.
  const paths = { preserveSymlinks: true, typeRoots: [join(root, "node_modules/@types")] };
  const config = { compilerOptions: { ...strict, ...paths, ...compilerOptions }, files: ["program.mts"] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  return spawnSync(process.execPath, [tsc, "-p", folder, "--pretty", "false"], { encoding: "utf8" })
    .stdout.split("\n")
    .filter((line) => line.includes("error TS"));
}

describe("the package's typings", () => {
  it("compile where every library is checked, and refuse what is wrong", () => {
    const node = { types: ["node"], lib: ["es2023", "dom"], skipLibCheck: false };
    const good = `
      import { AbortedError, type GroupRun, type Metrics, optimize, search, type SearchResult } from "sluice";
      import { searchColumns, type ColumnSearchResult } from "sluice/core";
      const request = { candles: "a", opportunities: "b", spaceFile: "c", objective: "sqn" } as const;
      export const found: Promise<SearchResult> = search(request, { signal: AbortSignal.timeout(1) });
      export const first = async (): Promise<Metrics | undefined> => (await found).top[0]?.metrics;
      const groups = { majors: ["BTCUSDT", "ETHUSDT"], rest: "*" } as const;
      export const byCoin = optimize({ candles: "a", group: "symbol" }).then(({ runs }) => runs[0]?.groups ?? {});
      export const majors = async (): Promise<GroupRun | undefined> =>
        (await optimize({ candles: "a", group: groups })).runs[0]?.groups?.["majors"];
      export const inPage: Promise<ColumnSearchResult> = searchColumns({ candles: [], opportunities: {}, space: {} });
      export const isAborted = (error: unknown): boolean => error instanceof AbortedError;`;
    expect(compiled(good, node)).toEqual([]);
    const wrong = [
      'search({ candles: "a", opportunities: "b", spaceFile: "c", objective: "luck" });',
      'search({ candles: "a", opportunities: "b", spaceFile: "c", top: "many" });',
      'search({ candles: "a", spaceFile: "c" });',
      'search({ candles: "a", opportunities: "b", spaceFile: "c", unheard: 1 });',
      'optimize({ candles: "a", group: { majors: "all" } });',
      'search({ candles: "a", opportunities: "b", spaceFile: "c", group: "symbol" });',
    ];
    const bad = compiled(`import { optimize, search } from "sluice";\n${wrong.join("\n")}`, node);
    expect(bad.map((line) => Number(/\((\d+),/.exec(line)?.[1]))).toEqual([2, 3, 4, 5, 6, 7]);
  });

  it("of sluice/core need a browser's and no others", () => {
    const text = `
      import { searchColumns, type PageWorker } from "sluice/core";
      const startWorker = (): PageWorker => new Worker("/sweep-worker.js");
      const request = { candles: [], opportunities: { timestamp: new Float64Array(1) }, space: {}, threads: 2 };
      export const top = searchColumns(request, { startWorker }).then((found) => found.top);`;
    expect(compiled(text, { types: [], lib: ["es2022", "dom"], skipLibCheck: false })).toEqual([]);
  });

  it("have the requests as the sources have them, though valibot is not there", () => {
    const names = [
      ...readFileSync(join(root, "src/run/request.ts"), "utf8").matchAll(/^export type (\w+Request) = RequestOf/gm),
    ]
      .map(([, name]) => name!)
      .filter((name) => new RegExp(`\\b${name}\\b`).test(readFileSync(join(root, "src/index.ts"), "utf8")));
    expect(names.length).toBeGreaterThan(10);
    const same = [...names.map((name) => ["index", name]), ["core", "ColumnSearchRequest"]];
    const text = `
      type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
      ${same
        .map(
          ([entry, name]) =>
            `export const ${name}: Same<import("${root}dist/types/${entry}.js").${name}, import("${root}src/${entry}.ts").${name}> = true;`,
        )
        .join("\n")}
      // That two types are told apart.
      export const differs: Same<{ a?: 1 }, { a?: 1 | undefined }> = false;`;
    const own = JSON.parse(readFileSync(join(root, "tsconfig.json"), "utf8")).compilerOptions;
    expect(compiled(text, { ...own, preserveSymlinks: false })).toEqual([]);
  });
});

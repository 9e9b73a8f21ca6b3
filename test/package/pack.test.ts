import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PlainSearch } from "../data/plainTrades.ts";
import { heldJson, heldMarket } from "../support/referenceData.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
/** What a clone does not have: made by npm, or by a build. */
const unversioned = new Set([
  ...[".git", "node_modules", "dist", "modules", "build", "runs", "bundle"],
  ...["core.wasm", "kernels.ts", "coreBytes.ts", "sweepWorkerText.ts", "assetTexts.ts"],
]);
const unreachable = /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONNREFUSED|ECONNRESET|ENETUNREACH|ENOTCACHED|network/i;

let folder = "";
let tarball = "";
const at = (name: string): string => join(folder, name);

/** npm in a folder, whatever folder the npm that runs these tests was called in. */
function npm(cwd: string, ...args: string[]) {
  return spawnSync("npm", ["--prefix", cwd, ...args], { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-pack-"));
  cpSync(root, at("clone"), { recursive: true, filter: (path) => !unversioned.has(path.split("/").at(-1)!) });
  symlinkSync(join(root, "node_modules"), at("clone/node_modules"));
  mkdirSync(at("tarballs"));
  const { status, stderr } = npm(at("clone"), "pack", "--pack-destination", at("tarballs"));
  expect(status, stderr).toBe(0);
  tarball = at(`tarballs/${readdirSync(at("tarballs"))[0]}`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the package of a fresh clone", () => {
  it("has the library, its types, the command and the licences, and nothing that is not shipped", () => {
    const { stdout } = spawnSync("tar", ["-tzf", tarball], { encoding: "utf8" });
    const files = stdout.trim().split("\n");
    const code = ["index.js", "core.js", "cli/main.js", "sluice-worker.js", "sweep-worker.js"];
    for (const name of [...code, "types/index.d.ts", "types/core.d.ts", "licences.txt"])
      expect(files).toContain(`package/dist/${name}`);
    expect(files.filter((name) => !/^package\/(dist\/.*|package\.json|README\.md|LICENSE)$/.test(name))).toEqual([]);
  });

  it("is installed into an empty folder and searches there, from the library and the command", (context) => {
    mkdirSync(at("bot"));
    writeFileSync(at("bot/package.json"), '{ "name": "bot", "version": "9.9.9", "type": "module", "private": true }');
    const installed = npm(at("bot"), "install", "--no-audit", "--no-fund", "--prefer-offline", tarball);
    if (installed.status !== 0 && unreachable.test(installed.stderr)) {
      console.warn(
        `skipped: the registry with the dependencies cannot be reached: ${installed.stderr.trim().split("\n")[0]}`,
      );
      context.skip();
      return;
    }
    expect(installed.status, installed.stderr).toBe(0);
    const request = {
      candles: fileURLToPath(heldMarket.candles),
      opportunities: fileURLToPath(new URL("opportunities.csv", heldMarket.path)),
      spaceFile: fileURLToPath(new URL("space.json", heldMarket.path)),
      type: "swing",
      objective: "total",
      top: 20,
    };
    writeFileSync(
      at("bot/bot.js"),
      `import { search, version } from "sluice";
       const { sets, top } = await search(${JSON.stringify(request)});
       console.log(JSON.stringify({ version, sets, scores: top.map(({ score }) => score) }));`,
    );
    const run = spawnSync(process.execPath, ["bot.js"], { cwd: at("bot"), encoding: "utf8" });
    expect([run.status, run.stderr]).toEqual([0, ""]);
    const found = JSON.parse(run.stdout) as { version: string; sets: number; scores: number[] };
    const expected = heldJson<PlainSearch>("path/search-swing.json");
    expect([found.version, found.sets]).toEqual([
      npm(root, "pkg", "get", "version").stdout.trim().slice(1, -1),
      expected.sets,
    ]);
    for (const [place, [, score]] of expected.top_total.entries()) expect(found.scores[place]).toBeCloseTo(score, 9);
    const command = spawnSync(at("bot/node_modules/.bin/sluice"), ["--version"], { cwd: at("bot"), encoding: "utf8" });
    expect(command.stdout.trim()).toBe(found.version);
  });
});

import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PlainSearch } from "../data/plainTrades.ts";
import { heldJson } from "../support/referenceData.ts";
import { hosts } from "./hosts.mjs";
import { installInto, root } from "./installed.ts";

const { version, peerDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const expected = heldJson<PlainSearch>("path/search-swing.json");

/** What code asks for by name: `from"x"`, `import"x"`, `import("x")`, `require("x")`. */
const asksFor = /(?:\b(?:import|require)\(|[;}\s\w*]\bfrom|(?:^|;)import)"([@\w][@\w/:.-]*)"/g;

let folder = "";
let tarball = "";
const at = (name: string): string => join(folder, name);
const installed = (name: string): string => at(`bot/node_modules/sluice/${name}`);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-hosts-"));
  tarball = installInto(at("bot"), at("tarballs"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What a program of the bot finds; nothing may be said on stderr. */
function expectFound(command: string, args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(command, args, { cwd: at("bot"), encoding: "utf8" });
  expect([status, stderr]).toEqual([0, ""]);
  const found = JSON.parse(stdout) as { version: string; sets: number; scores: number[] };
  expect([found.version, found.sets, found.scores.length]).toEqual([version, expected.sets, 20]);
  for (const [place, [, score]] of expected.top_total.entries()) expect(found.scores[place]).toBeCloseTo(score, 9);
}

/** The package's files with their contents, in a hash. */
function fingerprint(): string {
  const hash = createHash("sha256");
  for (const name of readdirSync(installed("."), { recursive: true, encoding: "utf8" }).sort()) {
    const { mtimeMs, mode } = statSync(installed(name));
    hash.update(`${name} ${mtimeMs} ${mode}\n`);
    if (statSync(installed(name)).isFile()) hash.update(readFileSync(installed(name)));
  }
  return hash.digest("hex");
}

describe("the installed package", () => {
  it("is alone: it depends on nothing, and its code asks for nothing but Node's own and what users may install", () => {
    expect(readdirSync(at("bot/node_modules")).filter((name) => !name.startsWith("."))).toEqual(["sluice"]);
    const scripts = readdirSync(installed("dist"), { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".js"),
    );
    const asked = scripts.flatMap((name) =>
      [...readFileSync(installed(`dist/${name}`), "utf8").matchAll(asksFor)].map(([, path]) => path!),
    );
    const allowed = new Set([...builtinModules, ...Object.keys(peerDependencies)]);
    expect(new Set(asked).size).toBeGreaterThan(10);
    expect(asked.filter((path) => !path.startsWith("node:") && !allowed.has(path))).toEqual([]);
  });

  it("has the licence of everything that its code was made of", () => {
    const licences = readFileSync(installed("dist/licences.txt"), "utf8");
    for (const name of ["commander", "papaparse", "pure-rand", "trading-signals", "uplot", "valibot", "yauzl", "pend"])
      expect(licences).toMatch(new RegExp(`^${name} \\d`, "m"));
    expect(licences.match(/Copyright/gi)!.length).toBeGreaterThan(10);
  });

  it("is few files", () => {
    const files = readdirSync(installed("dist"), { recursive: true, encoding: "utf8" });
    expect(files.filter((name) => name.endsWith(".js")).length).toBeLessThan(60);
    expect(files.filter((name) => /\.(map|wasm|css|ts)$/.test(name) && !name.endsWith(".d.ts"))).toEqual([]);
  });

  it.each(hosts)("runs in %s", (_, args) => expectFound(process.execPath, args));

  it("writes nothing into its own folder, and runs where nothing can be written", (context) => {
    const before = fingerprint();
    expectFound(process.execPath, ["esm.mjs"]);
    expect(fingerprint()).toBe(before);
    const readOnly = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && cd "$0" && exec "$@"';
    const unshared = (...args: string[]): readonly string[] => ["--mount", "sh", "-c", readOnly, at("bot"), ...args];
    const { status, stderr } = spawnSync("unshare", unshared("sh", "-c", "! touch probe"), { encoding: "utf8" });
    if (status !== 0) {
      console.warn(`skipped: a read-only mount cannot be made: ${stderr?.trim().split("\n").at(-1) || "no unshare"}`);
      context.skip();
      return;
    }
    expectFound("unshare", unshared(process.execPath, "esm.mjs"));
  });

  it("runs under Node's permission model, if it may read and start threads", () => {
    const flag = process.allowedNodeEnvironmentFlags.has("--permission") ? "--permission" : "--experimental-permission";
    const args = [flag, "--allow-fs-read=*", "--allow-worker", "--no-warnings", "esm.mjs"];
    expectFound(process.execPath, args);
  });

  it("is clean to publint and attw", (context) => {
    const checks = [
      ["publint@latest", tarball, "--strict"],
      // Without "exports", which are older than Sluice, and for `require` of an ES module, which every Node that it runs on has.
      ["@arethetypeswrong/cli@latest", tarball, "--profile", "esm-only", "--format", "ascii"],
    ];
    for (const args of checks) {
      const { status, stdout, stderr } = spawnSync("npx", ["--yes", ...args], { cwd: folder, encoding: "utf8" });
      if (status !== 0 && /ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ECONN|ENETUNREACH|ENOTCACHED|network/i.test(stderr)) {
        console.warn(`skipped: ${args[0]} cannot be fetched: ${stderr.trim().split("\n")[0]}`);
        context.skip();
        return;
      }
      expect([status, stdout, stderr]).toEqual([0, expect.any(String), expect.anything()]);
    }
    expect(existsSync(tarball)).toBe(true);
  });
});

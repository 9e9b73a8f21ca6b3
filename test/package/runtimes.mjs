import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { fetchNode } from "../node-versions/fetchNode.mjs";
import { hosts, writeBot } from "./hosts.mjs";
import { partsAcross } from "./partsAcross.mjs";

// Runs the installed package in every way that programs use it, on several versions of Node, on Bun and on Deno, and stops calls at random moments
// on each Node. Then all of them search one job's parts together. What cannot be fetched is skipped, and said to be.
//
//   npm run test:runtimes                       every runtime, 15 aborts on each Node
//   npm run test:runtimes -- --aborts 100       more of them
//   npm run test:runtimes -- 24 bun             the running Node, 24 and Bun

const root = fileURLToPath(new URL("../../", import.meta.url));
const cache = join(root, "node_modules/.cache/sluice-node");
const argv = process.argv.slice(2);
const flag = argv.indexOf("--aborts");
const aborts = flag < 0 ? "15" : argv.splice(flag, 2)[1];
const wanted = argv.length > 0 ? argv : ["22", "24", "26", "bun", "deno"];

const folder = mkdtempSync(join(tmpdir(), "sluice-runtimes-"));
const at = (name) => join(folder, name);

function run(command, args, cwd) {
  const { status, signal, error, stdout, stderr } = spawnSync(command, args, { cwd, encoding: "utf8" });
  if (error || status !== 0)
    throw new Error(`ends with ${error?.message ?? signal ?? status}: ${`${stderr}${stdout}`.trim().slice(-600)}`);
  return stdout;
}

/** Where npm has put the program of Bun or Deno for this machine, or why not. */
function fetchOther(name) {
  const place = join(cache, name);
  const scopes = { bun: "@oven", deno: "@deno" };
  const found = () => {
    const scope = join(place, "node_modules", scopes[name]);
    const packages = existsSync(scope) ? readdirSync(scope).sort() : [];
    // Of two builds of Bun, the first needs newer instructions, and the second is for older processors.
    return packages
      .flatMap((each) => [join(scope, each, "bin", name), join(scope, each, name)])
      .find((path) => existsSync(path) && spawnSync(path, ["--version"]).status === 0);
  };
  if (!found()) {
    mkdirSync(place, { recursive: true });
    writeFileSync(join(place, "package.json"), '{ "private": true }\n');
    const flags = ["--no-save", "--no-package-lock", "--ignore-scripts", "--no-audit", "--no-fund"];
    const { status, stderr } = spawnSync("npm", ["install", "--prefix", place, ...flags, name], { encoding: "utf8" });
    if (status !== 0) return { reason: `${name} cannot be fetched: ${stderr.trim().split("\n")[0]}` };
  }
  const path = found();
  if (!path) return { reason: `${name} has no build that runs here` };
  return { path, version: spawnSync(path, ["--version"], { encoding: "utf8" }).stdout.trim().split("\n")[0] };
}

const commandOf = { bun: (args) => args, deno: (args) => ["run", "--allow-all", "--node-modules-dir=manual", ...args] };
/** The runtimes that were there: what each is called, and how it runs a script. */
const programs = [];

/** Every host in one runtime; gives what failed. */
function failuresIn(name, path, expected) {
  const command = commandOf[name] ?? ((args) => args);
  return hosts.flatMap(([host, args]) => {
    const failure = () => {
      try {
        const found = run(path, command(args), at("bot"));
        return found === expected ? null : `${host}: finds ${found.trim().slice(0, 200)}`;
      } catch (error) {
        return `${host}: ${error.message}`;
      }
    };
    const first = failure();
    if (first === null) return [];
    // Deno has once lost a forked child's message in its own code: what fails twice is ours.
    console.log(`  tried again: ${first}`);
    const second = name in commandOf ? failure() : first;
    return second === null ? [] : [second];
  });
}

/** Calls stopped at random moments; gives what they left, and says how long they took. */
function abortsOn(path, label) {
  const place = at(`aborts-${label}`);
  mkdirSync(place);
  const said = JSON.parse(run(path, [join(root, "test/library/aborts.mjs"), aborts, place], root));
  const { p50, p99, max, slowest } = said.milliseconds;
  console.log(
    `  ${said.codes.ABORTED} of ${aborts} calls aborted: p50 ${p50} ms, p99 ${p99} ms, max ${max} ms (${slowest})`,
  );
  const { left, before, after, isSameAgain, codes } = said;
  return [
    ...Object.keys(codes).flatMap((code) =>
      code === "ABORTED" || code === "done" ? [] : [`a call ends with ${code}`],
    ),
    ...left.descriptors.map((file) => `left open: ${file}`),
    ...left.files.map((file) => `left behind: ${file}`),
    ...["descriptors", "threads", "handles"].flatMap((kind) =>
      after[kind] > before[kind] ? [`${after[kind]} ${kind}, ${before[kind]} before`] : [],
    ),
    ...(isSameAgain ? [] : ["the next run finds something else"]),
  ];
}

let [passed, failed, skipped] = [0, 0, 0];
function report(label, failures) {
  console.log(failures.length === 0 ? `${label}: passed` : `${label}: failed\n  ${failures.join("\n  ")}`);
  if (failures.length === 0) passed++;
  else failed++;
}

try {
  for (const name of ["bot", "tarballs"]) mkdirSync(at(name));
  writeBot(at("bot"));
  run("npm", ["pack", "--ignore-scripts", "--pack-destination", at("tarballs")], root);
  const tarball = join(at("tarballs"), readdirSync(at("tarballs"))[0]);
  run(
    "npm",
    ["install", "--prefix", at("bot"), "--no-save", "--no-audit", "--no-fund", "--offline", tarball],
    at("bot"),
  );
  const expected = run(process.execPath, ["esm.mjs"], at("bot"));
  for (const name of ["running", ...wanted]) {
    const isOther = name in commandOf;
    const { path, version, reason } =
      name === "running"
        ? { path: process.execPath, version: process.version }
        : isOther
          ? fetchOther(name)
          : fetchNode(name, cache);
    if (reason) {
      console.log(`skipped: ${name}: ${reason}`);
      skipped++;
      continue;
    }
    const label = isOther ? `${name} ${version.replace(/^deno /, "")}` : `Node ${version}`;
    report(`${label}, ${hosts.length} hosts`, failuresIn(name, path, expected));
    if (!isOther) report(`${label}, aborts`, abortsOn(path, name));
    programs.push({ label, command: (script) => [path, ...(commandOf[name]?.([script]) ?? [script])] });
  }
  const main = join(at("bot"), "node_modules/sluice/dist/cli/main.js");
  report(`one job's parts on ${programs.map(({ label }) => label).join(", ")}`, partsAcross(programs, main, folder));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`runtimes: ${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 ? 1 : 0;

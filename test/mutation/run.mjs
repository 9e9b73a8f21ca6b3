import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { compileCore } from "./compile.mjs";
import { mutantsOf } from "./mutants.mjs";

// Mutation test of the compute kernels: one change at a time in assembly/, compiled in memory, against the kernel tests of test/core. A change
// that no test notices is printed; unless equivalent.json lists it, with the reason why it changes nothing that matters, the run fails.
//
//   npm run test:mutation                        all mutants: half an hour
//   npm run test:mutation -- --files suffix,aim  those of some files
//   npm run test:mutation -- --seconds 280       as many as that takes; again with --resume for the next
//   npm run test:mutation -- --survivors         those again that the last runs left alive and that are not listed

const { values: options } = parseArgs({
  options: {
    files: { type: "string" },
    seconds: { type: "string" },
    resume: { type: "boolean", default: false },
    survivors: { type: "boolean", default: false },
  },
});

const root = new URL("../../", import.meta.url);
const built = new URL("runs/mutation/", root);
const resultsFile = new URL("runs/mutation-results.json", root);
/** Tests too slow to run thousands of times; what they prove of the kernels, if anything, others prove on fewer cases. */
const slow = new Set(["byTick.test.js", "exitReplayer.test.js", "imports.test.js"]);

const files = readdirSync(new URL("assembly/", root))
  .filter((name) => name.endsWith(".ts") && name !== "index.ts")
  .filter((name) => !options.files || options.files.split(",").includes(basename(name, ".ts")));
const tests = prepare();
const results = readResults();
const equivalent = readEquivalent();
const original = await compileCore(root, null);
const baseline = await check(original, 60_000, null);
if (baseline.status !== "survived") throw new Error(`the tests fail on the core as it is: ${baseline.by}`);
/** An endless loop is one that takes much longer than all tests together. */
const limitMs = 1000 + 2 * baseline.milliseconds;
console.log(`all tests take ${Math.round(baseline.milliseconds)} ms on the core as it is`);
const until = performance.now() + 1000 * Number(options.seconds ?? Number.POSITIVE_INFINITY);

const mutants = files.flatMap((name) => {
  const file = `assembly/${name}`;
  const text = readFileSync(new URL(file, root), "utf8");
  return mutantsOf(file, text).map((mutant) => ({
    ...mutant,
    key: `${file} | ${mutant.id}`,
    changed: text.slice(0, mutant.start) + mutant.after + text.slice(mutant.end),
  }));
});
let left = 0;
for (const mutant of mutants) {
  const known = results[mutant.key];
  const isOfNoUse = options.survivors ? known && (known.status !== "survived" || equivalent.has(mutant.key)) : known;
  if ((options.survivors || options.resume) && isOfNoUse) continue;
  if (performance.now() > until) {
    left++;
    continue;
  }
  const bytes = await compileCore(root, { file: mutant.file, text: mutant.changed });
  results[mutant.key] =
    bytes === null
      ? { status: "invalid" }
      : Buffer.compare(bytes, original) === 0
        ? { status: "same" }
        : await check(bytes, limitMs, mutant.file);
  if (results[mutant.key].status === "survived") console.log(describe(mutant));
  writeFileSync(resultsFile, JSON.stringify(results, null, 1));
}
process.exitCode = report();

/** Builds sources, oracles and kernel tests as JavaScript, with the stand-in for vitest beside them; gives the tests' files. */
function prepare() {
  rmSync(built, { recursive: true, force: true });
  const tsc = spawnSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "test/mutation/tsconfig.json"], {
    cwd: root,
    encoding: "utf8",
  });
  if (tsc.status !== 0) throw new Error(tsc.stdout);
  const stand = new URL("node_modules/vitest/", built);
  mkdirSync(stand, { recursive: true });
  copyFileSync(new URL("vitest.mjs", import.meta.url), new URL("index.js", stand));
  writeFileSync(new URL("package.json", stand), '{ "type": "module", "exports": "./index.js" }');
  writeFileSync(new URL("package.json", built), '{ "type": "module" }');
  return readdirSync(new URL("test/core/", built)).filter((name) => name.endsWith(".test.js") && !slow.has(name));
}

/** Results of earlier slices, where the run goes on from them. */
function readResults() {
  if (!options.resume && !options.survivors) return {};
  try {
    return JSON.parse(readFileSync(resultsFile, "utf8"));
  } catch {
    return {};
  }
}

/** Runs the tests over a core; those named after the mutated file first. */
function check(bytes, timeMs, file) {
  writeFileSync(new URL("src/core/core.wasm", built), bytes);
  const own = `${basename(file ?? "", ".ts")}.test.js`;
  const ordered = [...tests].sort((a, b) => Number(b === own) - Number(a === own));
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("worker.mjs", import.meta.url), {
      workerData: {
        vitest: new URL("node_modules/vitest/index.js", built).href,
        tests: ordered.map((name) => new URL(`test/core/${name}`, built).href),
      },
    });
    const timer = setTimeout(() => end({ status: "killed", by: "time" }), timeMs);
    worker.once("message", ({ failure, milliseconds }) =>
      end(
        failure
          ? { status: "killed", by: failure.name, ...(file === null && { error: failure.error }) }
          : { status: "survived", milliseconds },
      ),
    );
    worker.once("error", reject);
    async function end(result) {
      clearTimeout(timer);
      await worker.terminate();
      resolve(result);
    }
  });
}

function describe({ file, line, text, change }) {
  return `${file}:${line}  ${change}\n    ${text}`;
}

/** Prints counts a file, survivors that are not listed, and listed ones that are gone; 1 where there is something to mend. */
function report() {
  const listed = equivalent;
  const rows = [];
  const unlisted = [];
  const found = new Set();
  for (const name of files) {
    const counts = { mutants: 0, killed: 0, same: 0, invalid: 0, equivalent: 0, survived: 0 };
    for (const mutant of mutants.filter(({ file }) => file === `assembly/${name}`)) {
      const result = results[mutant.key];
      if (!result) continue;
      counts.mutants++;
      if (result.status !== "survived") counts[result.status]++;
      else if (listed.has(mutant.key)) counts.equivalent++;
      else {
        counts.survived++;
        unlisted.push(mutant);
      }
      if (result.status === "survived") found.add(mutant.key);
    }
    rows.push({ file: name, ...counts });
  }
  console.table(rows);
  const isWhole = !options.files && left === 0;
  const stale = isWhole ? [...listed].filter((key) => !found.has(key)) : [];
  for (const mutant of unlisted) console.log(`SURVIVED ${describe(mutant)}`);
  for (const key of stale) console.log(`LISTED AS EQUIVALENT, BUT KILLED OR GONE ${key}`);
  if (left > 0) console.log(`${left} mutants left for another slice (--resume)`);
  return unlisted.length > 0 || stale.length > 0 ? 1 : 0;
}

/** Keys of the mutants that change nothing that matters. */
function readEquivalent() {
  const groups = JSON.parse(readFileSync(new URL("equivalent.json", import.meta.url), "utf8"));
  return new Set(groups.flatMap(({ file, mutants: ids }) => ids.map((id) => `${file} | ${id}`)));
}

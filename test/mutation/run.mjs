import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { parseArgs } from "node:util";
import { Checker } from "./checker.mjs";
import { compileCore } from "./compile.mjs";
import { mutantsOf } from "./mutants.mjs";
import { markedSources } from "./reach.mjs";

// Mutation test of the compute kernels: one change at a time in assembly/, compiled in memory, against the kernel tests of test/core. A change
// that no test notices is printed; unless equivalent.json lists it, with the reason why it changes nothing that matters, the run fails.
//
//   npm run test:mutation                        all mutants: under an hour
//   npm run test:mutation -- --files suffix,aim  those of some files
//   npm run test:mutation -- --seconds 280       as many as that takes; again with --resume for the next
//   npm run test:mutation -- --tests sides       against the tests of some files only: sooner, and more stay alive
//   npm run test:mutation -- --survivors         those again that the last runs left alive and that are not listed

const { values: options } = parseArgs({
  options: {
    files: { type: "string" },
    tests: { type: "string" },
    seconds: { type: "string" },
    resume: { type: "boolean", default: false },
    survivors: { type: "boolean", default: false },
  },
});

const root = new URL("../../", import.meta.url);
const resultsFile = new URL("runs/mutation-results.json", root);
const all = readdirSync(new URL("assembly/", root)).filter((name) => name.endsWith(".ts") && name !== "index.ts");
const files = options.files ? options.files.split(",").map((name) => `${name}.ts`) : all;
for (const name of files) if (!all.includes(name)) throw new Error(`assembly/ has no ${name}`);
const results = readResults();
const equivalent = readEquivalent();
const checker = new Checker(root, options.tests?.split(","));
const original = await compileCore(root, new Map(), true);
const testsOf = await testsByFunction();
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
  results[mutant.key] = await resultOf(mutant);
  if (results[mutant.key].status === "survived") console.log(describe(mutant));
  writeFileSync(resultsFile, JSON.stringify(results, null, 1));
}
await checker.end();
process.exitCode = report();

/** Numbers of the tests that reach each function, by `file | function`; by file alone, those that reach any of it. */
async function testsByFunction() {
  const { texts, marks } = markedSources(root, all);
  const found = new Map();
  const marked = await compileCore(root, texts, false);
  const result = await checker.check(
    marked,
    null,
    () => 60_000,
    ({ passed, milliseconds, reached }) => {
      checker.tests[passed].milliseconds = milliseconds;
      for (const mark of reached) {
        const [file, name] = marks.get(mark).split(" | ");
        for (const key of [file, `${file} | ${name}`]) found.set(key, (found.get(key) ?? new Set()).add(passed));
      }
    },
  );
  if (result.status !== "survived")
    throw new Error(`the tests fail on the core as it is: ${result.by}: ${result.error}`);
  const milliseconds = checker.tests.reduce((sum, test) => sum + test.milliseconds, 0);
  console.log(`all tests take ${Math.round(milliseconds)} ms on the core as it is`);
  return found;
}

/** What becomes of a mutant under the tests that reach it: those first that find most for their time. */
async function resultOf({ file, where, changed }) {
  const texts = new Map([[file, changed]]);
  const bytes = await compileCore(root, texts, false);
  if (bytes === null) return { status: "invalid" };
  const { tests } = checker;
  const own = `${basename(file, ".ts")}.test.js`;
  const worthOf = (k) => {
    const { runs = 0, kills = 0 } = tests[k][file] ?? {};
    return (kills + (tests[k].file === own ? 1 : 0.2)) / (runs + 2) / (tests[k].milliseconds + 1);
  };
  const order = [...(testsOf.get(where ? `${file} | ${where}` : file) ?? [])].sort((a, b) => worthOf(b) - worthOf(a));
  const count = (k, kills) => {
    const counts = tests[k][file] ?? { runs: 0, kills: 0 };
    tests[k][file] = { runs: counts.runs + 1, kills: counts.kills + kills };
  };
  // An endless loop is one that takes much longer than its test.
  const { test, ...result } = await checker.check(
    bytes,
    order,
    (k) => 3000 + 10 * tests[k].milliseconds,
    ({ passed }) => count(passed, 0),
  );
  if (test !== undefined) count(test, 1);
  if (result.status !== "survived") return result;
  const optimised = await compileCore(root, texts, true);
  return Buffer.compare(optimised, original) === 0 ? { status: "same" } : result;
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

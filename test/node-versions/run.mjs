import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { firstDifference, resultOf } from "./compare.mjs";
import { fetchNode } from "./fetchNode.mjs";

// Runs the built command with several versions of Node and compares what they say and write, to the last bit: a result's hash means
// something only if it does not depend on the engine below. A version that cannot be fetched is skipped, and said to be.
//
//   npm run test:node-versions                  the running Node, 22, 24 and 26
//   npm run test:node-versions -- 24 25         the running Node, 24 and 25

const root = fileURLToPath(new URL("../../", import.meta.url));
const main = join(root, "dist/cli/main.js");
const candles = join(root, "test/data/candles");
const space = join(root, "test/library/space.json");
const params = { min_signal_score: 40, atr_tp_multiplier: 3, atr_stop_multiplier: 2, max_holding_hours: 12 };
// One folder for all of them, emptied in between: their paths are the same.
const folder = mkdtempSync(join(tmpdir(), "sluice-node-versions-"));
const at = (name) => join(folder, "run", name);

const data = ["--candles", candles];
const ofSwing = [...data, "--opportunities", at("opportunities.csv"), "--type", "swing"];
const searches = ["total", "sqn", "sortino", "calmar", "balanced"].map((objective) => [
  `search by ${objective}`,
  ["search", ...ofSwing, "--space", space, "--objective", objective],
]);
const commands = [
  ["demo", ["demo", "--out", at("demo")]],
  ["scan", ["scan", ...data, "--min-profit", "4", "--out", at("opportunities.csv")]],
  ...searches,
  ["simulate", ["simulate", ...ofSwing, "--params", at("params.json"), "--trades", at("trades.csv")]],
  ["validate", ["validate", ...ofSwing, "--params", at("params.json"), "--space", space]],
];
const files = ["demo/learning_config.json", "opportunities.csv", "trades.csv"];

/** What one Node says and writes, by the name of command and file. */
function answersOf(node) {
  rmSync(at("."), { recursive: true, force: true });
  mkdirSync(at("."), { recursive: true });
  writeFileSync(at("params.json"), JSON.stringify(params));
  const answers = {};
  for (const [name, argv] of commands) {
    const { status, signal, error, stdout, stderr } = spawnSync(node, [main, ...argv, "--json", "--quiet"], {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 2 ** 28,
      stdio: ["ignore", "pipe", "pipe"],
    });
    if (error || status !== 0)
      throw new Error(`${name} ends with ${error?.message ?? signal ?? status}: ${stderr.trim().slice(0, 300)}`);
    answers[name] = resultOf(stdout);
    answers[`${name}, stderr`] = stderr;
  }
  for (const file of files)
    answers[file] = createHash("sha256")
      .update(readFileSync(at(file)))
      .digest("hex");
  return answers;
}

function compare(label, node, expected) {
  let found;
  try {
    found = answersOf(node);
  } catch (error) {
    return [error.message];
  }
  return Object.keys(expected).flatMap((name) => {
    const difference = firstDifference(expected[name], found[name]);
    return difference === null
      ? []
      : [`${name}${difference.where}: ${difference.expected} here, ${difference.found} on ${label}`];
  });
}

const wanted = process.argv.slice(2).length > 0 ? process.argv.slice(2) : ["22", "24", "26"];
let [passed, failed, skipped] = [0, 0, 0];
try {
  const expected = answersOf(process.execPath);
  console.log(`${process.version} gives ${Object.keys(expected).length} answers`);
  for (const major of wanted) {
    const fetched = fetchNode(major, join(root, "node_modules/.cache/sluice-node"));
    if (fetched.reason) {
      console.log(`skipped: Node ${major}: ${fetched.reason}`);
      skipped++;
      continue;
    }
    const differences = compare(fetched.version, fetched.path, expected);
    if (differences.length === 0) {
      console.log(`${fetched.version} gives the same`);
      passed++;
    } else {
      console.log(`${fetched.version} differs:\n  ${differences.join("\n  ")}`);
      failed++;
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`versions of Node: ${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 ? 1 : 0;

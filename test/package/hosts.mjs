// Programs that use the installed package, each in its own way. All print what the same search finds, as one line of JSON.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
/** The search that all of them make. */
export const request = {
  candles: at("../data/candles"),
  opportunities: at("../data/path/opportunities.csv"),
  spaceFile: at("../data/path/space.json"),
  type: "swing",
  objective: "total",
  threads: 2,
  top: 20,
};

const found = `search(${JSON.stringify(request)}).then(({ sets, top }) => ({ version, sets, scores: top.map(({ score }) => score) }))`;

/** Files of a bot that has a version of its own, by name. */
const files = {
  "package.json": '{ "name": "bot", "version": "9.9.9", "private": true }',
  "esm.mjs": `
    import { search, version } from "sluice";
    console.log(JSON.stringify(await ${found}));`,
  "caller.mjs": `
    import { search, version } from "sluice";
    const { sets, top } = await search(${JSON.stringify(request)}, { thread: "caller" });
    console.log(JSON.stringify({ version, sets, scores: top.map(({ score }) => score) }));`,
  "import.cjs": `
    import("sluice").then(({ search, version }) => ${found}).then((found) => console.log(JSON.stringify(found)));`,
  "require.cjs": `
    const { search, version } = require("sluice");
    ${found}.then((found) => console.log(JSON.stringify(found)));`,
  "thread.mjs": `
    import { Worker } from "node:worker_threads";
    new Worker(new URL("./inThread.mjs", import.meta.url)).on("message", (found) => console.log(JSON.stringify(found)));`,
  "inThread.mjs": `
    import { parentPort } from "node:worker_threads";
    import { search, version } from "sluice";
    parentPort.postMessage(await ${found});`,
  "fork.mjs": `
    import { fork } from "node:child_process";
    const child = fork(new URL("./forked.mjs", import.meta.url));
    child.on("message", (found) => {
      console.log(JSON.stringify(found));
      child.disconnect();
    });`,
  "forked.mjs": `
    import { search, version } from "sluice";
    process.send(await ${found});`,
};

/** Programs of those files, and how each uses the package. */
export const hosts = [
  ["an ES module", ["esm.mjs"]],
  ["an ES module, on its own thread", ["caller.mjs"]],
  ["CommonJS that imports", ["import.cjs"]],
  ["CommonJS that requires", ["require.cjs"]],
  ["a worker thread", ["thread.mjs"]],
  ["a forked child with IPC", ["fork.mjs"]],
];

/** Writes the bot into a folder. */
export function writeBot(folder) {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), `${text.trim()}\n`);
}

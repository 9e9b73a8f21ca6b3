import { spawnSync } from "node:child_process";
import { appendFileSync, copyFileSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { Worker } from "node:worker_threads";

/** Tests too slow to run thousands of times; what they prove of the kernels, if anything, others prove on fewer cases. */
const slow = new Set(["byTick.test.js", "exitReplayer.test.js", "imports.test.js"]);
/** Cores after which a worker is replaced: what failing tests leave behind is no more than this. */
const mostCores = 100;

/** Runs the kernel tests over one core after another. */
export class Checker {
  /** Name, file and milliseconds of each test. */
  tests = [];
  #built;
  #chosen;
  #worker = null;
  #cores = 0;

  /** Builds sources, oracles and kernel tests as JavaScript, with the stand-in for vitest beside them. Of the tests only those of the files named, if any. */
  constructor(root, chosen) {
    this.#chosen = chosen;
    const built = new URL("runs/mutation/", root);
    this.#built = built;
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
    // So that one process can run many cores.
    appendFileSync(
      new URL("src/core/instance.js", built),
      `
import { readFileSync } from "node:fs";
export function forget() {
  compiled = new WebAssembly.Module(readFileSync(new URL("./core.wasm", import.meta.url)));
  idle.length = 0;
}
export const idleMemories = () => idle.map(({ memory }) => memory);
`,
    );
  }

  /**
   * Runs tests `order` over a core until one fails or takes longer than `limitOf` it: { status: "killed", by } or { status: "survived" }. `passed` is told
   * of every test that passes, what it took and what it reached.
   */
  async check(bytes, order, limitOf, passed = () => {}) {
    writeFileSync(new URL("src/core/core.wasm", this.#built), bytes);
    if (this.#cores++ % mostCores === 0) await this.end();
    this.#worker ??= await this.#start();
    const worker = this.#worker;
    return new Promise((resolve, reject) => {
      let timer;
      const end = async (result, isLost = false) => {
        clearTimeout(timer);
        worker.removeAllListeners("message").removeAllListeners("error");
        if (isLost) await this.end();
        resolve(result);
      };
      worker.on("message", (message) => {
        clearTimeout(timer);
        if (message.began !== undefined)
          timer = setTimeout(() => end({ status: "killed", by: "time" }, true), limitOf(message.began));
        else if (message.failed !== undefined)
          end({ status: "killed", by: this.tests[message.failed].name, test: message.failed, error: message.error });
        else if (message.passed !== undefined) passed(message);
        else end({ status: "survived" });
      });
      worker.once("error", reject);
      worker.postMessage(order ?? [...this.tests.keys()]);
    });
  }

  async end() {
    await this.#worker?.terminate();
    this.#worker = null;
  }

  #start() {
    const names = readdirSync(new URL("test/core/", this.#built)).filter(
      (name) => name.endsWith(".test.js") && (this.#chosen?.includes(name.slice(0, -8)) ?? !slow.has(name)),
    );
    const worker = new Worker(new URL("worker.mjs", import.meta.url), {
      workerData: {
        vitest: new URL("node_modules/vitest/index.js", this.#built).href,
        instance: new URL("src/core/instance.js", this.#built).href,
        files: names.map((name) => ({ name, href: new URL(`test/core/${name}`, this.#built).href })),
      },
    });
    return new Promise((resolve, reject) => {
      worker.once("error", reject);
      worker.once("message", ({ tests }) => {
        worker.removeAllListeners("message").removeAllListeners("error");
        if (this.tests.length === 0) this.tests = tests;
        resolve(worker);
      });
    });
  }
}

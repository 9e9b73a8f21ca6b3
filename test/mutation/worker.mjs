import { parentPort, workerData } from "node:worker_threads";

// Runs kernel tests over one core after another: over the core.wasm that stands beside the built code when a message comes, the tests that it
// names, until one fails. Says of each what it took, and which functions of the core it reached, where they tell (reach.mjs).

/** Instances that the test at hand may use; those of its own threads are not seen. */
let instances = [];
globalThis.WebAssembly.Instance = class extends WebAssembly.Instance {
  constructor(module, imports) {
    super(module, imports);
    instances.push({ exports: this.exports, memory: imports.env.memory });
  }
};
/** No memory is fresh: past the first page, which stays empty, it holds what a last borrower might have left there. */
globalThis.WebAssembly.Memory = class extends WebAssembly.Memory {
  constructor(descriptor) {
    super(descriptor);
    new Uint8Array(this.buffer).fill(0xc5, 65536);
  }
};

const { collectFrom, tests } = await import(workerData.vitest);
const { forget, idleMemories } = await import(workerData.instance);
for (const { name, href } of workerData.files) {
  collectFrom(name);
  await import(href);
}
// It would stay the core that was there then.
if (instances.length > 0) throw new Error("a test takes a core before it runs");
parentPort.postMessage({ tests: tests.map(({ name, file }) => ({ name, file })) });

parentPort.on("message", (order) => {
  forget();
  for (const k of order) {
    parentPort.postMessage({ began: k });
    instances = instances.filter(({ memory }) => idleMemories().includes(memory));
    const started = performance.now();
    try {
      tests[k].body();
    } catch (error) {
      parentPort.postMessage({ failed: k, error: String(error?.message ?? error).slice(0, 200) });
      return;
    }
    parentPort.postMessage({ passed: k, milliseconds: performance.now() - started, reached: reached() });
  }
  parentPort.postMessage({ survived: true });
});

/** Names of the marks that functions of the core have set; takes them back. */
function reached() {
  const names = new Set();
  for (const { exports } of instances)
    for (const [name, mark] of Object.entries(exports))
      if (mark instanceof WebAssembly.Global && mark.value !== 0) {
        names.add(name);
        mark.value = 0;
      }
  return [...names];
}

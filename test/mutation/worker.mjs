import { parentPort, workerData } from "node:worker_threads";

// Runs kernel tests over one core after another: over the core.wasm that stands beside the built code when a message comes, the tests that it
// names, until one fails. Says of each what it took, and which functions of the core it reached, where they tell (reach.mjs).

/** Instances that the test at hand has made; those of its own threads are not seen. */
let instances = [];
globalThis.WebAssembly.Instance = class extends WebAssembly.Instance {
  constructor(...args) {
    super(...args);
    instances.push(this);
  }
};

const { collectFrom, tests } = await import(workerData.vitest);
const { forget, forgetIdle } = await import(workerData.instance);
for (const { name, href } of workerData.files) {
  collectFrom(name);
  await import(href);
}
parentPort.postMessage({ tests: tests.map(({ name, file }) => ({ name, file })) });

parentPort.on("message", (order) => {
  forget();
  for (const k of order) {
    parentPort.postMessage({ began: k });
    forgetIdle();
    instances = [];
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

/** Names of the marks that functions of the core have set. */
function reached() {
  const names = new Set();
  for (const { exports } of instances)
    for (const [name, value] of Object.entries(exports))
      if (value instanceof WebAssembly.Global && value.value !== 0) names.add(name);
  return [...names];
}

import { parentPort, workerData } from "node:worker_threads";

// One mutant: the tests of workerData.tests, over the core.wasm that stands beside the built code.

const { firstFailure } = await import(workerData.vitest);
for (const test of workerData.tests) await import(test);
const started = performance.now();
const failure = firstFailure();
parentPort.postMessage({ failure, milliseconds: performance.now() - started });

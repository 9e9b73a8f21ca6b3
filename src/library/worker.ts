import { parentPort, workerData } from "node:worker_threads";
import { Interruption } from "./interruption.ts";
import { jobs } from "./jobs.ts";
import type { Assignment, Said } from "./offThread.ts";
import { packError } from "./wire.ts";

// One call of the library, on its own thread.
const { job, request, words } = workerData as Assignment;
const interruption = new Interruption(words);
const say = (said: Said): void => parentPort!.postMessage(said);

try {
  const work = (await jobs[job]()) as (request: unknown, options: object) => Promise<unknown>;
  const result = await work(request, {
    signal: interruption,
    withFiles: interruption.withFiles,
    onProgress: (progress: unknown) => say({ progress } as Said),
  });
  say({ result });
} catch (error) {
  say({ error: packError(error) });
}

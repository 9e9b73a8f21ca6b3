import { parentPort, workerData } from "node:worker_threads";
import { countOpenings, threadStarted } from "../opening.ts";
import { packedResult, takenOver } from "./handOver.ts";
import { Interruption } from "./interruption.ts";
import { jobs } from "./jobs.ts";
import type { Assignment, Said } from "./offThread.ts";
import { packError } from "./wire.ts";

// One call of the library, on its own thread.
const { job, request, words, command, language } = workerData as Assignment;
const interruption = new Interruption(words);
const say = (said: Said): void => parentPort!.postMessage(said);

type Work = (request: unknown, options: object) => Promise<unknown>;

/** The starting thread has counted this one until here. */
async function loadedJob(): Promise<Work> {
  try {
    return (await jobs[job]()) as Work;
  } finally {
    threadStarted(interruption.openings);
    countOpenings(interruption.openings);
  }
}

async function answer(): Promise<void> {
  try {
    const work = await loadedJob();
    interruption.check();
    const result = await work(takenOver(request), {
      signal: interruption,
      withFiles: interruption.withFiles,
      ...(command !== undefined && { command }),
      ...(language !== undefined && { language }),
      onProgress: (progress: unknown) => say({ progress } as Said),
    });
    say({ result: packedResult(result) });
  } catch (error) {
    say({ error: packError(error) });
  }
}

void answer();

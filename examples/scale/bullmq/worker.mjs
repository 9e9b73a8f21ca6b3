// A worker of one queue: node worker.mjs parts | recommendations. Start as many as there are machines, each with the same folders.
import { UnrecoverableError, Worker } from "bullmq";
import { CapacityError, InputError, isSluiceError } from "sluice";
import { runPartJob } from "./part.mjs";
import { connect, lockMs } from "./queue.mjs";
import { runRecommendationJob } from "./recommendation.mjs";

const handlers = { parts: runPartJob, recommendations: runRecommendationJob };
const name = process.argv[2] ?? "parts";
const handler = handlers[name];
if (!handler) throw new Error(`no queue ${name}: one of ${Object.keys(handlers).join(", ")}`);

/** Bad data and too little memory would only fail again. */
async function handled(job) {
  try {
    return await handler(job.data, (line) => console.log(line));
  } catch (error) {
    if (isSluiceError(error) && (error instanceof InputError || error instanceof CapacityError))
      throw new UnrecoverableError(`${error.code}: ${error.message}; ${error.details.remedy ?? ""}`);
    throw error;
  }
}

// Sluice works on a thread of its own, so that this one renews its locks. A worker that dies is no fault of its job: however many die, another takes it over.
const worker = new Worker(name, handled, {
  connection: connect(true),
  lockDuration: lockMs,
  stalledInterval: lockMs,
  maxStalledCount: 1000,
});
worker.on("completed", (job) => console.log(`done ${job.id}`));
worker.on("failed", (job, error) => console.log(`failed ${job?.id}: ${error.message}`));
worker.on("error", (error) => console.error(error.message));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => void worker.close().then(() => process.exit(0)));
console.log(`waiting for ${name}`);

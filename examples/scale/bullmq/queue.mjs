// What every script of this folder agrees on: the server, and the names of queues.
import { Queue } from "bullmq";
import { Redis } from "ioredis";

/** Redis or Valkey, with `appendonly yes`, so that the queue outlives it. */
export const url = process.env["REDIS_URL"] ?? "redis://127.0.0.1:6379";

/** Workers wait for a server that restarts; producers ask once more and then say that there is none. */
export const connect = (waits) => new Redis(url, { maxRetriesPerRequest: waits ? null : 2 });

/** How long a worker's lock lasts without being renewed, milliseconds: a killed worker's job goes to another after that. */
export const lockMs = Number(process.env["LOCK_MS"] ?? 30_000);

/** A queue for a producer, and how to leave it. */
export function openQueue(name) {
  const connection = connect(false);
  // A connection that breaks tells by the command that fails.
  connection.on("error", () => undefined);
  const queue = new Queue(name, { connection });
  queue.on("error", () => undefined);
  return {
    queue,
    async close() {
      await queue.close();
      connection.disconnect();
    },
  };
}

/**
 * Puts a job into a queue under an id, once: a job of this id that waits or runs stays as it is, one that has ended makes room. A lost lock or an internal error is tried
 * again, and `UnrecoverableError` is not.
 */
export async function addOnce(queue, id, data) {
  const there = await queue.getJob(id);
  if (there && ((await there.isCompleted()) || (await there.isFailed()))) await there.remove();
  await queue.add(queue.name, data, { jobId: id, attempts: 4, backoff: { type: "exponential", delay: 1000 } });
}

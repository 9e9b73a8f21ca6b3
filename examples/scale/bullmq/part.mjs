// One part of a search, as a job of the queue.
import { UnrecoverableError } from "bullmq";
import { jobStatus, runPart } from "sluice";

/** Searches a part with the floor that the finished parts give: what cannot reach the leaderboard any more is not walked. */
export async function runPartJob({ folder, job, part }, say) {
  const status = await jobStatus({ job: folder });
  if (status.job !== job) throw new UnrecoverableError(`${folder} holds job ${status.job} now, not ${job}`);
  say(`part ${part}`);
  const { ranked, sets } = await runPart({
    job: folder,
    part,
    threads: Number(process.env["SLUICE_THREADS"] ?? 1),
    ...(status.floor !== null && { floor: status.floor }),
  });
  // The part's file is the result; the queue need not carry it.
  return { ranked, sets };
}

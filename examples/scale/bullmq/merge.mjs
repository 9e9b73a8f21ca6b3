// Waits for the parts of a job and prints the merged result as JSON: node merge.mjs FOLDER. Exit code 3 once nothing runs any more and parts have failed, each named.
import { setTimeout } from "node:timers/promises";
import { jobStatus, mergeParts } from "sluice";
import { openQueue } from "./queue.mjs";

const folder = process.argv[2];
if (folder === undefined) throw new Error("usage: node merge.mjs FOLDER");
const { queue, close } = openQueue("parts");

/** The parts that have ended without a file; null while another may still come. */
async function failures() {
  const { job, open } = await jobStatus({ job: folder });
  const failed = [];
  for (const { part, problem } of open) {
    const queued = await queue.getJob(`${job}-${part}`);
    if (queued && !(await queued.isFailed()) && !(await queued.isCompleted())) return null;
    failed.push(
      `part ${part} ${problem}: ${queued?.failedReason ?? "not in the queue"} (attempts: ${queued?.attemptsMade ?? 0})`,
    );
  }
  return failed;
}

let failed = null;
while (failed === null) {
  // A server that restarts is asked again.
  failed = await failures().catch((error) => {
    if (error.name === "InputError") throw error;
    return null;
  });
  if (failed === null) await setTimeout(500);
}
await close();
if (failed.length > 0) {
  console.error(`not merged:\n${failed.join("\n")}\nnode produce.mjs ${folder} queues them again`);
  process.exitCode = 3;
} else console.log(JSON.stringify(await mergeParts({ job: folder }), null, 2));

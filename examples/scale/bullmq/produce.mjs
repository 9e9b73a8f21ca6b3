// Queues the open parts of a job that `sluice split` made: node produce.mjs FOLDER. Again at any time: also where the queue was lost, or parts have failed.
import { jobStatus } from "sluice";
import { addOnce, openQueue } from "./queue.mjs";

const folder = process.argv[2];
if (folder === undefined) throw new Error("usage: node produce.mjs FOLDER");
const { job, open, parts } = await jobStatus({ job: folder });
const { queue, close } = openQueue("parts");
try {
  for (const { part } of open) await addOnce(queue, `${job}-${part}`, { folder, job, part });
} finally {
  await close();
}
console.log(`queued ${open.length} of ${parts} parts of ${job}`);

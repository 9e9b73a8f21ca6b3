// Searches one part of a job and dies at one file operation of its writing, or lives.
//
//   node child.mjs JOB PART AT      killed at operation AT after the search; prints how many there were where it lives
import { faultAt } from "../../config/crash/faults.mjs";

const { runPart } = await import(new URL("../../../modules/parts/part.js", import.meta.url));
const [job, part, at] = process.argv.slice(2);
let state = null;
await runPart(
  { job, part: Number(part), threads: 1 },
  {
    withFiles: (work) => {
      state = faultAt(Number(at), () => process.kill(process.pid, "SIGKILL"));
      return work();
    },
  },
);
process.stdout.write(`${state?.count ?? 0}\n`);

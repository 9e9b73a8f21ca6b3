import type { ShownRun } from "./answers.ts";
import { findRun } from "./findRun.ts";
import { readResult } from "./readResult.ts";
import type { RunOptions, ShowRunRequest } from "./request.ts";
import { Session } from "./session.ts";

/** The result of a past run, by its folder, its fingerprint or its time. Throws InputError if there is none, or several. */
export async function showRun({ run, folders = [] }: ShowRunRequest, options: RunOptions = {}): Promise<ShownRun> {
  const session = new Session(options);
  session.say("show", "looking for the run");
  const { folder, file, timeMs } = await findRun(run, folders);
  await session.breathe();
  const result = await readResult(file);
  session.finish();
  return { time: timeMs, folder, result };
}

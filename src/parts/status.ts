import type { JobRequest, RunOptions } from "../run/request.ts";
import { Session } from "../run/session.ts";
import { readManifest } from "./manifest.ts";
import { findParts, floorOf } from "./merge.ts";
import type { JobStatus } from "./result.ts";

/** How far a job is. Reads every part. */
export async function jobStatus(request: JobRequest, options: RunOptions = {}): Promise<JobStatus> {
  const session = new Session(options);
  session.say("status", "reading the parts");
  const manifest = await readManifest(request.job);
  const { parts, open } = await findParts(request.job, manifest, session.beat);
  session.finish();
  const { type, objective } = manifest.head.searched;
  return {
    folder: request.job,
    job: manifest.job,
    version: manifest.version,
    fingerprint: manifest.fingerprint,
    type,
    objective,
    sets: manifest.sets,
    parts: manifest.parts.length,
    finished: parts.length,
    finished_sets: parts.reduce((sum, { sets }) => sum + sets, 0),
    ranked: parts.reduce((sum, { ranked }) => sum + ranked, 0),
    engine_milliseconds: parts.reduce((sum, { engine }) => sum + engine.milliseconds, 0),
    floor: floorOf(manifest, parts),
    open,
  };
}

import { InputError } from "../errors.ts";
import { requireRss } from "../run/ceiling.ts";
import { expectedRss } from "../run/expected.ts";
import type { RunOptions, RunPartRequest, SearchRequest } from "../run/request.ts";
import { checkRequest } from "../run/requestCheck.ts";
import { type LoadedSearch, loadSearch } from "../run/search.ts";
import { Session } from "../run/session.ts";
import { searched } from "../run/typeSearch.ts";
import { version } from "../run/version.ts";
import { exitsIn } from "../search/cutExits.ts";
import { checkInputs, copiesIn } from "./inputs.ts";
import { damaged, type Manifest, manifestFile, readManifest } from "./manifest.ts";
import { partFormat, readPart, writePart } from "./partFile.ts";
import type { PartResult } from "./result.ts";
import { unwritable } from "./unwritable.ts";

/** Searches one part of a job and writes its file. A part that is finished, with no higher floor than is wanted now, is not searched again. */
export async function runPart(request: RunPartRequest, options: RunOptions = {}): Promise<PartResult> {
  const session = new Session(options);
  const { job: folder, part: number, floor = null } = request;
  const manifest = await readManifest(folder);
  requireNumber(folder, manifest, number);
  const there = await readPart(folder, manifest, number);
  if ("part" in there && suffices(there.part, floor)) return there.part;
  const result = await searchPart(request, manifest, session);
  await session.withFiles(async () => {
    await requireSame(folder, manifest);
    await writePart(folder, result).catch((cause: Error) => {
      throw unwritable(`--job ${folder}`, cause);
    });
  });
  session.finish();
  return result;
}

/** Whether a finished part lists every set that is wanted. */
function suffices(part: PartResult, floor: number | null): boolean {
  return part.floor === null || (floor !== null && part.floor <= floor);
}

async function searchPart(request: RunPartRequest, manifest: Manifest, session: Session): Promise<PartResult> {
  const { job: folder, part: number, floor = null } = request;
  const exits = manifest.parts[number]!;
  const named = { format: partFormat, version, job: manifest.job, part: number, exits } as const;
  if (exitsIn(exits) === 0) return { ...named, sets: 0, ranked: 0, proven: true, floor: null, top: [], engine: idle };
  const { threads, memoryBytes, maxRssBytes } = request;
  const given = Object.entries({ threads, memoryBytes, maxRssBytes }).filter(([, value]) => value !== undefined);
  const search = checkedOptions(folder, {
    ...manifest.options,
    ...Object.fromEntries(given),
    ...copiesIn(folder, manifest.inputs),
  });
  await checkInputs(folder, manifest.inputs);
  const loaded = await loadSearch(search, session);
  requireSameRead(folder, manifest, loaded);
  const task = { ...loaded.task, exits, mostSpare, ...(floor !== null && { atLeast: floor }) };
  if (maxRssBytes !== undefined) requireRss(maxRssBytes, expectedRss(task));
  const { sets, ranked, proven, top, engine } = await searched(task, session);
  return { ...named, sets, ranked, proven, floor, top, engine };
}

/** Options that somebody changed in the manifest, which its id does not cover. Throws InputError JOB_DAMAGED. */
function checkedOptions(folder: string, search: object): SearchRequest {
  try {
    return checkRequest("search", search);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const { where, found } = error.details;
    throw damaged(manifestFile(folder), `options.${where}: ${found}`);
  }
}

/** What a merge cannot take is worth some replays: one machine's search stops at 2,048. */
const mostSpare = 2 ** 17;

const idle = { linear_memory_bytes: 0, passes: 0, threads: 0, replays: 0, milliseconds: 0 };

function requireNumber(folder: string, { parts }: Manifest, number: number): void {
  if (number < parts.length) return;
  throw new InputError("JOB_PART_NUMBER", "the job has no such part", {
    where: `--part ${number}`,
    found: `${parts.length} parts in ${folder}`,
    expected: `a number from 0 to ${parts.length - 1}`,
    remedy: "let the array of tasks begin at 0 and end before the number of parts",
  });
}

/** The same files, read by the same rules, give what the manifest says; another build of the same version may not. */
function requireSameRead(folder: string, manifest: Manifest, { fingerprint, run, task }: LoadedSearch): void {
  const objectiveTotal = task.labels.objective.reduce((sum, flag) => sum + flag, 0);
  const found = `fingerprint ${fingerprint}, horizon ${run.longestBars} bars, ${objectiveTotal} objective opportunities`;
  const expected = `fingerprint ${manifest.inputs_fingerprint ?? manifest.fingerprint}, horizon ${manifest.horizon_bars} bars, ${manifest.objective_total} objective opportunities`;
  if (found === expected) return;
  throw new InputError("JOB_INPUT", "the job's inputs do not read as they did when it was split", {
    where: `--job ${folder}`,
    found,
    expected,
    remedy: "an input may have changed while it was copied: run sluice split again",
  });
}

/** Refuses to write into a job that was replaced while the part ran. */
async function requireSame(folder: string, { job }: Manifest): Promise<void> {
  const now = await readManifest(folder);
  if (now.job === job) return;
  throw new InputError("JOB_CHANGED", "the job was replaced by another one while this part ran; nothing was written", {
    where: `--job ${folder}`,
    found: `job ${now.job}`,
    expected: `job ${job}`,
    remedy: "start the parts of the new job; this one is of no use",
  });
}

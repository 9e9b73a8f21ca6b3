import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { InputError, type Warning } from "../errors.ts";
import { opening } from "../opening.ts";
import { isPlainObject } from "../run/plainObject.ts";
import type { SplitRequest } from "../run/request.ts";
import type { SearchHead } from "../run/search.ts";
import { version } from "../run/version.ts";
import type { ExitRange } from "../search/exitGrid.ts";
import type { CopiedInputs } from "./inputs.ts";

/** Of the manifest: another number is another format. */
export const manifestFormat = "sluice-job-1";

/** Options of a search that its parts share; files and what the machine has stand elsewhere. */
export type SharedOptions = Omit<
  SplitRequest,
  "candles" | "opportunities" | "spaceFile" | "space" | "parts" | "out" | "force"
>;

/** A job: one search, cut into parts. Field names are those of manifest.json. */
export interface Manifest {
  readonly format: typeof manifestFormat;
  /** Of Sluice: parts of another version are refused. */
  readonly version: string;
  /** Hash of everything that the result depends on, the cut included: parts name it. */
  readonly job: string;
  /** That of the result. */
  readonly fingerprint: string;
  /** What the copies read as, where that is another: the search was given values in memory, which also knew how they came about. */
  readonly inputs_fingerprint?: string | undefined;
  readonly inputs: CopiedInputs;
  readonly options: SharedOptions;
  /** Bars after a signal that every opportunity has, in every part. */
  readonly horizon_bars: number;
  readonly objective_total: number;
  readonly sets: number;
  /** Places of the leaderboard. */
  readonly top: number;
  /** Exits by part. */
  readonly parts: readonly ExitRange[];
  /** What the result of the search says besides what the parts find. */
  readonly head: SearchHead;
  readonly warnings: readonly Warning[];
}

/** A job without its id. Copies and options are not in the id: the fingerprint covers what they say. */
export type Unnamed = Omit<Manifest, "job">;

export function jobIdOf(job: Unnamed): string {
  const { format, fingerprint, horizon_bars, objective_total, sets, top, parts, head, warnings } = job;
  const named = [format, job.version, fingerprint, horizon_bars, objective_total, sets, top, parts, head, warnings];
  return createHash("sha256").update(JSON.stringify(named)).digest("hex").slice(0, 32);
}

export function manifestFile(folder: string): string {
  return join(folder, "manifest.json");
}

const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const rangeSchema = v.object({ firstStop: count, endStop: count, firstTarget: count, endTarget: count });
const copySchema = v.object({ path: v.string(), sha256: v.string(), bytes: count });
const manifestSchema = v.object({
  format: v.literal(manifestFormat),
  version: v.string(),
  job: v.string(),
  fingerprint: v.string(),
  inputs_fingerprint: v.optional(v.string()),
  inputs: v.object({
    candles: v.object({ folder: v.string(), files: v.array(copySchema) }),
    opportunities: copySchema,
    space: copySchema,
  }),
  options: v.custom<SharedOptions>(isPlainObject),
  horizon_bars: count,
  objective_total: count,
  sets: count,
  top: count,
  parts: v.array(rangeSchema),
  head: v.custom<SearchHead>((head) => isPlainObject(head) && isPlainObject(head["searched"])),
  warnings: v.array(v.object({ code: v.string(), message: v.string() })),
});

/** The job of a folder. Throws InputError: JOB_MISSING, JOB_DAMAGED, or JOB_VERSION if another version made it. */
export async function readManifest(folder: string): Promise<Manifest> {
  const manifest = await findManifest(folder);
  if (manifest) return manifest;
  throw new InputError("JOB_MISSING", "the folder contains no job", {
    where: `--job ${folder}`,
    found: "no manifest.json",
    expected: "a folder that sluice split made",
    remedy: "check the path, or run sluice split",
  });
}

/** The same; null if there is no manifest. */
export async function findManifest(folder: string): Promise<Manifest | null> {
  const path = manifestFile(folder);
  let text: string;
  try {
    text = await opening(() => readFile(path, "utf8"));
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw damaged(path, message);
  }
  const given = parsed(text);
  // A manifest of another format says its version, too.
  if (isPlainObject(given) && typeof given["version"] === "string" && given["version"] !== version)
    throw otherVersion(path, given["version"]);
  const checked = v.safeParse(manifestSchema, given);
  if (!checked.success) throw damaged(path, checked.issues[0].message);
  const manifest = checked.output as Manifest;
  if (jobIdOf(manifest) !== manifest.job) throw damaged(path, "contents that do not fit its job id");
  return manifest;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function otherVersion(path: string, found: string): InputError {
  return new InputError("JOB_VERSION", "the job was made by another version of Sluice", {
    where: path,
    found: `version ${found}`,
    expected: `version ${version}, the one that runs here`,
    remedy: `run the whole job with version ${found}, or split the search again with this one, with --force`,
  });
}

/** The refusal of a manifest that is not as it was written. */
export function damaged(path: string, found: string): InputError {
  return new InputError("JOB_DAMAGED", "the job's manifest cannot be read", {
    where: path,
    found,
    expected: `a file of the form ${manifestFormat}, as sluice split wrote it`,
    remedy: "run sluice split again with the same flags and --force: finished parts are kept",
  });
}

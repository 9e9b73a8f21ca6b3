import { InputError } from "../errors.ts";
import { makeFolder } from "../makeFolder.ts";
import { spaceGiven } from "../run/given.ts";
import { type RunOptions, type SplitRequest, settingsOf } from "../run/request.ts";
import { type LoadedSearch, loadSearch, searchHeadOf } from "../run/search.ts";
import { Session } from "../run/session.ts";
import { version } from "../run/version.ts";
import { cutExits, exitsIn } from "../search/cutExits.ts";
import { exitSidesIn } from "../search/exitGrid.ts";
import { requireLeaderboard } from "../search/leaderboardSize.ts";
import { orderSpace, requireCountable } from "../space/order.ts";
import { writeWhole } from "../wholeFile.ts";
import { bytesOf, type CopiedInputs, candleFilesOf, copyInputs } from "./inputs.ts";
import { findManifest, jobIdOf, type Manifest, manifestFile, manifestFormat, type SharedOptions } from "./manifest.ts";
import type { SplitResult } from "./result.ts";
import { unwritable } from "./unwritable.ts";

/** Cuts a search into parts: reads everything once, copies it, and writes the job's manifest. The same request again changes nothing. */
export async function splitSearch(request: SplitRequest, options: RunOptions = {}): Promise<SplitResult> {
  const session = new Session(options);
  const { candles, opportunities, space: _space, spaceFile: _file, parts, out, force, ...given } = request;
  const spaceFile = spaceGiven(request);
  if (typeof candles !== "string" || typeof opportunities !== "string" || typeof spaceFile !== "string")
    throw inMemory();
  const former = await formerJob(out, force === true);
  const settings = settingsOf(given, "search");
  const shared: SharedOptions = { ...given, nowMs: settings.nowMs };
  const loaded = await loadSearch({ ...shared, candles, opportunities, spaceFile }, session);
  const chosen = { symbols: given.symbols, withFunding: given.funding === "data" };
  const read = {
    candles: await candleFilesOf(candles, settings.timeframeMs, chosen),
    opportunities,
    space: spaceFile,
  };
  const job = await session.withFiles(async () => {
    try {
      await makeFolder(out);
      const made = manifestOf(loaded, session, { shared, inputs: await copyInputs(out, read), parts });
      if (former && former.job !== made.job && force !== true) throw otherJob(out, former, made);
      if (!former || !isSameWork(former, made))
        await writeWhole(manifestFile(out), `${JSON.stringify(made, null, 1)}\n`);
      return made;
    } catch (cause) {
      throw cause instanceof InputError ? cause : unwritable(`--out ${out}`, cause as Error);
    }
  });
  session.finish();
  return {
    folder: out,
    job: job.job,
    fingerprint: job.fingerprint,
    searched: job.head.searched,
    sets: job.sets,
    parts,
    empty: job.parts.filter((range) => exitsIn(range) === 0).length,
    input_bytes: bytesOf(job.inputs),
    existed: former?.job === job.job,
  };
}

/** The job that a folder holds; one that cannot be read counts as none if it is to be replaced. */
async function formerJob(folder: string, isReplaced: boolean): Promise<Manifest | null> {
  return findManifest(folder).catch((error: InputError) => {
    if (isReplaced) return null;
    throw error;
  });
}

/** Whether two manifests let their parts do the same: options and copies are not in a job's id, and may have been changed by hand. */
function isSameWork(former: Manifest, made: Manifest): boolean {
  const of = ({ job, inputs, options }: Manifest): string =>
    JSON.stringify([job, inputs, { ...options, nowMs: made.options.nowMs }]);
  return of(former) === of(made);
}

interface Cut {
  readonly shared: SharedOptions;
  readonly inputs: CopiedInputs;
  readonly parts: number;
}

function manifestOf(loaded: LoadedSearch, session: Session, { shared, inputs, parts }: Cut): Manifest {
  const { task, run, fingerprint } = loaded;
  const order = orderSpace(task.space);
  requireCountable(order);
  requireLeaderboard(task.top, order.sets);
  const { stops, targets } = exitSidesIn(task.space);
  const head = searchHeadOf(loaded);
  const unnamed = {
    format: manifestFormat,
    version,
    fingerprint,
    inputs,
    options: shared,
    horizon_bars: run.longestBars,
    objective_total: head.objective_opportunities,
    sets: order.sets,
    top: Math.min(task.top, order.sets),
    parts: cutExits(stops, targets, parts),
    head,
    warnings: session.warnings,
  } as const;
  const { format, version: made, ...rest } = unnamed;
  return { format, version: made, job: jobIdOf(unnamed), ...rest };
}

function inMemory(): InputError {
  return new InputError(
    "JOB_CANDLES",
    "a job needs its candles, opportunities and space in files, which its parts read",
    {
      where: "candles, opportunities, spaceFile",
      found: "values in memory",
      expected: "a folder of candle files, a file of opportunities and a file with the space",
      remedy: "write them to files first: scan writes opportunities",
    },
  );
}

function otherJob(folder: string, former: Manifest, made: Manifest): InputError {
  return new InputError("JOB_OTHER", "the folder holds another job", {
    where: `--out ${folder}`,
    found: `job ${former.job}, ${former.parts.length} parts, fingerprint ${former.fingerprint}`,
    expected: `job ${made.job}, ${made.parts.length} parts, fingerprint ${made.fingerprint}, or no job`,
    remedy: "choose another folder, or use --force to replace the job: its finished parts then count for nothing",
  });
}

import { InputError, SluiceError } from "../errors.ts";
import { makeFolder } from "../makeFolder.ts";
import { spaceGiven } from "../run/given.ts";
import { type RunOptions, type Settings, type SplitRequest, settingsOf } from "../run/request.ts";
import { type LoadedSearch, loadSearch, searchHeadOf } from "../run/search.ts";
import { Session } from "../run/session.ts";
import { version } from "../run/version.ts";
import { cutExits, exitsIn } from "../search/cutExits.ts";
import { exitSidesIn } from "../search/exitGrid.ts";
import { requireLeaderboard } from "../search/leaderboardSize.ts";
import { orderSpace, requireCountable } from "../space/order.ts";
import { writeWhole } from "../wholeFile.ts";
import { bytesOf, type CopiedInputs, candleFilesOf, copiesIn, copyInputs, fileSource } from "./inputs.ts";
import { findManifest, jobIdOf, type Manifest, manifestFile, manifestFormat, type SharedOptions } from "./manifest.ts";
import type { SplitResult } from "./result.ts";
import { unwritable } from "./unwritable.ts";
import { candleSources, requireSameValues, rowsSource, spaceSource } from "./values.ts";

/** Cuts a search into parts: reads everything, copies it or writes what are values, and writes the job's manifest. The same request again changes nothing. */
export async function splitSearch(request: SplitRequest, options: RunOptions = {}): Promise<SplitResult> {
  const session = new Session(options);
  const { candles, opportunities, space: _space, spaceFile, parts, out, force, ...given } = request;
  const former = await formerJob(out, force === true);
  const settings = settingsOf(given, "search");
  const shared: SharedOptions = { ...given, nowMs: settings.nowMs };
  const space = request.space === undefined ? { spaceFile } : { space: request.space };
  const loaded = await loadSearch({ ...shared, candles, opportunities, ...space }, session);
  const sources = await sourcesOf(request, settings, session.beat);
  const writing = async <T>(work: () => Promise<T>): Promise<T> =>
    session.withFiles(() =>
      work().catch((cause: Error) => {
        throw cause instanceof SluiceError ? cause : unwritable(`--out ${out}`, cause);
      }),
    );
  const inputs = await writing(async () => {
    await makeFolder(out);
    return copyInputs(out, sources);
  });
  const readAs = isInFiles(request)
    ? loaded.fingerprint
    : await readBack(loaded, shared, copiesIn(out, inputs), options);
  const job = manifestOf(loaded, session, { shared, inputs, parts, readAs });
  await writing(async () => {
    if (former && former.job !== job.job && force !== true) throw otherJob(out, former, job);
    if (former && isSameWork(former, job)) return;
    await writeWhole(manifestFile(out), `${JSON.stringify(job, null, 1)}\n`);
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

type GivenInputs = Pick<SplitRequest, "candles" | "opportunities" | "space" | "spaceFile" | "symbols" | "funding">;

function isInFiles(request: GivenInputs): boolean {
  return [request.candles, request.opportunities, spaceGiven(request)].every((given) => typeof given === "string");
}

/** What is to be copied, or written where it is a value. */
async function sourcesOf(
  request: GivenInputs,
  settings: Settings,
  beat: () => void,
): Promise<Parameters<typeof copyInputs>[1]> {
  const { candles, opportunities, symbols, funding } = request;
  const space = spaceGiven(request)!;
  return {
    candles:
      typeof candles === "string"
        ? (await candleFilesOf(candles, settings.timeframeMs, { symbols, withFunding: funding === "data" })).map(
            fileSource,
          )
        : candleSources(candles, settings, { symbols, beat }),
    opportunities: typeof opportunities === "string" ? fileSource(opportunities) : rowsSource(opportunities, beat),
    space: typeof space === "string" ? fileSource(space) : spaceSource(space),
  };
}

/** The fingerprint of the files that values were written to. Throws InputError unless a search takes the same of both. */
async function readBack(
  given: LoadedSearch,
  shared: SharedOptions,
  copies: ReturnType<typeof copiesIn>,
  { signal }: RunOptions,
): Promise<string> {
  const copied = await loadSearch({ ...shared, ...copies }, new Session(signal ? { signal } : {}));
  requireSameValues(given, copied);
  return copied.fingerprint;
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
  /** Fingerprint of a search that reads the copies. */
  readonly readAs: string;
}

function manifestOf(loaded: LoadedSearch, session: Session, { shared, inputs, parts, readAs }: Cut): Manifest {
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
    ...(readAs !== fingerprint && { inputs_fingerprint: readAs }),
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

function otherJob(folder: string, former: Manifest, made: Manifest): InputError {
  return new InputError("JOB_OTHER", "the folder holds another job", {
    where: `--out ${folder}`,
    found: `job ${former.job}, ${former.parts.length} parts, fingerprint ${former.fingerprint}`,
    expected: `job ${made.job}, ${made.parts.length} parts, fingerprint ${made.fingerprint}, or no job`,
    remedy: "choose another folder, or use --force to replace the job: its finished parts then count for nothing",
  });
}

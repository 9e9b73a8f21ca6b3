import { stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { InputError } from "../errors.ts";
import { escaped, quoted } from "../text.ts";
import { historyEntry } from "./history.ts";
import { beginsAs } from "./ours.ts";
import { pickFrom } from "./readResult.ts";
import { apart, type RunFile, runFileIn, runFilesIn } from "./runFiles.ts";

/** The run at a path: a report folder or its result.json; null if there is none. */
export async function runAt(path: string): Promise<RunFile | null> {
  const state = await stat(path).catch(() => null);
  if (state?.isDirectory()) return runFileIn(resolve(path));
  if (!state?.isFile()) return null;
  const folder = dirname(resolve(path));
  const named = historyEntry(folder.split(/[/\\]/).at(-1)!);
  return { folder, file: resolve(path), timeMs: named?.timeMs ?? Math.floor(state.mtimeMs), fingerprint: null };
}

/**
 * The run that a word means: a path; `latest`; or the beginning of a fingerprint, or of a time as in `2026-11-26T03:00` or `20261126T03`, among the runs of
 * the folders. Runs with equal fingerprints have equal results: the newest is taken. Throws InputError if none fits, or several do.
 */
export async function findRun(word: string, folders: readonly string[]): Promise<RunFile> {
  const there = await runAt(word);
  if (there) return there;
  const found: (RunFile & { readonly whole: string })[] = [];
  const { times, digits } = wordsOf(word);
  let newest: RunFile | null = null;
  for (const folder of apart(folders))
    for await (const run of runFilesIn(folder)) {
      if (word === "latest") {
        if (!newest || run.timeMs > newest.timeMs) newest = run;
        continue;
      }
      const isOfTime = times !== null && timeDigits(run.timeMs).startsWith(times);
      const whole = isOfTime || mayBe(run, digits) ? await fingerprintOf(run) : null;
      if (whole !== null && (isOfTime || (digits !== null && whole.startsWith(digits)))) found.push({ ...run, whole });
      if (new Set(found.map((each) => each.whole)).size > mostNamed) throw several(word, found);
    }
  if (newest) return newest;
  if (found.length === 0) throw none(word, folders);
  if (new Set(found.map((each) => each.whole)).size > 1) throw several(word, found);
  return found.reduce((best, run) => (run.timeMs > best.timeMs ? run : best));
}

/** Whether two paths are runs, by what is there: folders, or files that begin as a result does. Throws InputError if only one is. */
export async function areRuns(oldPath: string, newPath: string): Promise<boolean> {
  const [old, fresh] = [await isRun(oldPath), await isRun(newPath)];
  if (old === fresh) return old;
  throw new InputError("DIFF_KINDS", "a run and a config cannot be compared", {
    where: `${escaped(oldPath)}, ${escaped(newPath)}`,
    found: `${old ? "a run" : "a config"} and ${fresh ? "a run" : "a config"}`,
    expected: "two configs, or two runs: report folders or their result.json",
    remedy: "name two of a kind",
  });
}

async function isRun(path: string): Promise<boolean> {
  const state = await stat(path).catch(() => null);
  if (state?.isDirectory()) return true;
  return state?.isFile() === true && (await beginsAs(path, "result"));
}

const mostNamed = 4;

/** What a word may begin: a time, as its digits, or a fingerprint. */
function wordsOf(word: string): { readonly times: string | null; readonly digits: string | null } {
  const isTime = /^\d{4}(-?\d\d(-?\d\d([T ][\d:]*Z?)?)?)?$/.test(word);
  return {
    times: isTime ? word.replace(/\D/g, "") : null,
    digits: /^[0-9a-f]{4,32}$/.test(word) ? word : null,
  };
}

/** A time as the digits of its year to its second: `20261126030012`. */
function timeDigits(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 19).replace(/\D/g, "");
}

/** Whether a run's fingerprint may begin so, as far as its folder's name tells. */
function mayBe({ fingerprint }: RunFile, digits: string | null): boolean {
  if (digits === null) return false;
  return fingerprint === null || fingerprint.startsWith(digits.slice(0, fingerprint.length));
}

/** A result's own fingerprint; null if it cannot be read. */
async function fingerprintOf({ file }: RunFile): Promise<string | null> {
  try {
    const { fingerprint } = Object(await pickFrom(file, { fingerprint: true }));
    return typeof fingerprint === "string" ? fingerprint : null;
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

const expected =
  "a report folder, its result.json, the beginning of a fingerprint (4 digits) or of a time (2026-11-26T03), or latest";

function none(word: string, folders: readonly string[]): InputError {
  return new InputError("RUN_NOT_FOUND", "no run of this name", {
    where: "the run's name",
    found: quoted(word),
    expected,
    remedy: folders.length === 0 ? "add --out DIR, where past runs are" : "sluice list shows the runs in these folders",
  });
}

function several(word: string, found: readonly RunFile[]): InputError {
  return new InputError("RUN_AMBIGUOUS", "several runs have a fingerprint or time that begins so", {
    where: `the run's name, ${quoted(word)}`,
    found: found.map(({ folder }) => folder).join(", "),
    expected: "one run",
    remedy: "name more of its fingerprint or time, or its folder",
  });
}

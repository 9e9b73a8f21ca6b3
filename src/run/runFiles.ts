import type { Dirent } from "node:fs";
import { opendir, stat } from "node:fs/promises";
import { isAbsolute, join, relative, resolve } from "node:path";
import { InputError } from "../errors.ts";
import { opening } from "../opening.ts";
import { escaped } from "../text.ts";
import { historyEntry, historyName } from "./history.ts";
import { reportFiles } from "./reportFolder.ts";

/** The result.json of a run, as far as names and times tell. */
export interface RunFile {
  readonly folder: string;
  readonly file: string;
  /** When the run was; of a result outside a history, when the file was written. Epoch ms. */
  readonly timeMs: number;
  /** The beginning of its fingerprint, if the folder's name has it. */
  readonly fingerprint: string | null;
}

/** How far below a folder runs are found: `runs/bot-a/report`. */
const deepest = 3;

/**
 * The results in a folder and its subfolders, one at a time, in no order. A report folder with a history counts by the runs in it: the newest is there, too. Links to
 * folders are not followed. Throws InputError if there is no such folder.
 */
export async function* runFilesIn(folder: string): AsyncGenerator<RunFile> {
  const state = await stat(folder).catch((error: NodeJS.ErrnoException) => error);
  if (state instanceof Error || !state.isDirectory())
    throw new InputError("RUNS_FOLDER", "the folder of past runs cannot be read", {
      where: escaped(folder),
      found: state instanceof Error ? (state.code === "ENOENT" ? "nothing" : escaped(state.message)) : "a file",
      expected: "a folder that --out of an earlier run named, or one above it",
      remedy: "check the path",
    });
  yield* below(resolve(folder), 0);
}

async function* below(folder: string, depth: number): AsyncGenerator<RunFile> {
  const hasHistory = yield* historyOf(folder);
  if (!hasHistory) {
    const own = await runFileIn(folder);
    if (own) yield own;
  }
  if (depth === deepest) return;
  for await (const entry of entriesOf(folder))
    if (
      entry.isDirectory() &&
      !entry.name.startsWith(".") &&
      entry.name !== historyName &&
      entry.name !== "node_modules"
    )
      yield* below(join(folder, entry.name), depth + 1);
}

/** Folders without those that lie within another, whose runs would be found twice. */
export function apart(folders: readonly string[]): string[] {
  const whole = [...new Set(folders.map((folder) => resolve(folder)))];
  const isBelow = (folder: string, other: string): boolean => {
    const way = relative(other, folder);
    return way !== "" && !way.startsWith("..") && !isAbsolute(way) && way.split(/[/\\]/).length <= deepest;
  };
  return whole.filter((folder) => !whole.some((other) => isBelow(folder, other)));
}

/** The runs in a report folder's history; returns whether there are any. */
async function* historyOf(folder: string): AsyncGenerator<RunFile, boolean> {
  let hasRuns = false;
  for await (const { name } of entriesOf(join(folder, historyName))) {
    const run = historyEntry(name) && (await runFileIn(join(folder, historyName, name)));
    if (!run) continue;
    hasRuns = true;
    yield run;
  }
  return hasRuns;
}

/** The result of a run in a folder; null if there is none. */
export async function runFileIn(folder: string): Promise<RunFile | null> {
  const file = join(folder, reportFiles[0]);
  const state = await stat(file).catch(() => null);
  if (!state?.isFile()) return null;
  const named = historyEntry(folder.split(/[/\\]/).at(-1)!);
  return { folder, file, timeMs: named?.timeMs ?? Math.floor(state.mtimeMs), fingerprint: named?.fingerprint ?? null };
}

/** What a folder holds, some at a time; nothing if it cannot be read: another user's, or removed meanwhile. */
async function* entriesOf(folder: string): AsyncGenerator<Dirent> {
  const dir = await opening(() => opendir(folder)).catch(() => null);
  if (dir) yield* dir;
}

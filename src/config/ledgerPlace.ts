import { open, realpath, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import * as v from "valibot";
import { closing, opening } from "../opening.ts";

/** A ledger larger than this was not written by Sluice, which summarises long before. */
const largestBytes = 16 * 1024 * 1024;

/** The folder of a config's ledger, beside the config after links are resolved. */
function ledgerFolderOf(realConfigPath: string): string {
  return `${realConfigPath}.sluice`;
}

/** Paths of a config's ledger. */
export interface LedgerPlace {
  /** The config, with links resolved. */
  readonly config: string;
  readonly folder: string;
  readonly ledger: string;
  /** Names the last line that was written, so that lines lost from the end are noticed. */
  readonly head: string;
  /** The last damaged ledger, as it was found. */
  readonly damaged: string;
  /** The name by which the ledger identifies its config. */
  readonly name: string;
}

/** Paths of a config's ledger: beside the config after links are resolved, like its backups. Throws the system's error. */
export async function ledgerPlaceOf(configPath: string): Promise<LedgerPlace> {
  const config = await realpath(configPath);
  const folder = ledgerFolderOf(config);
  const ledger = join(folder, "ledger.jsonl");
  return {
    config,
    folder,
    ledger,
    head: join(folder, "ledger.head"),
    damaged: `${ledger}.damaged`,
    name: basename(config),
  };
}

const headSchema = v.object({ ledger: v.string(), seq: v.number(), hash: v.string(), openedMs: v.number() });

/** What the head of a ledger says. */
export type LedgerHead = v.InferOutput<typeof headSchema>;

/** The files of a ledger as they are. */
export interface LedgerFiles {
  readonly head: LedgerHead | null;
  /** Null without a file; `unread` if there is something that cannot be a ledger. */
  readonly ledger: { readonly text: string; readonly changedMs: number } | "unread" | null;
}

/**
 * Reads a ledger's files. The head is read first: it is written last, so that the ledger always has the line that an earlier head names. Throws the
 * system's error.
 */
export async function readLedgerFiles(place: LedgerPlace): Promise<LedgerFiles> {
  const headText = await textAt(place.head).catch(() => null);
  let head: LedgerHead | null = null;
  if (headText !== null && headText !== "unread")
    try {
      head = v.parse(headSchema, JSON.parse(headText.text));
    } catch {
      // An unreadable head proves nothing; the ledger's own chain counts.
    }
  return { head, ledger: await textAt(place.ledger) };
}

async function textAt(path: string): Promise<{ text: string; changedMs: number } | "unread" | null> {
  try {
    const state = await stat(path);
    // Opening a pipe would wait for a writer.
    if (!state.isFile() || state.size > largestBytes) return "unread";
    const handle = await opening(() => open(path, "r"));
    try {
      return { text: await handle.readFile("utf8"), changedMs: state.mtimeMs };
    } finally {
      await closing(handle).catch(() => {});
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return null;
    if (code === "ENOTDIR" || code === "ELOOP") return "unread";
    throw error;
  }
}

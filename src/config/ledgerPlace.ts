import { open, realpath, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import * as v from "valibot";
import { opening } from "../opening.ts";

/** A ledger that is larger than this was not kept by us: ours are put together long before. */
const largestBytes = 16 * 1024 * 1024;

/** The folder beside a config, where links lead, in which its ledger stands. */
export function ledgerFolderOf(realConfigPath: string): string {
  return `${realConfigPath}.sluice`;
}

/** Where a config's ledger stands. */
export interface LedgerPlace {
  /** The config, where links lead. */
  readonly config: string;
  readonly folder: string;
  readonly ledger: string;
  /** Names the last line that was written, so that lines which are gone from the end are missed. */
  readonly head: string;
  /** The last ledger that was not whole, as it was found. */
  readonly damaged: string;
  /** By which the ledger knows its config. */
  readonly name: string;
}

/** Where the ledger of a config stands: beside where links lead, as its backups do. Throws the system's error. */
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

/** The files of a ledger as they stand. */
export interface LedgerFiles {
  readonly head: LedgerHead | null;
  /** Null if there is no file; `unread` where something is there that cannot be one of ours. */
  readonly ledger: { readonly text: string; readonly changedMs: number } | "unread" | null;
}

/**
 * Reads a ledger's files. The head comes first: it is written last, so that the ledger always has the line that an earlier head names. Throws the
 * system's error if it refuses.
 */
export async function readLedgerFiles(place: LedgerPlace): Promise<LedgerFiles> {
  const headText = await textAt(place.head).catch(() => null);
  let head: LedgerHead | null = null;
  if (headText !== null && headText !== "unread")
    try {
      head = v.parse(headSchema, JSON.parse(headText.text));
    } catch {
      // A head that says nothing proves nothing; the ledger's own chain stands.
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
      await handle.close().catch(() => {});
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") return null;
    if (code === "ENOTDIR" || code === "ELOOP") return "unread";
    throw error;
  }
}

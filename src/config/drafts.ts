import { readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type Draft, draftPrefix, putInPlace, writeDraft } from "../wholeFile.ts";
import { unwritable } from "./fileFaults.ts";
import type { Source } from "./source.ts";

/** Writes a draft beside a config from chunks of bytes, with the config's mode and owner. Throws InputError, and leaves nothing. */
export function draftOf(target: Source, chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<Draft> {
  return writeDraft(target.realPath, target, async (file) => {
    for await (const chunk of chunks) await file.append(chunk);
  }).catch((cause: Error) => {
    throw unwritable(target.path, cause);
  });
}

/** Replaces the config with the draft, atomically and durably. Throws InputError. */
export function replaceConfig(draft: Draft, target: Source): Promise<void> {
  return putInPlace(draft, target.realPath).catch((cause: Error) => {
    throw unwritable(target.path, cause);
  });
}

/** Removes what a killed run left behind: its drafts, and a lock that it had not taken yet. Only under the lock, when no draft is in use. */
export async function dropLeftovers(realPath: string): Promise<void> {
  const prefix = draftPrefix(realPath);
  for (const name of await readdir(dirname(realPath)).catch(() => []))
    if (name.startsWith(prefix) && /\.(tmp|lock)$/.test(name))
      await rm(join(dirname(realPath), name), { recursive: true, force: true }).catch(() => {});
}

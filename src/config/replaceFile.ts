import { open } from "node:fs/promises";
import { dirname } from "node:path";
import writeFileAtomic from "write-file-atomic";
import { InputError } from "../errors.ts";

/** Puts new bytes in a file's place: written beside it, synced, renamed, mode and owner kept, and the folder synced. Whole or not at all. */
export async function replaceFile(realPath: string, bytes: Uint8Array): Promise<void> {
  try {
    await writeFileAtomic(realPath, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
    await syncFolder(dirname(realPath));
  } catch (cause) {
    throw new InputError(
      "CONFIG_UNWRITABLE",
      "the file could not be written; it is as it was",
      {
        where: realPath,
        found: (cause as Error).message,
        remedy: "free disk space or mend the permissions, and run again",
      },
      { cause },
    );
  }
}

/** Makes a rename last; not every file system lets a folder be synced. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync().catch(() => {});
  } finally {
    await handle.close();
  }
}

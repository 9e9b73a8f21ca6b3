import type { Stats } from "node:fs";
import { access, constants, realpath, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { InputError } from "../errors.ts";
import { onlyInPlace, unreadable } from "./fileFaults.ts";
import { isMounted } from "./mounted.ts";
import { quoted } from "./quoted.ts";

const anyWriteBit = 0o222;

/**
 * Refuses a config that could not be saved later, before a run is spent on it. A folder or file without any write permission counts as
 * read-only for every user, even root: removing the permissions was deliberate. Resolves to the path with links resolved.
 */
export async function checkWritable(path: string): Promise<string> {
  const refuse = (found: string, cause?: unknown): InputError =>
    new InputError(
      "CONFIG_READ_ONLY",
      "the config cannot be saved: it is not writable",
      {
        where: path,
        found,
        expected: "a writable file in a writable folder",
        remedy: "change the permissions, or use --dry-run",
      },
      cause === undefined ? undefined : { cause },
    );
  const { realPath, file, folder } = await statesOf(path).catch((cause: Error) => {
    throw unreadable(path, cause);
  });
  if (!file.isFile()) throw refuse("not a file");
  if (await isMounted(realPath)) throw onlyInPlace(path);
  if ((folder.mode & anyWriteBit) === 0) throw refuse("a read-only folder");
  if ((file.mode & anyWriteBit) === 0) throw refuse("a read-only file");
  for (const place of [dirname(realPath), realPath])
    await access(place, constants.W_OK).catch((cause: Error) => {
      throw refuse(quoted(cause.message, 200), cause);
    });
  return realPath;
}

async function statesOf(path: string): Promise<{ realPath: string; file: Stats; folder: Stats }> {
  const realPath = await realpath(path);
  return { realPath, file: await stat(realPath), folder: await stat(dirname(realPath)) };
}

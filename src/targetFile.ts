import { lstat, realpath, stat } from "node:fs/promises";

/** A path that holds something other than a file which a rename could replace. */
export class NotReplaceable extends Error {}

/**
 * Where a file that replaces another by a rename has to stand: where links lead, so that they stay links. Throws NotReplaceable if
 * something else than a file is there (a device, a pipe, a folder): a rename would put an end to it.
 */
export async function targetFile(path: string): Promise<string> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    return null;
  });
  if (found === null) {
    const link = await lstat(path).catch(() => null);
    if (link) throw new NotReplaceable("a link that leads nowhere");
    return path;
  }
  if (!found.isFile()) throw new NotReplaceable(found.isDirectory() ? "a folder" : "a device or pipe");
  return realpath(path);
}

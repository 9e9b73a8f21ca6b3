import { lstat, realpath, stat } from "node:fs/promises";

/**
 * Where a file that replaces another by a rename has to stand: where links lead, so that they stay links. Throws where something else
 * than a file is there (a device, a pipe, a folder), which a rename would put an end to.
 */
export async function targetFile(path: string): Promise<string> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
    return null;
  });
  if (found === null) {
    const link = await lstat(path).catch(() => null);
    if (link) throw refusal("a link that leads nowhere");
    return path;
  }
  if (!found.isFile()) throw refusal(found.isDirectory() ? "a folder" : "a device or pipe");
  return realpath(path);
}

/** With a `syscall`, as an error of the file system has. */
function refusal(found: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`there is ${found}`), { syscall: "rename" });
}

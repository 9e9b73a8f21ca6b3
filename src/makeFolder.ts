import { mkdir, stat } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/**
 * Makes a folder and those above it that are missing; resolves to the first that was made, undefined if none was. One by one: Node's own way never
 * ends where a file system, such as /proc, refuses a folder as if the one above were missing. Throws the system's error.
 */
export async function makeFolder(path: string, mode?: number): Promise<string | undefined> {
  const missing: string[] = [];
  for (let at = resolve(path); !(await isThere(at)); at = dirname(at)) missing.push(at);
  if (missing.length === 0) await requireFolder(path, mode);
  for (const folder of missing.reverse()) await makeOne(folder, mode);
  return missing[0];
}

async function makeOne(folder: string, mode: number | undefined): Promise<void> {
  await mkdir(folder, mode === undefined ? {} : { mode }).catch(async (cause: NodeJS.ErrnoException) => {
    // Another process may have made it meanwhile.
    if (cause.code !== "EEXIST" || !(await isFolder(folder))) throw cause;
  });
}

/** Lets the system say what is wrong with a path at which something else stands. */
async function requireFolder(path: string, mode: number | undefined): Promise<void> {
  if (!(await isFolder(path))) await makeOne(path, mode);
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === "ENOENT") return dirname(path) === path;
    // A file above it, or a folder that may not be entered: making it says so.
    return (cause as NodeJS.ErrnoException).code !== "ENOTDIR";
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

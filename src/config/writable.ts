import { access, constants, realpath, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { InputError } from "../errors.ts";

const anyWriteBit = 0o222;

/**
 * Refuses a config that could not be saved later, before a run is spent on it. A folder or file without any write permission counts as
 * read-only for every user, root included: whoever took the bits away meant it. Resolves to where links lead.
 */
export async function checkWritable(path: string): Promise<string> {
  const refuse = (found: string, cause?: unknown): InputError =>
    new InputError(
      "CONFIG_READ_ONLY",
      "the config cannot be saved where it is",
      {
        where: path,
        found,
        expected: "a file and a folder that can be written",
        remedy: "change the permissions, or use --dry-run",
      },
      cause === undefined ? undefined : { cause },
    );
  let realPath: string;
  try {
    realPath = await realpath(path);
  } catch (cause) {
    throw new InputError(
      "CONFIG_UNREADABLE",
      "the config cannot be read",
      { where: path, found: (cause as Error).message, remedy: "check the path" },
      { cause },
    );
  }
  const file = await stat(realPath);
  if (!file.isFile()) throw refuse("not a file");
  const folder = await stat(dirname(realPath));
  if ((folder.mode & anyWriteBit) === 0) throw refuse("a read-only folder");
  if ((file.mode & anyWriteBit) === 0) throw refuse("a read-only file");
  for (const place of [dirname(realPath), realPath])
    await access(place, constants.W_OK).catch((cause: Error) => {
      throw refuse(cause.message, cause);
    });
  return realPath;
}

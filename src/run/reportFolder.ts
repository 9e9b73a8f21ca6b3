import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { InputError } from "../errors.ts";
import { targetFile } from "../targetFile.ts";
import { historyName } from "./history.ts";

/** Names of a report's files. */
export const reportFiles = ["result.json", "report.txt", "report.html"] as const;

/** Refuses a report folder that could not be written later, before a run is spent on it. Creates nothing. */
export async function checkOut(outDir: string): Promise<void> {
  let path = resolve(outDir);
  for (;;) {
    const found = await stat(path).catch((error: NodeJS.ErrnoException) => error);
    if (!(found instanceof Error)) {
      if (!found.isDirectory()) throw notAFolder(outDir, `${path} is a file`);
      await access(path, constants.W_OK | constants.X_OK).catch(() => {
        throw notAFolder(outDir, `${path} cannot be written`);
      });
      if (path === resolve(outDir)) await checkContents(outDir, path);
      return;
    }
    // A parent that is a file shows as ENOTDIR, and is found further up.
    if ((found.code !== "ENOENT" && found.code !== "ENOTDIR") || dirname(path) === path)
      throw notAFolder(outDir, `${path}: ${found.code}`);
    path = dirname(path);
  }
}

/** What is in a report folder already. */
async function checkContents(outDir: string, path: string): Promise<void> {
  for (const name of reportFiles)
    await targetFile(join(path, name)).catch((error: Error) => {
      throw notAFolder(outDir, `${join(path, name)}: ${error.message}`);
    });
  const history = join(path, historyName);
  const found = await stat(history).catch(() => null);
  if (found === null) return;
  if (!found.isDirectory()) throw notAFolder(outDir, `${history} is a file`);
  await access(history, constants.W_OK | constants.X_OK).catch(() => {
    throw notAFolder(outDir, `${history} cannot be written`);
  });
}

function notAFolder(outDir: string, found: string): InputError {
  return new InputError("OUT_NOT_A_FOLDER", "the report needs a writable folder", {
    where: `--out ${outDir}`,
    found,
    expected: "a folder, or a path where one can be created",
    remedy: "choose another folder with --out",
  });
}

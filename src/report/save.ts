import { constants } from "node:fs";
import { access, mkdir, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { InputError } from "../errors.ts";
import { targetFile } from "../targetFile.ts";
import { writeWhole } from "../wholeFile.ts";
import { jsonText } from "./json.ts";
import { plainPaint } from "./paint.ts";
import type { OptimizeResult } from "./result.ts";
import { optimizeSummary } from "./summary.ts";

/** The two files of a saved report. */
export interface SavedReport {
  readonly json: string;
  readonly text: string;
}

/** Names of a report's files. */
export const reportFiles = ["result.json", "report.txt"] as const;

/** Writes `result.json` and `report.txt` into a folder, which is created if missing. Each file is complete or missing. */
export async function saveReport(outDir: string, result: OptimizeResult): Promise<SavedReport> {
  const saved = { json: join(outDir, reportFiles[0]), text: join(outDir, reportFiles[1]) };
  const json = jsonText(result);
  const text = optimizeSummary(result, plainPaint, outDir);
  try {
    await mkdir(outDir, { recursive: true });
    await writeWhole(saved.json, json);
    await writeWhole(saved.text, text);
  } catch (cause) {
    throw new InputError(
      "OUT_UNWRITABLE",
      "the report cannot be written",
      {
        where: `--out ${outDir}`,
        found: (cause as Error).message,
        expected: "a folder in which result.json and report.txt can be written",
        remedy: "choose another folder, free disk space or fix the permissions",
      },
      { cause },
    );
  }
  return saved;
}

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
      for (const name of path === resolve(outDir) ? reportFiles : [])
        await targetFile(join(path, name)).catch((error: Error) => {
          throw notAFolder(outDir, `${join(path, name)}: ${error.message}`);
        });
      return;
    }
    // A parent that is a file shows as ENOTDIR, and is found further up.
    if ((found.code !== "ENOENT" && found.code !== "ENOTDIR") || dirname(path) === path)
      throw notAFolder(outDir, `${path}: ${found.code}`);
    path = dirname(path);
  }
}

function notAFolder(outDir: string, found: string): InputError {
  return new InputError("OUT_NOT_A_FOLDER", "the report needs a writable folder", {
    where: `--out ${outDir}`,
    found,
    expected: "a folder, or a path where one can be created",
    remedy: "choose another folder with --out",
  });
}

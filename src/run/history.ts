import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder } from "../makeFolder.ts";

/*
 * A report folder holds the newest run, and every run in a folder of its own:
 *
 *   result.json, report.txt, report.html
 *   history/20261126T030012Z-7d1ea2f1/result.json, report.txt, report.html
 *
 * The name is the run's time and the beginning of its fingerprint; a number follows where several runs would have the same.
 */

/** The folder of past runs within a report folder. */
export const historyName = "history";

const nameForm = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z-([0-9a-z]{1,8})(?:-\d+)?$/;
const digitsOfFingerprint = 8;

/** A run's time and the beginning of its fingerprint, as the name of its folder has them; null for any other name. */
export function historyEntry(name: string): { readonly timeMs: number; readonly fingerprint: string } | null {
  const [, year, month, day, hour, minute, second, fingerprint] = nameForm.exec(name) ?? [];
  if (fingerprint === undefined) return null;
  const timeMs = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(timeMs) ? null : { timeMs, fingerprint };
}

/** Makes the folder of a run, whose name no other run has. Throws the system's error. */
export async function makeHistoryFolder(outDir: string, nowMs: number, fingerprint: string): Promise<string> {
  const history = join(outDir, historyName);
  await makeFolder(history);
  const second = `${new Date(nowMs).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
  const name = `${second}-${fingerprint.slice(0, digitsOfFingerprint)}`;
  for (let number = 1; ; number++) {
    const folder = join(history, number === 1 ? name : `${name}-${number}`);
    try {
      await mkdir(folder);
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}

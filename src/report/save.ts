import { join } from "node:path";
import { InputError } from "../errors.ts";
import { makeFolder } from "../makeFolder.ts";
import { makeHistoryFolder } from "../run/history.ts";
import { reportFiles } from "../run/reportFolder.ts";
import type { OptimizeResult } from "../run/results.ts";
import { writeWhole } from "../wholeFile.ts";
import { type Language, languages } from "../words/catalogue/languages.ts";
import { optimizeReport } from "./brief/report.ts";
import { jsonText } from "./json.ts";
import { reportWidth } from "./lines.ts";
import { plainPaint } from "./paint.ts";

/** The files of a saved report. */
export interface SavedReport {
  readonly json: string;
  readonly text: string;
  /** Null if no pictures were to be written. */
  readonly page: string | null;
}

/** When a run was, epoch ms, and in which language its `report.txt` is. */
export interface Told {
  readonly nowMs: number;
  readonly language?: Language;
}

/**
 * Writes `result.json`, `report.txt` and, by `writePage`, `report.html` into a folder, which is created if missing, and before that into a folder of this
 * run alone in its history. Each file is complete or missing.
 */
export async function saveReport(
  outDir: string,
  result: OptimizeResult,
  { nowMs, language = "en" }: Told = { nowMs: Date.now() },
  writePage: ((path: string) => Promise<void>) | null = null,
): Promise<SavedReport> {
  const saved = { json: join(outDir, reportFiles[0]), text: join(outDir, reportFiles[1]) };
  const page = writePage && join(outDir, reportFiles[2]);
  const json = jsonText(result);
  const text = optimizeReport(result, plainPaint, {
    width: reportWidth,
    out: outDir,
    page: page ?? undefined,
    verbose: true,
    isTerminal: false,
    texts: languages[language],
    nowMs,
  });
  try {
    await makeFolder(outDir);
    const own = await makeHistoryFolder(outDir, nowMs, result.fingerprint);
    for (const folder of [own, outDir]) {
      await writeWhole(join(folder, reportFiles[0]), json);
      await writeWhole(join(folder, reportFiles[1]), text);
      await writePage?.(join(folder, reportFiles[2]));
    }
  } catch (cause) {
    throw new InputError(
      "OUT_UNWRITABLE",
      "the report cannot be written",
      {
        where: `--out ${outDir}`,
        found: (cause as Error).message,
        expected: "a folder in which result.json, report.txt and report.html can be written",
        remedy: "choose another folder, free disk space or fix the permissions",
      },
      { cause },
    );
  }
  return { ...saved, page };
}

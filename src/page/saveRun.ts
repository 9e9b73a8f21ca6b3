import { saveReport } from "../report/save.ts";
import type { FinishedRun, ReportPlaces } from "../run/optimizeCall.ts";
import { earlierRuns } from "./earlierRuns.ts";
import { savePage } from "./savePage.ts";
import { optimizePage } from "./sources/optimize.ts";
import { writePage } from "./writePage.ts";

/** Writes everything that a run's request wants of its report. Throws InputError. */
export async function saveRun({ out, report }: ReportPlaces, finished: FinishedRun): Promise<void> {
  const source = { ...optimizePage(finished), nights: await earlierRuns(out, finished) };
  if (out !== undefined) await saveReport(out, finished.result, finished.nowMs, (path) => writePage(path, source));
  if (report !== undefined) await savePage(report, source);
}

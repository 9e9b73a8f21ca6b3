import type { ExportResult } from "./answers.ts";
import { exportFreqtrade } from "./exportFreqtrade.ts";
import { exportSourceOf } from "./exportSource.ts";
import { exportTexts } from "./exportTexts.ts";
import { checkExportOutput } from "./outputs.ts";
import type { ExportRequest, RunOptions } from "./request.ts";
import { Session } from "./session.ts";
import { writeExport } from "./writeExport.ts";

/** Writes a parameter set in the format of another program. Throws SluiceError, and then the file is as it was. */
export async function exportParameters(request: ExportRequest, options: RunOptions = {}): Promise<ExportResult> {
  const session = new Session(options);
  const { format, out } = request;
  await checkExportOutput(request);
  const source = exportSourceOf(request);
  const { params, type, where } = source;
  if (source.source === "search")
    session.warn(
      "EXPORT_UNJUDGED",
      "the best set of a search has not been judged on data that the search did not see: use `sluice validate` first",
    );
  let written: Pick<ExportResult, "backup" | "differences" | "check"> = { backup: null, differences: [], check: null };
  if (format === "freqtrade") written = await exportFreqtrade(request, source, session);
  else {
    const text = exportTexts[format](params, where);
    await session.withFiles(() => writeExport(out, text));
  }
  return { format, file: out, source: source.source, type, params, ...written, warnings: session.warnings };
}

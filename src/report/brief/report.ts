import type { OptimizeResult } from "../../run/results.ts";
import type { Paint } from "../paint.ts";
import { optimizeSummary } from "../summary.ts";
import { optimizeBrief } from "./brief.ts";
import { briefly, type Screen } from "./screen.ts";

/** Where a run's files are. */
interface Written {
  /** The report's folder; undefined if nothing was written. */
  readonly out: string | undefined;
  /** The report with pictures; undefined if none was written. */
  readonly page?: string | undefined;
}

/** A run's report. */
export function optimizeReport(
  result: OptimizeResult,
  paint: Paint,
  { out, page, ...screen }: Screen & Written,
): string {
  return briefly<OptimizeResult>(
    (shown, colours, width, texts) => optimizeBrief(shown, colours, { width, out, page, texts }),
    (shown, colours) => optimizeSummary(shown, colours, out),
  )(result, paint, screen);
}

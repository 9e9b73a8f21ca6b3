import type { OptimizeResult } from "../../run/results.ts";
import type { Paint } from "../paint.ts";
import { optimizeSummary } from "../summary.ts";
import { type BriefPlace, optimizeBrief } from "./brief.ts";
import { briefly, type Screen } from "./screen.ts";

/** A run's report; `out` is its folder and `page` its file with pictures, undefined if none was written. */
export function optimizeReport(
  result: OptimizeResult,
  paint: Paint,
  { out, page, nowMs, ...screen }: Screen & Pick<BriefPlace, "out" | "page" | "nowMs">,
): string {
  return briefly<OptimizeResult>(
    (shown, colours, width, texts) => optimizeBrief(shown, colours, { width, out, page, texts, nowMs }),
    (shown, colours, texts) => optimizeSummary(shown, colours, out, texts),
  )(result, paint, screen);
}

/** Where a run's report went, from its request. */
export function reportPlaces({
  out,
  report,
}: {
  readonly out?: string | undefined;
  readonly report?: string | undefined;
}): Pick<BriefPlace, "out" | "page"> {
  return { out, page: report ?? (out === undefined ? undefined : `${out}/report.html`) };
}

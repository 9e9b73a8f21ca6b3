import type { OptimizeResult } from "../../run/results.ts";
import type { Paint } from "../paint.ts";
import { optimizeSummary } from "../summary.ts";
import { optimizeBrief } from "./brief.ts";
import { briefly, type Screen } from "./screen.ts";

/** A run's report; `out` is its folder, undefined if nothing was written. */
export function optimizeReport(
  result: OptimizeResult,
  paint: Paint,
  { out, ...screen }: Screen & { readonly out: string | undefined },
): string {
  return briefly<OptimizeResult>(
    (shown, colours, width, texts) => optimizeBrief(shown, colours, { width, out, texts }),
    (shown, colours) => optimizeSummary(shown, colours, out),
  )(result, paint, screen);
}

import type { OptimizeResult } from "../../run/results.ts";
import type { Paint } from "../paint.ts";
import { optimizeSummary } from "../summary.ts";
import { type BriefPlace, optimizeBrief } from "./brief.ts";

/** Where a report is read, and how much of it. */
export interface ReportPlace extends BriefPlace {
  /** Every figure, not only what matters most. */
  readonly verbose: boolean;
  /** A reader sees the last lines first. */
  readonly isTerminal: boolean;
}

/** A run's report: what matters most, and everything if requested; on a terminal what matters most stands last, where it is seen. */
export function optimizeReport(result: OptimizeResult, paint: Paint, place: ReportPlace): string {
  const brief = optimizeBrief(result, paint, place);
  if (!place.verbose) return brief;
  const all = optimizeSummary(result, paint, place.out);
  return place.isTerminal ? `${all}\n${brief}` : `${brief}\n${all}`;
}

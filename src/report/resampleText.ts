import { resamples } from "../validation/dailyBootstrap.ts";
import { count, share } from "./figures.ts";

/** How many of the resamples, after `in`: `96.2% of resamples`; all and none are told in full, and nearly all is never rounded to 100%. */
export function resampleText(fraction: number): string {
  if (fraction >= 1) return `all ${count(resamples)} resamples`;
  if (fraction <= 0) return `none of ${count(resamples)} resamples`;
  if (fraction >= 0.9995) return "more than 99.9% of resamples";
  return fraction < 0.0005 ? "fewer than 0.1% of resamples" : `${share(fraction)} of resamples`;
}

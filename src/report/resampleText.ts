import { resamples } from "../validation/dailyBootstrap.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import { share } from "../words/figures.ts";

/** A share of doubt in percent, with at least two digits and as many more as needed to distinguish it from 0: `3.04%`, `0.0015%`. */
export function doubtText(fraction: number): string {
  return `${(100 * fraction).toFixed(digitsOf(fraction))}%`;
}

/** The certainty that a doubt leaves, never rounded to 100%: `98.33%`, `99.9985%`. */
export function certaintyText(doubt: number): string {
  return `${(100 * (1 - doubt)).toFixed(digitsOf(doubt))}%`;
}

const mostDigits = 10;

function digitsOf(fraction: number): number {
  let digits = 2;
  while (fraction > 0 && digits < mostDigits && Number((100 * fraction).toFixed(digits - 1)) === 0) digits++;
  return digits;
}

/** How many of the resamples, after `in`: `96.2% of resamples`; all and none are spelled out, and nearly all is never rounded to 100%. */
export function resampleText(fraction: number, { reasoning }: Texts = en): string {
  const { resamples: words } = reasoning;
  if (fraction >= 1) return words.all(resamples);
  if (fraction <= 0) return words.none(resamples);
  if (fraction >= 0.9995) return words.nearlyAll;
  return fraction < 0.0005 ? words.hardlyAny : words.some(share(fraction));
}

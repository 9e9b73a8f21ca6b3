/** The colours of the page, which follow its light or dark scheme. */
export type ColorName =
  | "ink"
  | "faint"
  | "grid"
  | "line"
  | "proposed"
  | "now"
  | "held"
  | "good"
  | "bad"
  | "warn"
  | "searched"
  | "shade"
  | "surface";

/** A colour as the page has it now; read again when the scheme changes. */
export function color(name: ColorName): string {
  return getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
}

/** Calls back whenever the scheme changes, also before and after printing. */
export function onScheme(redraw: () => void): void {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
  matchMedia("print").addEventListener("change", redraw);
}

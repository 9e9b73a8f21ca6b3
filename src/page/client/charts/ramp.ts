/*
 * A scale of colours that rises in lightness alone from dark blue to yellow, so that it is read with any kind of colour vision, in grey and on dark paper.
 * The stops are those of cividis (Nunez, Anderton and Renslow 2018), rounded.
 */
const stops: readonly (readonly [red: number, green: number, blue: number])[] = [
  [0, 34, 78],
  [53, 69, 108],
  [102, 105, 112],
  [148, 142, 119],
  [200, 184, 102],
  [254, 232, 56],
];

/** A colour from a share of the scale, 0-1, and the class of text on it. */
export function rampColor(share: number): { readonly fill: string; readonly text: string } {
  const at = Math.min(1, Math.max(0, share)) * (stops.length - 1);
  const low = Math.min(stops.length - 2, Math.floor(at));
  const [from, to] = [stops[low]!, stops[low + 1]!];
  const mixed = from.map((value, k) => Math.round(value + (at - low) * (to[k]! - value)));
  return { fill: `rgb(${mixed.join(" ")})`, text: share < 0.55 ? "on-dark" : "on-light" };
}

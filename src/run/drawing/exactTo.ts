/** Powers of ten as literals: no figure depends on how an engine computes a power. */
const scales = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000] as const;

/** A figure with as many decimals (0 to 6) as a picture can show, in JSON as short. */
export function exactTo(value: number, decimals: number): number {
  const found = Math.round(value * scales[decimals]!) / scales[decimals]!;
  return found === 0 ? 0 : found;
}

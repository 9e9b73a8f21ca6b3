import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Random numbers of one market: the same sequence for the same seed. */
export interface Draws {
  /** Uniform in (0,1). */
  readonly uniform: () => number;
  /** Of mean 0 and deviation 1. */
  readonly normal: () => number;
}

const warmingUp = 20;

export function drawsOf(seed: number): Draws {
  const generator = xoroshiro128plus(seed);
  // Small seeds that differ by little begin alike.
  for (let k = 0; k < warmingUp; k++) generator.next();
  const uniform = (): number => ((generator.next() >>> 0) + 0.5) / 4294967296;
  let spare: number | null = null;
  // Box and Muller 1958, both of a pair.
  const normal = (): number => {
    if (spare !== null) {
      const kept = spare;
      spare = null;
      return kept;
    }
    const radius = Math.sqrt(-2 * Math.log(uniform()));
    const angle = 2 * Math.PI * uniform();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
  return { uniform, normal };
}

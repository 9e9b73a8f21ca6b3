import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Numbers to skip: the first ones of similar seeds are similar. */
const warmingUp = 20;

/** Uniform numbers in [0,1) from a seed: the same sequence for the same seed, on any machine. */
export function uniformFrom(seed: number): () => number {
  const generator = xoroshiro128plus(seed);
  for (let k = 0; k < warmingUp; k++) generator.next();
  return () => (generator.next() >>> 0) / 4294967296;
}

import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Numbers to skip: the first ones of similar seeds are similar. */
const warmingUp = 20;

/** Uniform numbers in [0,1) from a seed: the same sequence for the same seed, on any machine. */
export function uniformFrom(seed: number): () => number {
  const generator = xoroshiro128plus(seed);
  for (let k = 0; k < warmingUp; k++) generator.next();
  return () => (generator.next() >>> 0) / 4294967296;
}

/** Uniform and normal numbers from one seeded sequence, from its first number on. */
export class Random {
  private readonly generator;

  constructor(seed: number) {
    this.generator = xoroshiro128plus(seed);
  }

  uniform(): number {
    return (this.generator.next() >>> 0) / 4294967296;
  }

  /** 32 bits. */
  bits(): number {
    return this.generator.next();
  }

  /** Standard normal (Box and Muller 1958). */
  normal(): number {
    return Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform());
  }
}

/**
 * One resample of the indices 0..count-1 by the stationary bootstrap (Politis and Romano 1994): blocks that begin anywhere, run on
 * around the end, and end before each further index with probability 1/meanBlock. Written into `indices`.
 */
export function resampleBlocks(indices: Uint32Array, count: number, meanBlock: number, uniform: () => number): void {
  let at = 0;
  for (let k = 0; k < indices.length; k++) {
    if (k === 0 || uniform() < 1 / meanBlock) at = Math.floor(uniform() * count);
    else at = at + 1 === count ? 0 : at + 1;
    indices[k] = at;
  }
}

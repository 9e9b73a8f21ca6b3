import type { BlockColumns } from "../core/halves.ts";
import type { SampledSets } from "../core/study.ts";

/**
 * Block (0-based) of each entry: equal counts in time order; entries of one time stay together, in the block where the first of them
 * falls. Entries may come in any order; at most 256 blocks.
 */
export function blocksOf(entryTimesMs: ArrayLike<number>, blocks: number): Uint8Array {
  const count = entryTimesMs.length;
  const order = Uint32Array.from({ length: count }, (_, index) => index).sort(
    (a, b) => entryTimesMs[a]! - entryTimesMs[b]! || a - b,
  );
  const result = new Uint8Array(count);
  let block = 0;
  for (let k = 0; k < count; k++) {
    if (k === 0 || entryTimesMs[order[k]!] !== entryTimesMs[order[k - 1]!]) block = Math.floor((k * blocks) / count);
    result[order[k]!] = block;
  }
  return result;
}

/** Sums of many parameter sets by block of time. */
export type BlockSums = BlockColumns;

/** Empty sums: 64 bytes per set and block. */
export function emptyBlockSums(sets: number, blocks: number): BlockSums {
  const column = (): Float64Array => new Float64Array(sets * blocks);
  return {
    sets,
    blocks,
    count: column(),
    wins: column(),
    objective: column(),
    total: column(),
    squares: column(),
    losingSquares: column(),
    gain: column(),
    loss: column(),
    objectiveTotals: new Float64Array(blocks),
  };
}

/** Sums that a search sampled from its ranked sets, as columns; `objectiveTotals` as in BlockSums. */
export function blockSumsOf({ count, blocks, sums }: SampledSets, objectiveTotals: ArrayLike<number>): BlockSums {
  const result = emptyBlockSums(count, blocks);
  const { total, squares, losingSquares, gain, loss, wins, objective } = result;
  const columns = [result.count, total, squares, losingSquares, gain, loss, wins, objective];
  for (let set = 0; set < count; set++)
    for (let block = 0; block < blocks; block++)
      for (const [k, column] of columns.entries())
        column[block * count + set] = sums[(set * blocks + block) * columns.length + k]!;
  result.objectiveTotals.set(objectiveTotals);
  return result;
}

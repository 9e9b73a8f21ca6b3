import { borrowCore } from "./instance.ts";
import { layOut } from "./layout.ts";

/** Rows whose activations are in the core at once. */
const chunkRows = 4096;

/** Component activations by row and the points taken off; see the table's `activations`. */
export interface ActivationColumns {
  readonly columns: readonly Float64Array[];
  readonly penalty: Float64Array;
}

/** A signal score scorer over one table's activations: a candidate weight set costs a dot product a row. */
export class Rescorer {
  private readonly layout;

  constructor(private readonly activations: ActivationColumns) {
    this.layout = layOut({
      activations: activations.columns.length * chunkRows * 8,
      weights: activations.columns.length * 8,
      penalties: chunkRows * 8,
      scores: chunkRows * 8,
    });
  }

  /** Scores of every row, whole numbers 0-100; `weights` in the order of the columns. */
  scores(weights: readonly number[]): Float64Array {
    const { columns, penalty } = this.activations;
    const { offsets: at, totalBytes } = this.layout;
    const { core, memory, release } = borrowCore(totalBytes, Number.POSITIVE_INFINITY);
    try {
      const floats = new Float64Array(memory.buffer);
      const scores = new Float64Array(penalty.length);
      floats.set(weights, at.weights / 8);
      for (let from = 0; from < penalty.length; from += chunkRows) {
        const to = Math.min(penalty.length, from + chunkRows);
        for (const [c, column] of columns.entries())
          floats.set(column.subarray(from, to), at.activations / 8 + c * chunkRows);
        floats.set(penalty.subarray(from, to), at.penalties / 8);
        core.rescore(at.activations, chunkRows * 8, columns.length, at.weights, at.penalties, to - from, at.scores);
        scores.set(floats.subarray(at.scores / 8, at.scores / 8 + to - from), from);
      }
      return scores;
    } finally {
      release();
    }
  }
}

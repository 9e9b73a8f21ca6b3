import type { Parameters, Space } from "../space/parameters.ts";
import type { SetReplayer } from "./setReplayer.ts";

/** One cell of the filter matrix: what the winner's exits and other filters give under these two thresholds. Returns in points. */
export interface MatrixCell {
  /** Minimum consensus of the cell. */
  readonly consensus: number;
  /** Minimum score of the cell. */
  readonly signal_score: number;
  /** Captured opportunities. */
  readonly n: number;
  /** Mean net return, percent of entry. */
  readonly avg_return: number;
  /** Sum of the net returns, percent of entry. */
  readonly total_return: number;
}

/** Consensus x signal score around the winner, in candidate order; empty if the space does not search both. */
export function filterMatrix(space: Space, winner: Parameters, replayer: SetReplayer): MatrixCell[] {
  const consensus = (space["min_indicator_consensus"] ?? []) as number[];
  const scores = (space["min_signal_score"] ?? []) as number[];
  return consensus.flatMap((level) =>
    scores.map((score) => {
      const { metrics } = replayer.figures({ ...winner, min_indicator_consensus: level, min_signal_score: score });
      return {
        consensus: level,
        signal_score: score,
        n: metrics.n,
        avg_return: metrics.avg_return,
        total_return: metrics.total_return,
      };
    }),
  );
}

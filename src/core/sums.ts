import * as abi from "./abi.ts";

/** Which kind of sums an objective is scored from. The total alone does not tell trades that made nothing from those that add up to it. */
export function sumsOf(objective: number, tellsNothing = false): number {
  switch (objective) {
    case abi.SQN:
      return abi.SQUARES;
    case abi.SORTINO:
      return abi.LOSS_SQUARES;
    case abi.PROFIT_FACTOR:
      return abi.GAINS_LOSSES;
    case abi.BALANCED:
      return abi.WINS;
    default:
      return tellsNothing ? abi.SQUARES : abi.SUMS;
  }
}

/** Statistics that a kind of sums keeps a cell and exit. */
export function statisticsOf(sums: number): number {
  return sums === abi.SUMS ? 1 : sums === abi.WINS ? 3 : 2;
}

/** What the flagging comparison multiplies with, for a cell of `n` trades; see assembly/flags.ts. */
export function weightOf(objective: number, n: number, captureRate: number): number {
  switch (objective) {
    case abi.EXPECTANCY:
      return n;
    case abi.EVIDENCE:
      return Math.sqrt(n);
    case abi.CAPTURE:
      return n / captureRate;
    case abi.SQN:
    case abi.SORTINO:
    case abi.BALANCED:
      return 1 / n;
    default:
      return 0;
  }
}

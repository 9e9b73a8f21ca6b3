import * as abi from "./abi.ts";

/** Which kind of sums an objective is scored from. */
export function sumsOf(objective: number): number {
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
      return abi.SUMS;
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

/** A kernel that flags what may reach a key, with its numbers; null where every rankable set may. */
export interface Prefilter {
  readonly kernel: "flagTotals" | "flagRatios" | "flagFactors" | "flagBalanced";
  readonly constant: number;
  readonly factor: number;
}

const slack = 1e-9;

/** The comparison that lets through every set whose ordering key is `key` or more. `mostTrades` and `mostCapture` are those of any cell. */
export function prefilterOf(
  objective: number,
  key: number,
  mostTrades: number,
  mostCapture: number,
): Prefilter | null {
  const below = key - slack * Math.max(1, Math.abs(key));
  switch (objective) {
    case abi.TOTAL:
    case abi.CALMAR:
      return Number.isFinite(key) ? { kernel: "flagTotals", constant: below, factor: 0 } : null;
    case abi.EXPECTANCY:
      return Number.isFinite(key) ? { kernel: "flagTotals", constant: -slack, factor: below } : null;
    case abi.CAPTURE:
      return key > 0 ? { kernel: "flagTotals", constant: -slack, factor: key * (1 - slack) } : null;
    case abi.SQN: {
      // mean / stdev * sqrt(n) >= key  <=>  total^2 * (1/key^2 + (1 - 1/key^2) / n) >= squares, for a total above 0.
      if (!(key > 0) || key >= abi.REPLAY_KEY) return null;
      const inverse = 1 / (key * key);
      return Number.isFinite(inverse)
        ? { kernel: "flagRatios", constant: inverse * (1 + slack), factor: (1 - inverse) * (1 + Math.sign(1 - inverse) * slack) }
        : null;
    }
    case abi.SORTINO: {
      const factor = (1 + slack) / (key * key);
      return key > 0 && Number.isFinite(factor) ? { kernel: "flagRatios", constant: 0, factor } : null;
    }
    case abi.PROFIT_FACTOR:
      return key > 0 ? { kernel: "flagFactors", constant: -slack, factor: key * (1 - slack) } : null;
    case abi.BALANCED: {
      if (key > abi.GAIN_KEY)
        return { kernel: "flagBalanced", constant: 100 * (key - abi.GAIN_KEY) - 15 * mostCapture - 1e-6, factor: 20 };
      return key === abi.GAIN_KEY ? { kernel: "flagTotals", constant: -2 * slack * mostTrades, factor: 0 } : null;
    }
    default:
      return null;
  }
}

import * as abi from "./abi.ts";

/** What is summed a cell and exit; see assembly/accumulate.ts. */
export type SumsKind =
  | typeof abi.SUMS
  | typeof abi.SQUARES
  | typeof abi.LOSS_SQUARES
  | typeof abi.GAINS_LOSSES
  | typeof abi.WINS
  | typeof abi.EVERYTHING;

const statistics: Readonly<Record<SumsKind, number>> = {
  [abi.SUMS]: 1,
  [abi.SQUARES]: 2,
  [abi.LOSS_SQUARES]: 2,
  [abi.GAINS_LOSSES]: 2,
  [abi.WINS]: 3,
  [abi.EVERYTHING]: 5,
};

/** Statistics that a kind of sums keeps a cell and exit. */
export function statisticsOf(sums: SumsKind): number {
  return statistics[sums];
}

/** The sums of a sweep. The total alone does not tell trades that made nothing from those that add up to it; with their squares it does. */
export function sumsOf({ sums }: { readonly sums: SumsKind }, tellsNothing = false): SumsKind {
  return sums === abi.SUMS && tellsNothing ? abi.SQUARES : sums;
}

/** Factors of the flagging comparison by name, for a cell of `n` trades; see assembly/flags.ts. */
const weights = {
  none: () => 0,
  trades: (n) => n,
  "root of trades": (n) => Math.sqrt(n),
  "trades by capture rate": (n, captureRate) => n / captureRate,
  "one by trades": (n) => 1 / n,
} satisfies Record<string, (n: number, captureRate: number) => number>;

export type Weight = keyof typeof weights;

/** What the flagging comparison multiplies with, for a cell of `n` trades. */
export function weightOf(weight: Weight, n: number, captureRate: number): number {
  return weights[weight](n, captureRate);
}

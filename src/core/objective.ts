import type * as abi from "./abi.ts";
import type { HalfScore } from "./halves.ts";
import type { SumsKind, Weight } from "./sums.ts";

/** The scores that the kernels know. */
export type ObjectiveCode =
  | typeof abi.TOTAL
  | typeof abi.EXPECTANCY
  | typeof abi.SQN
  | typeof abi.SORTINO
  | typeof abi.PROFIT_FACTOR
  | typeof abi.CAPTURE
  | typeof abi.CALMAR
  | typeof abi.BALANCED
  | typeof abi.EVIDENCE;

/** What the core has to know of an objective: plain data, which goes to every thread. */
export interface CoreObjective {
  readonly code: ObjectiveCode;
  /** What is summed a cell and exit. */
  readonly sums: SumsKind;
  /** What the comparison that flags cells multiplies with; see assembly/aim.ts. */
  readonly weight: Weight;
  /** Whether the ordering key is made with capture rates. */
  readonly needsCapture: boolean;
  /** How it is rated over halves of time. */
  readonly halves: HalfScore;
}

import type { Candles } from "../candles/candles.ts";
import type { SetFigures } from "../search/result.ts";
import type { TypeValidation } from "../validation/result.ts";
import type { Phase1 } from "./result.ts";

/** What `scan` answers: the opportunities it wrote and what they look like. */
export interface ScanResult {
  readonly opportunities: number;
  /** The file written. */
  readonly file: string;
  readonly phase1: Phase1;
}

/** What `simulate` answers: one parameter set, walked trade by trade. */
export interface SimulateResult extends SetFigures {
  readonly type: string;
  readonly opportunities: number;
  /** Nothing is left out: a trade that the data cannot finish ends with the data. */
  readonly left_out: 0;
  /** The file of trades that was written, or null. */
  readonly saved: string | null;
  readonly fingerprint: string;
}

/** What `validate` answers: phase 4's word on one parameter set of one type. */
export interface ValidateResult extends TypeValidation {
  readonly type: string;
  readonly opportunities: number;
  readonly fingerprint: string;
}

/** What `plan` answers: what a run would take, before it runs. */
export interface PlanResult {
  readonly types: readonly PlannedType[];
  /** The engine's fixed linear memory, a worker. */
  readonly linear_memory_bytes: number;
  readonly threads: number;
  /** Expected peak of the whole process. */
  readonly peak_rss_bytes: number;
  readonly expected_milliseconds: number;
}

export interface PlannedType {
  readonly type: string;
  readonly opportunities: number;
  readonly sets: number;
  readonly passes: number;
  readonly linear_memory_bytes: number;
}

/** What `rollback` answers: how the config came back. */
export interface RollbackResult {
  readonly file: string;
  /** `bytes`: the file is again what it was; `keys`: only our changed keys went back, because others changed it since. */
  readonly restored: "bytes" | "keys";
  readonly backup: string;
}

/** What `inspect` answers, a symbol a line. */
export type InspectedSymbol = Pick<
  Candles,
  "symbol" | "timeframeMs" | "firstOpenTimeMs" | "count" | "gaps" | "defects"
>;

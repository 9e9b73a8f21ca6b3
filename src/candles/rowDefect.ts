import type { ErrorCode } from "../errorCodes.ts";

/** A defect of one row: the rule it breaks, and the message's parts. */
export interface RowDefect {
  readonly code: ErrorCode;
  readonly rule: string;
  readonly found: string;
  readonly expected: string;
  /** Place of the value in `candleColumns`, where one value is wrong. */
  readonly column?: number;
  /** Whether `lenient` may drop the row. A row that cannot be placed in time is never dropped: it means that the file is not what it seems. */
  readonly isDroppable: boolean;
}

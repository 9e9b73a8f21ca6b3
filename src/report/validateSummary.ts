import type { ValidateResult } from "../run/answers.ts";
import { candleLines } from "./candleLines.ts";
import { decisionLine } from "./decisionText.ts";
import { ambiguousLines, evidenceLines, holeLines } from "./evidenceLines.ts";
import type { Paint } from "./paint.ts";
import { printableCopy } from "./printable.ts";
import { replayTable } from "./replayTable.ts";
import { signalLines } from "./signalLines.ts";
import { testRows } from "./testRows.ts";
import { gateLines, verdictLines } from "./typeSection.ts";
import { warningLines } from "./warningLines.ts";

/** Phase 4's verdict on one parameter set: verdict, reason, tests, gate. */
export function validateSummary(result: ValidateResult, paint: Paint): string {
  const shown = printableCopy(result);
  const lines = [
    ...decisionLine(shown.type, shown.decision, paint),
    ...verdictLines(shown.type, shown, paint),
    ...candleLines(shown.candles),
    ...replayTable(shown.replays, paint),
    ...ambiguousLines(shown.replays),
    ...holeLines(shown.replays),
    ...testRows(shown.tests, paint),
    ...evidenceLines(shown),
    ...gateLines(shown, paint),
    ...signalLines(shown.signals),
    ...warningLines(shown.warnings),
  ];
  return `${lines.join("\n")}\n`;
}

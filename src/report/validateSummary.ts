import type { ValidateResult } from "../run/answers.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import { candleLines } from "./candleLines.ts";
import { decisionLine } from "./decisionText.ts";
import { ambiguousLines, evidenceLines, holeLines } from "./evidenceLines.ts";
import { reportWidth } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { printableCopy } from "./printable.ts";
import { replayTable } from "./replayTable.ts";
import { signalLines } from "./signalLines.ts";
import { testRows } from "./testRows.ts";
import { gateLines, verdictLines } from "./typeSection.ts";
import { warningLines } from "./warningLines.ts";

/** Phase 4's verdict on one parameter set: verdict, reason, tests, gate. */
export function validateSummary(result: ValidateResult, paint: Paint, texts: Texts = en): string {
  const shown = printableCopy(result);
  const lines = [
    ...decisionLine(shown.type, shown.decision, paint, texts),
    ...verdictLines(shown.type, shown, paint, texts),
    ...candleLines(shown.candles, reportWidth, texts),
    ...replayTable(shown.replays, paint, texts),
    ...ambiguousLines(shown.replays, texts),
    ...holeLines(shown.replays, texts),
    ...testRows(shown.tests, paint, texts),
    ...evidenceLines(shown, texts),
    ...gateLines(shown, paint, texts),
    ...signalLines(shown.signals, reportWidth, texts),
    ...warningLines(shown.warnings, reportWidth, texts),
  ];
  return `${lines.join("\n")}\n`;
}

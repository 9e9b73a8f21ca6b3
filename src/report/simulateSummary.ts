import type { SimulatedSet } from "../run/answers.ts";
import { en, type Texts } from "../words/catalogue/en.ts";
import { candleLines } from "./candleLines.ts";
import { innerLabel, paragraph, reportWidth } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { portfolioTexts } from "./portfolioLines.ts";
import { printableCopy } from "./printable.ts";
import { setLines } from "./setLines.ts";
import { signalLines } from "./signalLines.ts";
import { warningLines } from "./warningLines.ts";

/** One parameter set, simulated trade by trade, and where its trades were written. */
export function simulateSummary(result: SimulatedSet, paint: Paint, texts: Texts = en): string {
  const { evidence: words } = texts;
  const shown = printableCopy(result);
  const notEntered = shown.not_entered ?? 0;
  const crossing = shown.left_out - notEntered;
  const lines = [
    ...paragraph(
      `${paint.bold(shown.type)}  `,
      words.simulated(shown.metrics.n, shown.opportunities) +
        (crossing > 0 ? words.acrossUnits(crossing) : "") +
        (notEntered > 0 ? words.notEntered(notEntered) : ""),
    ),
    ...candleLines(shown.candles, reportWidth, texts),
    ...setLines(shown, texts),
    ...(shown.portfolio
      ? portfolioTexts(shown.portfolio, texts).flatMap(([label, text]) => paragraph(innerLabel(label), text))
      : []),
    ...(shown.saved === null ? [] : paragraph(innerLabel(words.trades), shown.saved)),
    ...signalLines(shown.signals, reportWidth, texts),
    ...warningLines(shown.warnings, reportWidth, texts),
  ];
  return `${lines.join("\n")}\n`;
}

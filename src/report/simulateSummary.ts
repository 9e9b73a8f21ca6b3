import type { SimulatedSet } from "../run/answers.ts";
import { count, counted } from "../words/figures.ts";
import { candleLines } from "./candleLines.ts";
import { paragraph } from "./lines.ts";
import type { Paint } from "./paint.ts";
import { printableCopy } from "./printable.ts";
import { setLines } from "./setLines.ts";
import { signalLines } from "./signalLines.ts";
import { warningLines } from "./warningLines.ts";

/** One parameter set, simulated trade by trade, and where its trades were written. */
export function simulateSummary(result: SimulatedSet, paint: Paint): string {
  const shown = printableCopy(result);
  const notEntered = shown.not_entered ?? 0;
  const crossing = shown.left_out - notEntered;
  const lines = [
    ...paragraph(
      `${paint.bold(shown.type)}  `,
      `${counted(shown.metrics.n, "trade")} of ${counted(shown.opportunities, "opportunity", "opportunities")}` +
        (crossing > 0 ? `, ${count(crossing)} left out across a change of unit` : "") +
        (notEntered > 0 ? `, ${count(notEntered)} left out without a next candle to enter at` : ""),
    ),
    ...candleLines(shown.candles),
    ...setLines(shown),
    ...(shown.saved === null ? [] : paragraph("  Trades     ", shown.saved)),
    ...signalLines(shown.signals),
    ...warningLines(shown.warnings),
  ];
  return `${lines.join("\n")}\n`;
}

import { fitted } from "../../report/brief/screen.ts";
import { commandLineOnly, flag, required } from "../flag.ts";
import { flags } from "../flags.ts";
import { ceilingRow, entryRow, forceRow, labelRows, legacyRow, lenientRow, marketRows } from "../groups.ts";
import { text } from "../values.ts";
import { verb } from "../verb.ts";

const outFile = commandLineOnly(required(flag("out", "out", "FILE", "text", text)));

/** Phase 1 alone. */
export const scan = verb({
  name: "scan",
  summary: "Phase 1 only: candles in, opportunities out.",
  usage: "--candles DIR --out opportunities.csv [flags]",
  groups: [
    {
      title: "Files",
      rows: [
        { flags: [flags.candles], help: "folder of SYMBOL-TIMEFRAME.csv" },
        { flags: [outFile], help: "CSV file of opportunities to write" },
        forceRow,
      ],
    },
    {
      title: "Market",
      rows: [...marketRows, entryRow, ...labelRows, lenientRow, ceilingRow, legacyRow],
    },
  ],
  example: "sluice scan --candles data --out opportunities.csv --symbols BTCUSDT,ETHUSDT",
  async run(request, session) {
    const { scan } = await import("../../library/calls.ts");
    const { scanSummary } = await import("../../report/scanSummary.ts");
    session.answer(await scan(request, session.options), fitted(scanSummary));
    return 0;
  },
});

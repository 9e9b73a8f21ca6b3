import { fitted } from "../../report/brief/screen.ts";
import { commandLineOnly, repeatable, required } from "../flag.ts";
import { flags } from "../flags.ts";
import { breakRow, forceRow, lenientRow, zoneRow } from "../groups.ts";
import { verb } from "../verb.ts";

// What is read and written belongs to one call: the candles and the report folder of a run's defaults would surprise.
const sources = {
  ...commandLineOnly(required(repeatable("candles", "candles", "DIR|FILE"))),
  isVariadic: true,
} as const;
const outFolder = commandLineOnly(required(flags.out));

/** Candle files as Sluice's own. */
export const convert = verb({
  name: "convert",
  summary: "Writes candle files of any form as Sluice's own CSV, joined and resampled if wanted.",
  usage: "--candles DIR|FILE... --out DIR [flags]",
  groups: [
    {
      title: "Files",
      rows: [
        { flags: [sources], help: "candle files, or folders of them" },
        { flags: [outFolder], help: "folder for SYMBOL-TIMEFRAME.csv; not one that is read" },
        forceRow,
      ],
    },
    {
      title: "Market",
      rows: [
        { flags: [flags.timeframe], help: "candle length; made of a smaller one if need be (default each file's)" },
        { flags: [flags.symbols], help: "only these symbols (default all)" },
        { flags: [flags.from], help: "start: ISO date, ISO time or epoch ms" },
        { flags: [flags.to], help: "end: ISO date, ISO time or epoch ms" },
        zoneRow,
        breakRow,
        lenientRow,
      ],
    },
  ],
  example: "sluice convert --candles downloads/BTCUSDT-1m-*.csv --timeframe 15m --out data",
  async run(request, session) {
    const { convert } = await import("../../library/calls.ts");
    const { convertSummary } = await import("../../report/convertSummary.ts");
    session.answer(await convert(request, session.options), fitted(convertSummary));
    return 0;
  },
});

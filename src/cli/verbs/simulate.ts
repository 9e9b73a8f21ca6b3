import { flags } from "../flags.ts";
import {
  ceilingRow,
  forceRow,
  labelRows,
  lenientRow,
  marketRows,
  signalTimeframeRow,
  tradeGroup,
  typeRow,
} from "../groups.ts";
import { verb } from "../verb.ts";

/** One parameter set, walked trade by trade. */
export const simulate = verb({
  name: "simulate",
  summary: "Simulates one parameter set trade by trade.",
  usage: "--opportunities FILE --candles DIR --params FILE [flags]",
  groups: [
    {
      title: "Files",
      rows: [
        { flags: [flags.opportunities], help: "opportunities or your own signals, CSV or JSON" },
        { flags: [flags.candles], help: "folder of SYMBOL-TIMEFRAME.csv" },
        { flags: [flags.params], help: "parameter set, one value per parameter, JSON" },
        { flags: [flags.trades], help: "write every trade to this CSV file" },
        forceRow,
        typeRow,
        signalTimeframeRow,
      ],
    },
    tradeGroup,
    { title: "Market", rows: [...marketRows, ...labelRows, lenientRow, ceilingRow] },
  ],
  example: "sluice simulate --opportunities signals.csv --candles data --params set.json --trades t.csv",
  async run(request, session) {
    const { simulate } = await import("../../library/calls.ts");
    const { simulateSummary } = await import("../../report/simulateSummary.ts");
    session.answer(await simulate(request, session.options), simulateSummary);
    return 0;
  },
});

import { briefly } from "../../report/brief/screen.ts";
import { flags } from "../flags.ts";
import {
  ceilingRow,
  forceRow,
  marketGroup,
  reportRow,
  signalTimeframeRow,
  tableRows,
  tradeGroup,
  typeRow,
} from "../groups.ts";

import { withPortfolio } from "../portfolio.ts";
import { portfolioGroup } from "../portfolioGroups.ts";
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
        ...tableRows,
        { flags: [flags.params], help: "parameter set, one value per parameter, JSON" },
        { flags: [flags.trades], help: "write every trade to this CSV file" },
        reportRow,
        forceRow,
        typeRow,
        signalTimeframeRow,
      ],
    },
    tradeGroup,
    portfolioGroup,
    { ...marketGroup, rows: [...marketGroup.rows, ceilingRow] },
  ],
  example: "sluice simulate --opportunities signals.csv --candles data --params set.json --trades t.csv",
  async run(request, session) {
    const { simulate } = await import("../../library/calls.ts");
    const { simulateBrief } = await import("../../report/brief/simulateBrief.ts");
    const { simulateSummary } = await import("../../report/simulateSummary.ts");
    // A file is the place for them.
    const { trades: _, ...result } = await simulate(withPortfolio(request), session.options);
    session.answer(result, briefly(simulateBrief, simulateSummary, request.report));
    return 0;
  },
});

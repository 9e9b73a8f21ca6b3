import { defaultTop } from "../../run/defaults.ts";
import { required } from "../flag.ts";
import { flags } from "../flags.ts";
import {
  constraintRows,
  engineRows,
  labelRows,
  lenientRow,
  marketRows,
  objectiveRow,
  signalTimeframeRow,
  tradeGroup,
  typeRow,
} from "../groups.ts";
import { verb } from "../verb.ts";

/** What a search would need, before it runs. */
export const plan = verb({
  name: "plan",
  summary: "Shows what a search would need before it runs: sets, memory by region, passes, time and peak RSS.",
  usage: "--opportunities FILE --candles DIR --space FILE [flags]",
  groups: [
    {
      title: "Files",
      rows: [
        { flags: [flags.opportunities], help: "opportunities or your own signals, CSV or JSON" },
        { flags: [flags.candles], help: "folder of SYMBOL-TIMEFRAME.csv" },
        { flags: [required(flags.space)], help: "parameter space, JSON" },
        signalTimeframeRow,
      ],
    },
    {
      title: "Search",
      rows: [
        typeRow,
        objectiveRow,
        { flags: [flags.top], help: `length of the leaderboard (default ${defaultTop.plan})` },
        ...constraintRows,
        ...engineRows,
      ],
    },
    tradeGroup,
    { title: "Market", rows: [...marketRows, ...labelRows, lenientRow] },
  ],
  example: "sluice plan --opportunities signals.csv --candles data --space space.json --memory 8mb",
  async run(request, session) {
    const { plan } = await import("../../library/calls.ts");
    const { planSummary } = await import("../../report/planSummary.ts");
    session.answer(await plan(request, session.options), planSummary);
    return 0;
  },
});

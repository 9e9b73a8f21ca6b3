import { required } from "../flag.ts";
import { flags } from "../flags.ts";
import { constraintRows, engineRows, labelRows, lenientRow, marketRows, tradeGroup } from "../groups.ts";
import { verb } from "../verb.ts";

/** What a search would take, before it runs. */
export const plan = verb({
  name: "plan",
  summary: "What a search would take, before it runs: sets, memory region by region, passes, time and peak RSS.",
  usage: "--opportunities FILE --candles DIR --space FILE [flags]",
  groups: [
    {
      title: "Files",
      rows: [
        { flags: [flags.opportunities], help: "opportunities or your own signals, CSV or JSON" },
        { flags: [flags.candles], help: "folder of SYMBOL-TIMEFRAME.csv" },
        { flags: [required(flags.space)], help: "parameter space, JSON" },
      ],
    },
    {
      title: "Search",
      rows: [
        { flags: [flags.type], help: "signal type (the only one there is)" },
        { flags: [flags.objective], help: "total, expectancy, sqn, sortino, profit_factor, capture, calmar, balanced" },
        { flags: [flags.top], help: "length of the leaderboard (10)" },
        ...constraintRows,
        ...engineRows,
      ],
    },
    tradeGroup,
    { title: "Market", rows: [...marketRows, ...labelRows, lenientRow] },
  ],
  example: "sluice plan --opportunities signals.csv --candles data --space space.json --memory 8mb",
  async run({ objective = "balanced", top = 10, ...request }, session) {
    const { plan } = await import("../../library/calls.ts");
    const { planSummary } = await import("../../report/planSummary.ts");
    session.answer(await plan({ ...request, objective, top }, session.options), planSummary);
    return 0;
  },
});

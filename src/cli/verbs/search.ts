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

/** One exhaustive search. */
export const search = verb({
  name: "search",
  summary: "One exhaustive search: every parameter set of a space, ranked exactly.",
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
        { flags: [flags.top], help: `length of the leaderboard (default ${defaultTop.search})` },
        ...constraintRows,
        ...engineRows,
      ],
    },
    tradeGroup,
    { title: "Market", rows: [...marketRows, ...labelRows, lenientRow] },
  ],
  example: "sluice search --opportunities signals.csv --candles data --space space.json --top 5",
  async run(request, session) {
    const { search } = await import("../../library/calls.ts");
    const { searchSummary } = await import("../../report/searchSummary.ts");
    session.answer(await search(request, session.options), searchSummary);
    return 0;
  },
});

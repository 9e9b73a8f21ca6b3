import { briefly } from "../../report/brief/screen.ts";
import { defaultTop } from "../../run/defaults.ts";
import { flags } from "../flags.ts";
import { forceRow, reportRow, searchGroups } from "../groups.ts";

import { withPortfolio } from "../portfolio.ts";
import { rankedPortfolioGroup } from "../portfolioGroups.ts";
import { verb } from "../verb.ts";

/** One exhaustive search. */
export const search = verb({
  name: "search",
  summary: "One exhaustive search: every parameter set of a space, ranked exactly.",
  usage: "--opportunities FILE --candles DIR --space FILE [flags]",
  groups: [
    ...searchGroups(defaultTop.search),
    rankedPortfolioGroup,
    {
      title: "Result",
      rows: [
        { flags: [flags.saveBest], help: "parameter file to write with the best set, for validate and simulate" },
        { flags: [flags.all], help: "write every set with its figures to this .csv or .parquet file" },
        reportRow,
        forceRow,
      ],
    },
  ],
  example: "sluice search --opportunities signals.csv --candles data --space s.json --top 5",
  notifies: true,
  async run(request, session) {
    const { search } = await import("../../library/calls.ts");
    const { searchBrief } = await import("../../report/brief/searchBrief.ts");
    const { searchSummary } = await import("../../report/searchSummary.ts");
    session.answer(
      await search(withPortfolio(request), session.options),
      briefly(searchBrief, searchSummary, request.report),
    );
    return 0;
  },
});

import { fitted } from "../../report/brief/screen.ts";
import { defaultTop } from "../../run/defaults.ts";
import { flags } from "../flags.ts";
import { searchGroups } from "../groups.ts";

import { withPortfolio } from "../portfolio.ts";
import { rankedPortfolioGroup } from "../portfolioGroups.ts";
import { verb } from "../verb.ts";

/** What a search would need, before it runs. */
export const plan = verb({
  name: "plan",
  summary: "Shows what a search would need before it runs: memory by region, passes, time, peak RSS.",
  usage: "--opportunities FILE --candles DIR --space FILE [flags]",
  groups: [
    ...searchGroups(defaultTop.plan),
    rankedPortfolioGroup,
    {
      title: "Parts",
      rows: [{ flags: [flags.parts], help: "also what the search would take in N parts, and whether that pays" }],
    },
  ],
  example: "sluice plan --opportunities signals.csv --candles data --space space.json --memory 8mb",
  async run(request, session) {
    const { plan } = await import("../../library/calls.ts");
    const { planSummary } = await import("../../report/planSummary.ts");
    session.answer(await plan(withPortfolio(request), session.options), fitted(planSummary));
    return 0;
  },
});

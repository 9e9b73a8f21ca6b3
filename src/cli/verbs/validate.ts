import { briefly } from "../../report/brief/screen.ts";
import { strictExit } from "../exits.ts";
import { required } from "../flag.ts";
import { flags } from "../flags.ts";
import {
  constraintRows,
  engineRows,
  forceRow,
  marketGroup,
  objectiveRow,
  reportRow,
  signalTimeframeRow,
  stageRows,
  strictRow,
  tableRows,
  tradeGroup,
  verdictRows,
} from "../groups.ts";

import { withPortfolio } from "../portfolio.ts";
import { portfolioRows, rankRows } from "../portfolioGroups.ts";
import { verb } from "../verb.ts";

/** Phase 4 alone. */
export const validate = verb({
  name: "validate",
  summary: "Phase 4 only: can this parameter set be trusted?",
  usage: "--opportunities FILE --candles DIR --params FILE --type T [flags]",
  groups: [
    {
      title: "Files",
      rows: [
        ...tableRows,
        { flags: [flags.params], help: "the parameter set to test, JSON" },
        { flags: [flags.current], help: "the set it would replace, JSON (default none)" },
        { flags: [flags.space], help: "the space the set came from, JSON (default: built in)" },
        { flags: [required(flags.type)], help: "signal type" },
        signalTimeframeRow,
        reportRow,
        forceRow,
        strictRow,
      ],
    },
    { title: "Verdict", rows: [objectiveRow, ...constraintRows, ...stageRows, ...verdictRows, ...engineRows] },
    tradeGroup,
    { title: "Portfolio", rows: [...portfolioRows, ...rankRows] },
    marketGroup,
  ],
  example: "sluice validate --opportunities signals.csv --candles data --params set.json --type swing",
  notifies: true,
  async run({ strict, ...request }, session) {
    const { validate } = await import("../../library/calls.ts");
    const { validateBrief } = await import("../../report/brief/validateBrief.ts");
    const { validateSummary } = await import("../../report/validateSummary.ts");
    const result = await validate(withPortfolio(request), session.options);
    session.answer(result, briefly(validateBrief, validateSummary, request.report));
    return strictExit(strict, [result.verdict]);
  },
});

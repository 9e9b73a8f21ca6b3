import { strictExit } from "../exits.ts";
import { required } from "../flag.ts";
import { flags } from "../flags.ts";
import { constraintRows, engineRows, labelRows, lenientRow, marketRows, tradeGroup } from "../groups.ts";
import { verb } from "../verb.ts";

/** Phase 4 alone. */
export const validate = verb({
  name: "validate",
  summary: "Phase 4 alone: may this parameter set be believed?",
  usage: "--opportunities FILE --candles DIR --params FILE --type T [flags]",
  groups: [
    {
      title: "Files",
      rows: [
        { flags: [flags.opportunities, flags.candles], help: "opportunities or signals; folder of candles" },
        { flags: [flags.params, flags.current], help: "the set to judge; the set that it would replace" },
        { flags: [flags.space], help: "the space that the set came from (built in)" },
        { flags: [required(flags.type)], help: "signal type" },
        { flags: [flags.strict], help: "exit code 5 unless the verdict is PASSED or WARNING" },
      ],
    },
    {
      title: "Verdict",
      rows: [
        ...constraintRows,
        { flags: [flags.margin, flags.maxOpen], help: "points by which it must win (0); open positions (no limit)" },
        { flags: [flags.rolling], help: "walk-forward windows train on the span before alone" },
        { flags: [flags.seed], help: "seed of all sampling (1)" },
        ...engineRows,
      ],
    },
    tradeGroup,
    { title: "Market", rows: [...marketRows, ...labelRows, lenientRow] },
  ],
  example: "sluice validate --opportunities signals.csv --candles data --params set.json --type swing",
  async run({ strict, ...request }, session) {
    const { validate } = await import("../../library/calls.ts");
    const { validateSummary } = await import("../../report/validateSummary.ts");
    const result = await validate(request, session.options);
    session.answer(result, validateSummary);
    return strictExit(strict, [result.verdict]);
  },
});

import { strictExit } from "../exits.ts";
import { flags } from "../flags.ts";
import { constraintRows, engineRows, labelRows, lenientRow, marketRows, tradeGroup } from "../groups.ts";
import { verb } from "../verb.ts";

/** The whole run. */
export const optimize = verb({
  name: "optimize",
  summary: "The whole run: scan, search, validate, and save to the bot's config what can be believed.",
  usage: "--candles DIR [--config FILE] [--out DIR] [flags]",
  groups: [
    {
      title: "Files",
      rows: [
        { flags: [flags.candles, flags.signals], help: "candles; your own signals instead of the scanner" },
        { flags: [flags.configs], help: "the bot's config to improve; repeat for several bots" },
        { flags: [flags.space, flags.suggest], help: "parameter space (built in); further starting points" },
        { flags: [flags.out], help: "folder for result.json and report.txt" },
        { flags: [flags.dryRun, flags.allowStale], help: "save nothing; save though candles end a day ago or more" },
        { flags: [flags.strict], help: "unless PASSED or WARNING: save nothing, exit code 5" },
      ],
    },
    {
      title: "Market",
      rows: [
        ...marketRows,
        ...labelRows,
        {
          flags: [flags.universe, flags.legacyActivations],
          help: "all or objective; either direction: the older system",
        },
        lenientRow,
      ],
    },
    tradeGroup,
    {
      title: "Search and verdict",
      rows: [
        ...constraintRows,
        { flags: [flags.coarseCombos, flags.fineCombos], help: "sets a start may test in a stage (all)" },
        { flags: [flags.margin], help: "percent points a trade by which new must beat current (0)" },
        { flags: [flags.maxOpen], help: "open positions over all symbols in replays (no limit)" },
        { flags: [flags.rolling], help: "walk-forward windows train on the span before alone" },
        { flags: [flags.seed], help: "seed of all sampling (1)" },
        ...engineRows,
      ],
    },
  ],
  example: "sluice optimize --candles data/candles --config bot/learning_config.json --dry-run",
  async run(request, session) {
    const { optimize } = await import("../../library/calls.ts");
    const { optimizeSummary } = await import("../../report/summary.ts");
    const result = await optimize(request, session.options);
    session.answer(result, (shown, paint) => optimizeSummary(shown, paint, request.out));
    return strictExit(
      request.strict,
      result.runs.map((run) => run.phase4.overall),
    );
  },
});

import { defaults } from "../../run/defaults.ts";
import { strictExit } from "../exits.ts";
import { flags } from "../flags.ts";
import {
  forceRow,
  labelRows,
  legacyRow,
  lenientRow,
  mapRow,
  marketRows,
  reportRow,
  runGroup,
  signalTimeframeRow,
  strictRow,
  tradeGroup,
} from "../groups.ts";

import { withPortfolio } from "../portfolio.ts";
import { portfolioRows, rankRows } from "../portfolioGroups.ts";
import { verb } from "../verb.ts";

/** The whole run. */
export const optimize = verb({
  name: "optimize",
  summary: "The whole run: scan, search, validate, and save the parameters that pass to the bot's config.",
  usage: "--candles DIR [--config FILE] [--out DIR] [flags]",
  groups: [
    {
      title: "Files",
      rows: [
        { flags: [flags.candles], help: "folder of SYMBOL-TIMEFRAME.csv" },
        { flags: [flags.signals], help: "your own signals, CSV or JSON (default: scan the candles)" },
        { flags: [flags.snapshots], help: "the older bot's daily snapshots, a folder (instead of signals)" },
        signalTimeframeRow,
        { flags: [flags.configs], help: "the bot's config to update; repeat for several bots" },
        mapRow,
        { flags: [flags.space], help: "parameter space, JSON (default: built in)" },
        { flags: [flags.suggest], help: "additional starting points, JSON" },
        {
          flags: [flags.group],
          help: "own parameters by symbol, or by groups of symbols: JSON (default: the same for all)",
        },
        { flags: [flags.out], help: "folder for result.json, report.txt and report.html" },
        reportRow,
        forceRow,
        { flags: [flags.dryRun], help: "save nothing" },
        { flags: [flags.allowStale], help: "save even if the newest candle is more than a day old" },
        strictRow,
      ],
    },
    {
      title: "Market",
      rows: [
        ...marketRows,
        ...labelRows,
        {
          flags: [flags.universe],
          help: `opportunities to search: all, or objective as the older system did (default ${defaults.universe})`,
        },
        legacyRow,
        lenientRow,
      ],
    },
    tradeGroup,
    { title: "Portfolio", rows: [...portfolioRows, ...rankRows] },
    runGroup,
  ],
  example: "sluice optimize --candles data/candles --config bot/learning_config.json --dry-run",
  notifies: true,
  async run(request, session) {
    const { optimize } = await import("../../library/calls.ts");
    const { optimizeReport, reportPlaces } = await import("../../report/brief/report.ts");
    const result = await optimize(withPortfolio(request), session.options);
    session.answer(result, (shown, paint, screen) =>
      optimizeReport(shown, paint, { ...screen, ...reportPlaces(request), nowMs: Date.now() }),
    );
    return strictExit(
      request.strict,
      result.runs.map((run) => run.phase4.overall),
    );
  },
});

import { formatTimeframe } from "../../candles/timeframe.ts";
import { fitted } from "../../report/brief/screen.ts";
import { defaults } from "../../run/defaults.ts";
import { commandLineOnly, flag } from "../flag.ts";
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
  tradeGroup,
} from "../groups.ts";

import { withPortfolio } from "../portfolio.ts";
import { portfolioRows, rankRows } from "../portfolioGroups.ts";
import { text } from "../values.ts";
import { verb } from "../verb.ts";

const config = commandLineOnly(flag("config", "config", "FILE", "text", text));

/** The nightly decision, replayed. */
export const rehearse = verb({
  name: "rehearse",
  summary: "Replays the nightly decision over the past: what following it would have earned.",
  usage: "--candles DIR [--config FILE] [--every 7d] [--window 60d] [flags]",
  groups: [
    {
      title: "Nights",
      rows: [
        { flags: [flags.every], help: `time between two nights (default ${formatTimeframe(defaults.everyMs)})` },
        { flags: [flags.window], help: `how far a night looks back (default ${formatTimeframe(defaults.windowMs)})` },
        {
          flags: [flags.nullCopies],
          help: `also rehearse N copies with shuffled days; each takes as long again (default ${defaults.nullCopies})`,
        },
      ],
    },
    {
      title: "Files",
      rows: [
        { flags: [flags.candles], help: "folder of SYMBOL-TIMEFRAME.csv" },
        { flags: [flags.signals], help: "your own signals, CSV or JSON (default: scan the candles)" },
        { flags: [flags.snapshots], help: "the older bot's daily snapshots, a folder (instead of signals)" },
        signalTimeframeRow,
        { flags: [config], help: "the config that the first night starts from, read only (default none)" },
        mapRow,
        { flags: [flags.space], help: "parameter space, JSON (default: built in)" },
        { flags: [flags.suggest], help: "additional starting points, JSON" },
        reportRow,
        forceRow,
      ],
    },
    { title: "Market", rows: [...marketRows, ...labelRows, legacyRow, lenientRow] },
    tradeGroup,
    { title: "Portfolio", rows: [...portfolioRows, ...rankRows] },
    runGroup,
  ],
  example: "sluice rehearse --candles data/candles --config bot/learning_config.json --every 7d",
  notifies: true,
  async run(request, session) {
    const { rehearse } = await import("../../library/calls.ts");
    const { answerText, rehearseSummary } = await import("../../report/rehearseSummary.ts");
    session.answer(await rehearse(withPortfolio(request), session.options), fitted(rehearseSummary, answerText));
    return 0;
  },
});

import { formatTimeframe } from "../../candles/timeframe.ts";
import { defaults } from "../../run/defaults.ts";
import { commandLineOnly, flag } from "../flag.ts";
import { flags } from "../flags.ts";
import { labelRows, legacyRow, lenientRow, marketRows, runGroup, signalTimeframeRow, tradeGroup } from "../groups.ts";
import { text } from "../values.ts";
import { verb } from "../verb.ts";

const config = commandLineOnly(flag("config", "config", "FILE", "text", text));

/** The nightly decision, replayed. */
export const rehearse = verb({
  name: "rehearse",
  summary: "The nightly decision replayed over the past: what following it would have made. Writes nothing.",
  usage: "--candles DIR [--config FILE] [--every 7d] [--window 60d] [flags]",
  groups: [
    {
      title: "Nights",
      rows: [
        { flags: [flags.every], help: `between two nights (${formatTimeframe(defaults.everyMs)})` },
        { flags: [flags.window], help: `what a night looks back at (${formatTimeframe(defaults.windowMs)})` },
        {
          flags: [flags.nullCopies],
          help: `rehearse N copies with shuffled days too, a run's time each (${defaults.nullCopies})`,
        },
      ],
    },
    {
      title: "Files",
      rows: [
        { flags: [flags.candles], help: "folder of SYMBOL-TIMEFRAME.csv" },
        { flags: [flags.signals], help: "your own signals instead of the scanner" },
        signalTimeframeRow,
        { flags: [config], help: "the config that the first night finds; only read (none)" },
        { flags: [flags.space], help: "parameter space, JSON (built in)" },
        { flags: [flags.suggest], help: "further starting points, JSON" },
      ],
    },
    { title: "Market", rows: [...marketRows, ...labelRows, legacyRow, lenientRow] },
    tradeGroup,
    runGroup,
  ],
  example: "sluice rehearse --candles data/candles --config bot/learning_config.json --every 7d",
  async run(request, session) {
    const { rehearse } = await import("../../library/calls.ts");
    const { rehearseSummary } = await import("../../report/rehearseSummary.ts");
    session.answer(await rehearse(request, session.options), rehearseSummary);
    return 0;
  },
});

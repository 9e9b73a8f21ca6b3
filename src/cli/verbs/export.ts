import { fitted } from "../../report/brief/screen.ts";
import { exportFormatNames, exportFormats } from "../../run/exportFormats.ts";
import { commandLineOnly, flag, required } from "../flag.ts";
import { flags } from "../flags.ts";
import { forceRow, mapRow } from "../groups.ts";
import { oneOf, text } from "../values.ts";
import { verb } from "../verb.ts";

const format = commandLineOnly(required(flag("format", "format", "FORMAT", "text", oneOf(...exportFormatNames))));
const params = commandLineOnly(flag("params", "paramsFile", "FILE", "text", text));
const runFile = commandLineOnly(flag("run", "runFile", "RESULT", "text", text));
const config = commandLineOnly(flag("config", "config", "FILE", "text", text));
const strategy = flag("strategy", "strategy", "NAME", "text", text);
const outFile = commandLineOnly(required(flag("out", "out", "FILE", "text", text)));

/** A set in the format of another program. */
export const exportVerb = verb({
  name: "export",
  summary: "Writes a parameter set in the format of another program.",
  usage: "--format FORMAT (--params FILE | --run RESULT) --out FILE [flags]",
  groups: [
    {
      title: "Files",
      rows: [
        {
          flags: [format],
          help: "format of the file",
          choices: exportFormats,
        },
        { flags: [params], help: "parameter set, JSON" },
        { flags: [runFile], help: "result of optimize (what it applies) or of search (its best), JSON" },
        { flags: [flags.type], help: "signal type of the result (default: the only one)" },
        { flags: [config], help: "which config's run of the result (default: the only one)" },
        { flags: [outFile], help: "file to write" },
        forceRow,
      ],
    },
    {
      title: "freqtrade",
      rows: [
        { flags: [strategy], help: "class name of the strategy" },
        mapRow,
        { flags: [flags.maxOpen], help: "also write max_open_trades" },
        { flags: [flags.timeframe], help: "candle length, for the command that checks the file" },
        { flags: [flags.from], help: "start, for the same (default: of the result's candles)" },
        { flags: [flags.to], help: "end, for the same" },
        { flags: [flags.fee], help: "fee per side, as a fraction, for the same" },
        { flags: [flags.slippage], help: "slippage per side, as a fraction, added to the fee" },
      ],
    },
  ],
  example: "sluice export --format freqtrade --strategy Dip --params set.json --out strategies/Dip.json",
  async run(request, session) {
    const { exportParameters } = await import("../../library/calls.ts");
    const { exportSummary } = await import("../../report/exportSummary.ts");
    session.answer(await exportParameters(request, session.options), fitted(exportSummary));
    return 0;
  },
});

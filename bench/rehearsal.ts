// `npm run rehearse:plot`: a rehearsal over a folder of candles, its table and its equity curve.
import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { plainPaint, type RehearseResult, rehearse, rehearseSummary } from "./engine.ts";
import { equityPlot } from "./equityPlot.ts";

const usage = `npm run rehearse:plot -- --candles DIR [flags]
  --candles DIR     folder of SYMBOL-TIMEFRAME.csv files of 15 minutes
  --config FILE     the config that the first night finds (none)
  --every DAYS      days between two nights (7)
  --window DAYS     days that a night looks back at (60)
  --null-copies N   copies with shuffled days (0)
  --result FILE     draws what \`sluice rehearse --json\` printed, in place of a rehearsal
  --plot FILE       where the curve goes (docs/plots/rehearsal.svg)
`;
const { values } = parseArgs({
  options: {
    candles: { type: "string" },
    config: { type: "string" },
    every: { type: "string", default: "7" },
    window: { type: "string", default: "60" },
    "null-copies": { type: "string", default: "0" },
    result: { type: "string" },
    plot: { type: "string", default: "docs/plots/rehearsal.svg" },
    help: { type: "boolean", default: false },
  },
});

const dayMs = 86_400_000;
const { candles, config, result: kept } = values;
if (values.help || (candles === undefined && kept === undefined)) process.stdout.write(usage);
else {
  const result =
    kept === undefined ? await rehearsed(candles!) : (JSON.parse(await readFile(kept, "utf8")) as RehearseResult);
  await writeFile(values.plot, equityPlot(result));
  process.stdout.write(rehearseSummary(result, plainPaint));
}

function rehearsed(folder: string): Promise<RehearseResult> {
  return rehearse(
    {
      candles: folder,
      timeframeMs: 900_000,
      ...(config !== undefined && { config }),
      everyMs: Number(values.every) * dayMs,
      windowMs: Number(values.window) * dayMs,
      nullCopies: Number(values["null-copies"]),
    },
    { onProgress: ({ message }) => process.stderr.write(`  ${message}\n`) },
  );
}

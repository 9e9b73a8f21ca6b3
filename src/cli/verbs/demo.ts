import { join } from "node:path";
import { defaults } from "../../run/defaults.ts";
import { strictExit } from "../exits.ts";
import { flags } from "../flags.ts";
import { forceRow, strictRow } from "../groups.ts";
import { verb } from "../verb.ts";

/** Everything on a market made on the spot. */
export const demo = verb({
  name: "demo",
  summary: "Everything on a seeded synthetic market made on the spot: no file, no network.",
  usage: "[--seed N] [--out DIR] [flags]",
  groups: [
    {
      title: "Run",
      rows: [
        { flags: [flags.seed], help: `seed of the market and of all sampling (${defaults.seed})` },
        { flags: [flags.out], help: "folder for the config and the report (a temporary one)" },
        forceRow,
        strictRow,
      ],
    },
  ],
  example: "sluice demo --seed 7 --out runs/demo",
  async run(request, session) {
    const { demo } = await import("../../library/calls.ts");
    const { optimizeSummary } = await import("../../report/summary.ts");
    const result = await demo(request, session.options);
    session.answer(result, (shown, paint) => optimizeSummary(shown, paint, join(result.folder, "report")));
    return strictExit(
      request.strict,
      result.runs.map((run) => run.phase4.overall),
    );
  },
});

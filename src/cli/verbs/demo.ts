import { join } from "node:path";
import { defaults } from "../../run/defaults.ts";
import { strictExit } from "../exits.ts";
import { flags } from "../flags.ts";
import { forceRow, strictRow } from "../groups.ts";
import { verb } from "../verb.ts";

/** A full run on a synthetic market. */
export const demo = verb({
  name: "demo",
  summary: "A full run on a seeded synthetic market; needs no files and no network.",
  usage: "[--seed N] [--out DIR] [flags]",
  groups: [
    {
      title: "Run",
      rows: [
        { flags: [flags.seed], help: `random seed of the market and of all sampling (default ${defaults.seed})` },
        { flags: [flags.out], help: "folder for the config and the report (default: a temporary folder)" },
        forceRow,
        strictRow,
      ],
    },
  ],
  example: "sluice demo --seed 7 --out runs/demo",
  async run(request, session) {
    const { demo } = await import("../../library/calls.ts");
    const { optimizeReport } = await import("../../report/brief/report.ts");
    const result = await demo(request, session.options);
    const out = join(result.folder, "report");
    session.answer(result, (shown, paint, screen) =>
      optimizeReport(shown, paint, { ...screen, out, page: `${out}/report.html` }),
    );
    return strictExit(
      request.strict,
      result.runs.map((run) => run.phase4.overall),
    );
  },
});

import { briefly } from "../../report/brief/screen.ts";
import { flags } from "../flags.ts";
import { forceRow, jobRow } from "../groups.ts";
import { verb } from "../verb.ts";

/** All parts of a job as one result. */
export const merge = verb({
  name: "merge",
  summary: "Merges a job's parts into the result that search gives on one machine.",
  usage: "--job DIR [flags]",
  groups: [
    {
      title: "Job",
      rows: [
        jobRow,
        { flags: [flags.saveBest], help: "parameter file to write with the best set, for validate and simulate" },
        forceRow,
      ],
    },
  ],
  example: "sluice merge --job job",
  async run(request, session) {
    const { mergeParts } = await import("../../library/calls.ts");
    const { searchBrief } = await import("../../report/brief/searchBrief.ts");
    const { searchSummary } = await import("../../report/searchSummary.ts");
    session.answer(await mergeParts(request, session.options), briefly(searchBrief, searchSummary));
    return 0;
  },
});

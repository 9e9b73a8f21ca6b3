import { fitted } from "../../report/brief/screen.ts";
import { jobRow } from "../groups.ts";
import { verb } from "../verb.ts";

/** How far a job is. */
export const status = verb({
  name: "status",
  summary: "Shows how far a job is: its finished parts, and what is wrong with others.",
  usage: "--job DIR [flags]",
  groups: [{ title: "Job", rows: [jobRow] }],
  example: "sluice status --job job",
  async run(request, session) {
    const { jobStatus } = await import("../../library/calls.ts");
    const { statusSummary } = await import("../../report/partsSummary.ts");
    session.answer(await jobStatus(request, session.options), fitted(statusSummary));
    return 0;
  },
});

import { pastRunsRow } from "../groups.ts";
import { verb } from "../verb.ts";

/** One past run. */
export const show = verb({
  name: "show",
  summary: "Shows a past run again, by its folder, fingerprint or time (or their start), or latest.",
  usage: "RUN [--out DIR] [flags]",
  positionals: ["RUN"],
  groups: [{ title: "Runs", rows: [pastRunsRow] }],
  example: "sluice show 7d1ea2f1 --out runs",
  async run(request, session, [run]) {
    const { showRun } = await import("../../library/calls.ts");
    const { showRunSummary } = await import("../../report/showRunSummary.ts");
    session.answer(await showRun({ ...request, run: run! }, session.options), showRunSummary);
    return 0;
  },
});

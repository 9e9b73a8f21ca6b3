import { fitted } from "../../report/brief/screen.ts";
import { verb } from "../verb.ts";

/** Differences between two configs, or two runs. */
export const diff = verb({
  name: "diff",
  summary: "Shows how two configs differ in their parameters, or two runs in inputs and results.",
  usage: "OLD NEW [flags]",
  positionals: ["OLD", "NEW"],
  groups: [],
  example: "sluice diff learning_config.json.backup learning_config.json",
  async run(_request, session, [older, newer]) {
    const { areRuns } = await import("../../run/findRun.ts");
    if (await areRuns(older!, newer!)) {
      const { diffRuns } = await import("../../library/calls.ts");
      const { diffRunsSummary } = await import("../../report/diffRunsSummary.ts");
      session.answer(await diffRuns({ oldPath: older!, newPath: newer! }, session.options), fitted(diffRunsSummary));
      return 0;
    }
    const { diffFiles } = await import("../../config/diff.ts");
    const { diffSummary } = await import("../../report/diffSummary.ts");
    session.answer(await diffFiles(older!, newer!), fitted(diffSummary));
    return 0;
  },
});

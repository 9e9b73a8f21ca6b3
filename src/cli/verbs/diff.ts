import { verb } from "../verb.ts";

/** Parameter differences between two configs. */
export const diff = verb({
  name: "diff",
  summary: "Shows how the parameters of two configs differ.",
  usage: "OLD.json NEW.json [flags]",
  positionals: ["OLD.json", "NEW.json"],
  groups: [],
  example: "sluice diff learning_config.json.backup learning_config.json",
  async run(_request, session, [older, newer]) {
    const { diffFiles } = await import("../../config/diff.ts");
    const { diffSummary } = await import("../../report/diffSummary.ts");
    session.answer(await diffFiles(older!, newer!), diffSummary);
    return 0;
  },
});

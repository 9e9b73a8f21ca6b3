import { fitted } from "../../report/brief/screen.ts";
import { defaultListed } from "../../run/defaults.ts";
import { flag } from "../flag.ts";
import { flags } from "../flags.ts";
import { pastRunsRow } from "../groups.ts";
import { wholeFrom } from "../values.ts";
import { verb } from "../verb.ts";

const limit = flag("limit", "limit", "N", "number", wholeFrom(1));

/** Past runs. */
export const list = verb({
  name: "list",
  summary: "Lists past runs, newest first: what they tested, how it was judged, what changed.",
  usage: "[--out DIR] [--config FILE] [--limit N] [flags]",
  groups: [
    {
      title: "Runs",
      rows: [
        pastRunsRow,
        { flags: [flags.configs], help: "also runs that only this config's ledger knows; may be repeated" },
        { flags: [limit], help: `how many (default ${defaultListed})` },
      ],
    },
  ],
  example: "sluice list --out runs --config bot/learning_config.json",
  async run(request, session) {
    const { listRuns } = await import("../../library/calls.ts");
    const { listRunsSummary } = await import("../../report/listRunsSummary.ts");
    session.answer(await listRuns(request, session.options), fitted(listRunsSummary));
    return 0;
  },
});

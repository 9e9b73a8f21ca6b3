import { fitted } from "../../report/brief/screen.ts";
import { defaultTop } from "../../run/defaults.ts";
import { commandLineOnly, required } from "../flag.ts";
import { flags } from "../flags.ts";
import { searchGroups } from "../groups.ts";
import { verb } from "../verb.ts";

/** One search, cut into parts. */
export const split = verb({
  name: "split",
  summary: "Cuts one search into parts, for several processes or machines.",
  usage: "--opportunities FILE --candles DIR --space FILE --parts N --out DIR [flags]",
  groups: [
    ...searchGroups(defaultTop.search),
    {
      title: "Job",
      rows: [
        { flags: [required(flags.parts)], help: "parts to cut the search into, by its exits" },
        {
          flags: [commandLineOnly(required(flags.out))],
          help: "folder for the job: its manifest and copies of what is read",
        },
        { flags: [flags.force], help: "replace another job in this folder" },
      ],
    },
  ],
  example: "sluice split --opportunities signals.csv --candles data --space s.json --parts 8 --out job",
  async run(request, session) {
    const { splitSearch } = await import("../../library/calls.ts");
    const { splitSummary } = await import("../../report/partsSummary.ts");
    session.answer(await splitSearch(request, session.options), fitted(splitSummary));
    return 0;
  },
});

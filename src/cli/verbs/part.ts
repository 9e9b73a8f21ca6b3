import { fitted } from "../../report/brief/screen.ts";
import { flags } from "../flags.ts";
import { engineRows, jobRow } from "../groups.ts";
import { verb } from "../verb.ts";

/** One part of a job. */
export const part = verb({
  name: "part",
  summary: "Searches one part of a job; a finished part is not searched again.",
  usage: "--job DIR --part N [flags]",
  groups: [
    {
      title: "Part",
      rows: [
        jobRow,
        { flags: [flags.part], help: "number of the part, from 0: the index of an array job's task" },
        { flags: [flags.floor], help: "list no set below this key: the floor that sluice status shows" },
        ...engineRows,
      ],
    },
  ],
  example: "sluice part --job job --part 7",
  async run(request, session) {
    const { runPart } = await import("../../library/calls.ts");
    const { partSummary } = await import("../../report/partsSummary.ts");
    session.answer(await runPart(request, session.options), fitted(partSummary));
    return 0;
  },
});

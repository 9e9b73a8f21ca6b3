import { fitted } from "../../report/brief/screen.ts";
import { exitCodes } from "../exits.ts";
import { breakRow, zoneRow } from "../groups.ts";
import { verb } from "../verb.ts";

/** What is in a candle folder or file. */
export const inspect = verb({
  name: "inspect",
  summary: "Shows what a candle folder or file contains: symbols, spans, holes, breaks, defects.",
  usage: "PATH [flags]",
  positionals: ["PATH"],
  groups: [{ title: "Market", rows: [breakRow, zoneRow] }],
  example: "sluice inspect data/candles",
  async run(request, session, [path]) {
    const { inspectCandles } = await import("../../library/calls.ts");
    const { inspectSummary } = await import("../../report/inspectSummary.ts");
    const files = await inspectCandles({ ...request, path: path! }, session.options);
    session.answer(files, fitted(inspectSummary));
    return files.some(({ contents, defect }) => contents !== null && !defect) ? exitCodes.done : exitCodes.badInput;
  },
});

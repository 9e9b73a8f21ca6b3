import { loadApi } from "../api.ts";
import { flags } from "../flags.ts";
import { engineRows, labelRows, lenientRow, marketRows } from "../groups.ts";
import { verb } from "../verb.ts";

/** What a run would take. */
export const plan = verb({
  name: "plan",
  summary: "What a run would take, before it runs: sets, memory, passes, time.",
  usage: "--candles DIR [--space FILE] [--memory SIZE] [flags]",
  groups: [
    {
      title: "Files",
      rows: [
        { flags: [flags.candles, flags.signals], help: "candles; your own signals instead of the scanner" },
        { flags: [flags.space], help: "parameter space (built in)" },
      ],
    },
    { title: "Market", rows: [...marketRows, ...labelRows, lenientRow] },
    {
      title: "Machine",
      rows: [...engineRows, { flags: [flags.maxRss], help: "refuse what would need more resident memory (no limit)" }],
    },
  ],
  example: "sluice plan --candles data/candles --space space.json --memory 16mb",
  async run(request, session) {
    const { plan } = await loadApi();
    const { planSummary } = await import("../../report/planSummary.ts");
    session.answer(await plan(request, session.options), planSummary);
    return 0;
  },
});

import { labelOpportunities } from "../opportunities/labels.ts";
import { scanMarket } from "../opportunities/scan.ts";
import { writeOpportunities } from "../opportunities/write.ts";
import type { ScanResult } from "../report/answers.ts";
import { phase1Of } from "./phase1.ts";
import { loadMarket } from "./prepare.ts";
import { type RunOptions, type ScanRequest, settingsOf } from "./request.ts";
import { Session } from "./session.ts";

/** Phase 1 alone: candles to an opportunity file that `search` and `simulate` read. */
export async function scan(request: ScanRequest, options: RunOptions = {}): Promise<ScanResult> {
  const settings = settingsOf(request);
  const session = new Session(options);
  session.say("load", "reading candles");
  const market = await loadMarket(request, settings, { withVolume: true });
  session.say("phase1", "scanning for opportunities");
  await session.breathe();
  const { table } = await scanMarket(market.bySymbol.values(), {
    legacyActivations: request.legacyActivations ?? false,
  });
  const labels = labelOpportunities(table, market, settings);
  await writeOpportunities(request.out, table, labels);
  return { opportunities: table.count, file: request.out, phase1: phase1Of(market, table, labels) };
}

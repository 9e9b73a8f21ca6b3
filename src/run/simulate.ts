import { candleCountsOf } from "../candles/counts.ts";
import { rowEnters } from "../opportunities/entry.ts";
import { flagObjective } from "../opportunities/labels.ts";
import { asLabels, keepRows } from "../opportunities/table.ts";
import { barsHeldAtMost, candlesOf, countRows, rowCrosses } from "../search/market.ts";
import { figuresOf } from "../search/setReplayer.ts";
import { exitOf } from "../space/exits.ts";
import { openParameters } from "../space/files.ts";
import type { SimulateResult } from "./answers.ts";
import { checkCeiling } from "./ceiling.ts";
import type { Drawn } from "./drawing/drawn.ts";
import { drawWhole } from "./drawing/drawType.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { Intake } from "./intake.ts";
import { sayNotEntered } from "./notEntered.ts";
import { requireType } from "./oneType.ts";
import { checkTradesOutput } from "./outputs.ts";
import type { PageOptions } from "./pageFile.ts";
import { readNamed } from "./prepare.ts";
import { askAboutLabels, askAboutSettings } from "./questions.ts";
import { type RunOptions, type SimulateRequest, settingsOf } from "./request.ts";
import { Run } from "./run.ts";
import { Session } from "./session.ts";
import { saveTrades } from "./tradesFile.ts";

/** One parameter set over an opportunity file; paths cut short by the end of the data end as `end_of_data`. */
export async function simulate(
  request: SimulateRequest,
  options: RunOptions & PageOptions<FinishedSimulation> = {},
): Promise<SimulateResult> {
  const settings = settingsOf(request);
  const session = new Session(options);
  askAboutSettings(settings, session);
  await checkTradesOutput(request);
  await checkCeiling(request, settings);
  session.say("load", "reading candles and opportunities");
  const file = openParameters(request.paramsFile);
  const named = await readNamed({ request, settings, session }, [file]);
  const { market, table: found, signals } = named;
  const type = request.type === undefined ? null : requireType(found, request.type);
  const params = new Intake(settings, session, named).parameters(file, "--params", type);
  const fingerprint = fingerprintOf("simulate", request, { market, found, type, params });
  const exit = exitOf(params);
  const heldAtMost = barsHeldAtMost(exit, settings.rules, settings.timeframeMs);
  const candles = candlesOf(found, market);
  const crosses = rowCrosses(found, candles, heldAtMost);
  const isOfType = (row: number): boolean => type === null || found.types[found.type[row]!] === type;
  const crossing = countRows(found, (row) => isOfType(row) && crosses(row));
  const enters = rowEnters(found, candles, settings.entry);
  const notEntered = countRows(found, (row) => isOfType(row) && !crosses(row) && !enters(row));
  sayNotEntered(notEntered, session);
  const table = keepRows(found, (row) => isOfType(row) && !crosses(row) && enters(row));
  session.say("simulate", "simulating");
  await session.breathe();
  const labels = asLabels(flagObjective(table, market, settings));
  askAboutLabels(labels, settings, session);
  const run = new Run(session, settings, market, heldAtMost);
  const { trades, objectiveTotal } = run.replaying({ table, labels }, (replayer) => ({
    trades: replayer.trades(params),
    objectiveTotal: replayer.objectiveTotal,
  }));
  const { tradesFile, report } = request;
  if (tradesFile !== undefined) await session.withFiles(() => saveTrades(tradesFile, trades, exit.partial !== null));
  const result = {
    type: type ?? table.types.join(" + "),
    opportunities: table.count,
    left_out: crossing + notEntered,
    ...(settings.entry === "next-open" && { not_entered: notEntered }),
    signals,
    ...figuresOf(params, trades, objectiveTotal, settings.timeframeMs, heldAtMost),
    saved: request.tradesFile ?? null,
    fingerprint,
    candles: candleCountsOf(market),
    warnings: session.warnings,
  };
  if (report !== undefined)
    await session.withFiles(async () => {
      const drawn = drawWhole(run, { table, labels }, { name: "set", params }, trades);
      await options.savePage?.(report, { result, drawn });
    });
  return result;
}

/** A simulation as its report needs it. */
export interface FinishedSimulation {
  readonly result: SimulateResult;
  readonly drawn: Drawn;
}

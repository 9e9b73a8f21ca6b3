import type { Market } from "../candles/candles.ts";
import { candleCountsOf } from "../candles/counts.ts";
import { type EntryRule, rowEnters } from "../opportunities/entry.ts";
import { flagObjective } from "../opportunities/labels.ts";
import { asLabels, keepRows, type OpportunityTable } from "../opportunities/table.ts";
import { type PortfolioResult, portfolioResultOf } from "../portfolio/result.ts";
import { accountOf } from "../portfolio/walk.ts";
import { barsHeldAtMost, candlesOf, countRows, exitTimeMs, rowCrosses } from "../search/market.ts";
import { figuresOf } from "../search/setReplayer.ts";
import type { Trade } from "../search/trades.ts";
import { exitOf } from "../space/exits.ts";
import { openParameters } from "../space/files.ts";
import type { Parameters } from "../space/parameters.ts";
import type { SimulatedSet, SimulateResult } from "./answers.ts";
import { checkCeiling } from "./ceiling.ts";
import type { Drawn } from "./drawing/drawn.ts";
import { drawWhole } from "./drawing/drawType.ts";
import { expectRead } from "./expectations.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { paramsGiven } from "./given.ts";
import { Intake } from "./intake.ts";
import { sayNotEntered } from "./notEntered.ts";
import { requireType } from "./oneType.ts";
import { checkTradesOutput } from "./outputs.ts";
import type { PageOptions } from "./pageFile.ts";
import { type NamedTable, readNamed } from "./prepare.ts";
import { askAboutLabels, askAboutSettings } from "./questions.ts";
import { type RunOptions, type Settings, type SimulateRequest, settingsOf } from "./request.ts";
import { Run } from "./run.ts";
import { Session } from "./session.ts";
import { accountRows, saveTrades, type TradeRow, tradeRows } from "./tradesFile.ts";

const simulateMs = 300;

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
  expectRead(session.meter, true);
  session.meter.expect("simulate", "engine", simulateMs);
  session.say("load", "reading candles and opportunities");
  const file = openParameters(paramsGiven(request));
  const named = await readNamed({ request, settings, session }, [file]);
  const { market, table: found, signals } = named;
  const type = request.type === undefined ? null : requireType(found, request.type);
  const params = new Intake(settings, session, named).parameters(file, "--params", type);
  const fingerprint = fingerprintOf("simulate", request, { market, found, type, params });
  const exit = exitOf(params);
  const heldAtMost = barsHeldAtMost(exit, settings.rules, settings.timeframeMs);
  const { table, crossing, notEntered } = enteredRows(named, type, heldAtMost, settings.entry);
  sayNotEntered(notEntered, session);
  session.say("simulate", "simulating");
  session.meter.begin("simulate");
  await session.breathe();
  const labels = asLabels(flagObjective(table, market, settings));
  askAboutLabels(labels, settings, session);
  const run = new Run(session, settings, market, heldAtMost);
  const { trades, objectiveTotal } = run.replaying({ table, labels }, (replayer) => ({
    trades: replayer.trades(params),
    objectiveTotal: replayer.objectiveTotal,
  }));
  const { tradesFile, report } = request;
  const { portfolio, rows } = moneyOf({ table, market, settings }, params, trades);
  const columns = { isPartial: exit.partial !== null, hasMoney: portfolio !== null };
  if (tradesFile !== undefined) await session.withFiles(() => saveTrades(tradesFile, rows, columns));
  const result = {
    type: type ?? table.types.join(" + "),
    opportunities: table.count,
    left_out: crossing + notEntered,
    ...(settings.entry === "next-open" && { not_entered: notEntered }),
    signals,
    ...figuresOf(params, trades, objectiveTotal, settings.timeframeMs, heldAtMost),
    ...(portfolio && { portfolio }),
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
  session.finish();
  return { ...result, trades: rows };
}

/** The trades as rows, and what a portfolio made of them; null without one. */
function moneyOf(
  {
    table,
    market,
    settings,
  }: { readonly table: OpportunityTable; readonly market: Market; readonly settings: Settings },
  params: Parameters,
  trades: readonly Trade[],
): { readonly portfolio: PortfolioResult | null; readonly rows: TradeRow[] } {
  const { portfolio, rules } = settings;
  const isPartial = exitOf(params).partial !== null;
  if (!portfolio) return { portfolio: null, rows: tradeRows(trades, isPartial) };
  const account = accountOf({ table, market, rules, portfolio }, params, trades);
  const exitTimes = (trade: Trade, bars: number): number =>
    exitTimeMs(market.bySymbol.get(trade.symbol)!, table.bar[trade.row]!, bars);
  return { portfolio: portfolioResultOf(account, portfolio), rows: accountRows(account, isPartial, exitTimes) };
}

/** The rows of a type, or of all, that can be entered and whose path crosses no change of unit, and how many others there are. */
function enteredRows(
  { table: found, market }: Pick<NamedTable, "table" | "market">,
  type: string | null,
  heldAtMost: number,
  entry: EntryRule,
): { readonly table: OpportunityTable; readonly crossing: number; readonly notEntered: number } {
  const candles = candlesOf(found, market);
  const crosses = rowCrosses(found, candles, heldAtMost);
  const enters = rowEnters(found, candles, entry);
  const isOfType = (row: number): boolean => type === null || found.types[found.type[row]!] === type;
  return {
    crossing: countRows(found, (row) => isOfType(row) && crosses(row)),
    notEntered: countRows(found, (row) => isOfType(row) && !crosses(row) && !enters(row)),
    table: keepRows(found, (row) => isOfType(row) && !crosses(row) && enters(row)),
  };
}

/** A simulation as its report needs it. */
export interface FinishedSimulation {
  readonly result: SimulatedSet;
  readonly drawn: Drawn;
}

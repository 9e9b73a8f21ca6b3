import type { SimulateResult } from "../report/answers.ts";
import { saveTrades } from "../report/trades.ts";
import { barsHeldAtMost } from "../search/market.ts";
import { figuresOf, SetReplayer } from "../search/setReplayer.ts";
import { exitOf } from "../space/exits.ts";
import { readParameters } from "../space/files.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { requireType, rowsOfType } from "./oneType.ts";
import { loadMarket, prepare } from "./prepare.ts";
import { type RunOptions, type SimulateRequest, settingsOf } from "./request.ts";
import { Session } from "./session.ts";
import { partOf } from "./typeParts.ts";

/** One parameter set over an opportunity file; paths that the data cuts short end as `end_of_data`. */
export async function simulate(request: SimulateRequest, options: RunOptions = {}): Promise<SimulateResult> {
  const settings = settingsOf(request);
  const session = new Session(options);
  session.say("load", "reading candles and opportunities");
  const market = await loadMarket(request, settings);
  const { table, labels } = await prepare(request, settings, market);
  const params = readParameters(request.paramsFile, table.featureNames);
  const type = request.type === undefined ? null : requireType(table, request.type);
  const part = type === null ? { table, labels } : partOf(table, labels, rowsOfType(table, type));
  session.say("simulate", "simulating");
  await session.breathe();
  const replayer = new SetReplayer(
    part.table,
    part.labels,
    market,
    settings.rules,
    settings.timeframeMs,
    barsHeldAtMost(exitOf(params), settings.rules, settings.timeframeMs),
    settings.memoryBytes,
  );
  const trades = replayer.trades(params);
  if (request.tradesFile !== undefined) await saveTrades(request.tradesFile, trades);
  return {
    type: type ?? table.types.join(" + "),
    opportunities: part.table.count,
    left_out: 0,
    ...figuresOf(params, trades, replayer.objectiveTotal, settings.timeframeMs),
    saved: request.tradesFile ?? null,
    fingerprint: fingerprintOf(market, table, {
      ...settings,
      memoryBytes: undefined,
      threads: undefined,
      type,
      params,
    }),
  };
}

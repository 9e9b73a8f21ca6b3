import { InputError } from "../errors.ts";
import { candlesOf, rowsThatFit } from "../search/market.ts";
import type { SearchResult } from "../search/result.ts";
import { searchTable } from "../search/searchTable.ts";
import { exitDefaults, holdingBarsOf } from "../space/exits.ts";
import { readSpaces } from "../space/files.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { requireType, rowsOfType } from "./oneType.ts";
import { loadMarket, prepare } from "./prepare.ts";
import { type RunOptions, type SearchRequest, settingsOf } from "./request.ts";
import { Session } from "./session.ts";
import { partOf } from "./typeParts.ts";

/** One exhaustive search of one type's space over an opportunity file. */
export async function search(request: SearchRequest, options: RunOptions = {}): Promise<SearchResult> {
  const settings = settingsOf(request);
  const session = new Session(options);
  const objective = request.objective ?? "balanced";
  session.say("load", "reading candles and opportunities");
  const market = await loadMarket(request, settings);
  const { table, labels } = await prepare(request, settings, market);
  const type = requireType(table, request.type);
  const space = readSpaces(request.spaceFile, table.types, table.featureNames).get(type);
  if (!space)
    throw new InputError("SPACE_TYPES", "the space does not name this type", {
      where: request.spaceFile,
      found: `no block "${type}"`,
      expected: `{"${type}": {...}}, or one object without types`,
    });
  const hours = (space["max_holding_hours"] as number[] | undefined) ?? [exitDefaults.max_holding_hours];
  const typed = partOf(table, labels, rowsOfType(table, type));
  const fitting = rowsThatFit(
    typed.table,
    candlesOf(typed.table, market),
    settings.rules.summaryBars ?? Math.max(...hours.map((value) => holdingBarsOf(value, settings.timeframeMs))),
  );
  const kept = partOf(typed.table, typed.labels, fitting);
  session.say("search", "searching");
  await session.breathe();
  const outcome = searchTable({
    ...kept,
    market,
    space,
    rules: settings.rules,
    objective,
    constraints: settings.constraints,
    drawdownLimit: settings.drawdownLimit,
    top: settings.top,
    memoryBytes: settings.memoryBytes,
    threads: settings.threads,
    onTile: session.checkAborted,
  });
  return {
    type,
    objective,
    opportunities: kept.table.count,
    left_out: typed.table.count - kept.table.count,
    objective_opportunities: kept.labels.objective.reduce((sum, flag) => sum + flag, 0),
    sets: outcome.sets,
    ranked: outcome.ranked,
    top: outcome.top,
    fingerprint: fingerprintOf(market, table, {
      ...settings,
      memoryBytes: undefined,
      threads: undefined,
      type,
      objective,
      space,
    }),
    engine: outcome.engine,
  };
}

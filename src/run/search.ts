import { InputError } from "../errors.ts";
import { flagObjective } from "../opportunities/labels.ts";
import { asLabels, keepRows } from "../opportunities/table.ts";
import { candlesOf } from "../search/market.ts";
import type { SearchResult } from "../search/result.ts";
import { searchTable } from "../search/searchTable.ts";
import { exitDefaults, holdingBarsOf } from "../space/exits.ts";
import { openSpaces, spacesIn } from "../space/files.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { countOfType, requireType } from "./oneType.ts";
import { loadMarket, readNamed } from "./prepare.ts";
import { type RunOptions, type SearchRequest, settingsOf } from "./request.ts";
import { Session } from "./session.ts";

/** One exhaustive search of one type's space over an opportunity file. */
export async function search(request: SearchRequest, options: RunOptions = {}): Promise<SearchResult> {
  const settings = settingsOf(request);
  const session = new Session(options);
  const objective = request.objective ?? "balanced";
  session.say("load", "reading candles and opportunities");
  const file = openSpaces(request.spaceFile);
  const market = await loadMarket(request, settings, { withVolume: false });
  const { table: found, featureNames } = await readNamed(request, settings, market, [file]);
  const type = requireType(found, request.type);
  const space = spacesIn(file, found.types, featureNames).get(type);
  if (!space)
    throw new InputError("SPACE_TYPES", "the space does not name this type", {
      where: request.spaceFile,
      found: `no block "${type}"`,
      expected: `{"${type}": {...}}, or one object without types`,
    });
  const hours = (space["max_holding_hours"] as number[] | undefined) ?? [exitDefaults.max_holding_hours];
  const longestBars =
    settings.rules.summaryBars ?? Math.max(...hours.map((value) => holdingBarsOf(value, settings.timeframeMs)));
  const fingerprint = fingerprintOf(market, found, { ...settings, memoryBytes: undefined, type, objective, space });
  const typed = countOfType(found, type);
  const code = found.types.indexOf(type);
  const candles = candlesOf(found, market);
  const table = keepRows(
    found,
    (row) => found.type[row] === code && found.bar[row]! + longestBars < candles[found.symbol[row]!]!.count,
  );
  const labels = asLabels(flagObjective(table, market, settings));
  session.say("search", "searching");
  await session.breathe();
  const outcome = searchTable({
    table,
    labels,
    market,
    space,
    rules: settings.rules,
    objective,
    constraints: settings.constraints,
    drawdownLimit: settings.drawdownLimit,
    top: settings.top,
    memoryBytes: settings.memoryBytes,
    onTile: session.checkAborted,
  });
  return {
    type,
    objective,
    opportunities: table.count,
    left_out: typed - table.count,
    objective_opportunities: labels.objective.reduce((sum, flag) => sum + flag, 0),
    sets: outcome.sets,
    ranked: outcome.ranked,
    top: outcome.top,
    fingerprint,
    engine: outcome.engine,
  };
}

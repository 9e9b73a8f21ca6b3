import { candleCountsOf } from "../candles/counts.ts";
import { prepareCore } from "../core/instance.ts";
import { InputError } from "../errors.ts";
import { flagObjective } from "../opportunities/labels.ts";
import type { SignalCounts } from "../opportunities/notices.ts";
import { asLabels, keepRows } from "../opportunities/table.ts";
import { candlesOf, countRows, rowCrosses, rowFits } from "../search/market.ts";
import type { RankedSet, SearchedTable, SearchResult } from "../search/result.ts";
import { searchTable } from "../search/searchTable.ts";
import type { SearchTask } from "../search/searchTask.ts";
import { holdingBarsOf, longestHoursOf } from "../space/exits.ts";
import { openSpaces } from "../space/files.ts";
import type { Space } from "../space/parameters.ts";
import { checkCeiling, requireRss } from "./ceiling.ts";
import type { Drawn } from "./drawing/drawn.ts";
import { drawWhole } from "./drawing/drawType.ts";
import { type Explored, explore } from "./drawing/explored.ts";
import { saveEverySet } from "./everySet/file.ts";
import { planAll } from "./everySet/size.ts";
import { expectedRss } from "./expected.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { Intake } from "./intake.ts";
import { askAboutGains } from "./noMoney.ts";
import { countOfType, requireType } from "./oneType.ts";
import { checkSearchOutput } from "./outputs.ts";
import type { PageOptions } from "./pageFile.ts";
import { readNamed } from "./prepare.ts";
import { askAboutLabels, askAboutSettings } from "./questions.ts";
import { type RunOptions, type SearchRequest, settingsOf } from "./request.ts";
import { Run } from "./run.ts";
import { Session } from "./session.ts";
import { searchSurface } from "./surface.ts";

/** A search request with everything read. */
export interface LoadedSearch {
  readonly type: string;
  readonly task: SearchTask;
  readonly run: Run;
  readonly leftOut: number;
  /** How many of them would cross a change of unit. */
  readonly crossingBreaks: number;
  readonly signals: SignalCounts;
  readonly fingerprint: string;
}

/** One exhaustive search of one type's space over an opportunity file. */
export async function search(
  request: SearchRequest,
  options: RunOptions & PageOptions<FinishedSearch> = {},
): Promise<SearchResult> {
  const session = new Session(options);
  await checkSearchOutput(request);
  const loaded = await loadSearch(request, session);
  const { task, fingerprint } = loaded;
  if (request.maxRssBytes !== undefined) {
    const writing = request.allFile === undefined ? 0 : planAll(task).peak_rss;
    requireRss(request.maxRssBytes, expectedRss(task) + writing);
  }
  session.say("search", "searching");
  await session.breathe();
  const outcome = searchTable(task);
  askAboutGains(task.objective, outcome.top[0], session);
  const surface = request.surface === true ? searchSurface(task) : undefined;
  const result = {
    ...searchedOf(loaded),
    objective_opportunities: task.labels.objective.reduce((sum, flag) => sum + flag, 0),
    sets: outcome.sets,
    ranked: outcome.ranked,
    top: outcome.top,
    fingerprint,
    engine: outcome.engine,
    candles: candleCountsOf(task.market),
    warnings: session.warnings,
    ...(surface && { surface }),
    ...(request.allFile !== undefined && { all: await saveEverySet(request.allFile, task, session) }),
  };
  const { report } = request;
  if (report !== undefined)
    await session.withFiles(async () =>
      options.savePage?.(report, {
        result,
        space: task.space,
        drawn: drawnBest(loaded, outcome.top[0]),
        explored: outcome.top[0] ? explore(loaded.run, task, outcome.top[0].params, surface) : null,
      }),
    );
  return result;
}

/** A search as its report needs it. */
export interface FinishedSearch {
  readonly result: SearchResult;
  readonly space: Space;
  /** Of the best set; null if none was ranked. */
  readonly drawn: Drawn | null;
  readonly explored: Explored | null;
}

function drawnBest({ run, task }: LoadedSearch, best: RankedSet | undefined): Drawn | null {
  if (!best) return null;
  const { table, labels } = task;
  const trades = run.replaying({ table, labels }, (replayer) => replayer.trades(best.params));
  return drawWhole(run, { table, labels }, { name: "best", params: best.params }, trades);
}

/** What a result says about the searched table. */
export function searchedOf({ type, task, leftOut, crossingBreaks, signals }: LoadedSearch): SearchedTable {
  const { objective, table } = task;
  return { type, objective, opportunities: table.count, left_out: leftOut, crossing_breaks: crossingBreaks, signals };
}

/** Reads only what a search needs. */
export async function loadSearch(request: SearchRequest, session: Session): Promise<LoadedSearch> {
  const settings = settingsOf(request, "search");
  askAboutSettings(settings, session);
  session.say("load", "reading candles and opportunities");
  await checkCeiling(request, settings);
  const core = prepareCore();
  const file = openSpaces(request.spaceFile);
  const named = await readNamed({ request, settings, session }, [file]);
  const { market, table: found, signals } = named;
  const type = requireType(found, request.type);
  const space = new Intake(settings, session, named).spaces(file, type).get(type);
  if (!space)
    throw new InputError("SPACE_TYPES", "the space does not contain this signal type", {
      where: request.spaceFile,
      found: `no block "${type}"`,
      expected: `{"${type}": {...}}, or one object without types`,
    });
  const longestBars = settings.rules.summaryBars ?? holdingBarsOf(longestHoursOf(space), settings.timeframeMs);
  const fingerprint = fingerprintOf("search", request, { market, found, type, space });
  const typed = countOfType(found, type);
  const code = found.types.indexOf(type);
  const candles = candlesOf(found, market);
  const fits = rowFits(found, candles, longestBars);
  const crosses = rowCrosses(found, candles, longestBars);
  const crossingBreaks = countRows(found, (row) => found.type[row] === code && crosses(row));
  const table = keepRows(found, (row) => found.type[row] === code && fits(row));
  const labels = asLabels(flagObjective(table, market, settings));
  askAboutLabels(labels, settings, session);
  await core;
  const run = new Run(session, settings, market, longestBars);
  return {
    type,
    run,
    leftOut: typed - table.count,
    crossingBreaks,
    signals,
    fingerprint,
    task: {
      ...run.searchOptions(),
      table,
      labels,
      space,
      objective: settings.objective,
      top: settings.top,
    },
  };
}

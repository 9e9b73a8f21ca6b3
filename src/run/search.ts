import { candleCountsOf } from "../candles/counts.ts";
import { prepareCore } from "../core/instance.ts";
import { InputError } from "../errors.ts";
import { flagObjective } from "../opportunities/labels.ts";
import type { SignalCounts } from "../opportunities/notices.ts";
import { asLabels, keepRows } from "../opportunities/table.ts";
import { needsDrawdown } from "../search/gridSweeps.ts";
import { candlesOf, countRows, rowCrosses, rowFits } from "../search/market.ts";
import { planSearch } from "../search/planSearch.ts";
import type { RankedSet, SearchedTable, SearchResult } from "../search/result.ts";
import { heapEntriesOf, searchTable } from "../search/searchTable.ts";
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
import { expectRead } from "./expectations.ts";
import { expectedRss } from "./expected.ts";
import { exportTexts } from "./exportTexts.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { spaceGiven } from "./given.ts";
import { Intake } from "./intake.ts";
import { askAboutGains } from "./noMoney.ts";
import { countOfType, requireType } from "./oneType.ts";
import { checkSearchOutput } from "./outputs.ts";
import type { PageOptions } from "./pageFile.ts";
import { readNamed } from "./prepare.ts";
import { askAboutLabels, askAboutSettings } from "./questions.ts";
import { type PlanRequest, type RunOptions, type SearchRequest, settingsOf } from "./request.ts";
import { Run } from "./run.ts";
import { Session } from "./session.ts";
import { searchSurface } from "./surface.ts";
import { writeExport } from "./writeExport.ts";

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
  const outcome = await searched(task, session);
  const best = outcome.top[0];
  askAboutGains(task.objective, best, session);
  const { bestFile } = request;
  const saved = best && bestFile;
  if (saved !== undefined) await session.withFiles(() => writeExport(saved, exportTexts.json(best!.params, saved)));
  const surface = request.surface === true ? searchSurface(task) : undefined;
  const result = {
    ...searchedOf(loaded),
    objective_opportunities: task.labels.objective.reduce((sum, flag) => sum + flag, 0),
    sets: outcome.sets,
    ranked: outcome.ranked,
    top: outcome.top,
    saved_best: saved ?? null,
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
  session.finish();
  return result;
}

/** Searches, and says how far it is. */
async function searched(task: SearchTask, session: Session): Promise<ReturnType<typeof searchTable>> {
  const engineMs = engineMsOf(task);
  const wholeMs = engineMs + task.top * task.table.count * replayMsPerRow;
  session.meter.expect("search", "engine", wholeMs);
  session.say("search", "searching");
  await session.breathe();
  const told = (done: number): void => {
    session.meter.reach("search", searchPart * done);
    session.beat();
  };
  const sweepPart = engineMs / wholeMs;
  const onTile = (walked: number): void => told(sweepPart * walked);
  const onReplay = (settled: number): void => told(sweepPart + (1 - sweepPart) * settled);
  return session.piece("search", () => searchTable({ ...task, onTile, onReplay }));
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

/** What the search should take. Whether it fits its memory is for the search to say. */
function engineMsOf(task: SearchTask): number {
  try {
    const settledMs = needsDrawdown(task) ? heapEntriesOf(task) * task.table.count * settleMsPerRow : 0;
    return planSearch(task).engine_milliseconds + settledMs;
  } catch {
    return guessedSearchMs;
  }
}

/** Until the space is known. */
const guessedSearchMs = 500;
/** Of one set whose drawdown is walked. */
const settleMsPerRow = 1.2e-5;
/** Of one leader, replayed by the plain rule. */
const replayMsPerRow = 0.0009;
/** The rest is putting the result together. */
const searchPart = 0.98;

/** What a result says about the searched table. */
export function searchedOf({ type, task, leftOut, crossingBreaks, signals }: LoadedSearch): SearchedTable {
  const { objective, table } = task;
  return { type, objective, opportunities: table.count, left_out: leftOut, crossing_breaks: crossingBreaks, signals };
}

/** Reads only what a search needs. */
export async function loadSearch(request: PlanRequest, session: Session): Promise<LoadedSearch> {
  const settings = settingsOf(request, "search");
  askAboutSettings(settings, session);
  expectRead(session.meter, true);
  session.meter.expect("search", "engine", guessedSearchMs);
  session.say("load", "reading candles and opportunities");
  await checkCeiling(request, settings);
  const core = prepareCore();
  const file = openSpaces(spaceGiven(request)!);
  const named = await readNamed({ request, settings, session }, [file]);
  const { market, table: found, signals } = named;
  const type = requireType(found, request.type);
  const space = new Intake(settings, session, named).spaces(file, type).get(type);
  if (!space)
    throw new InputError("SPACE_TYPES", "the space does not contain this signal type", {
      where: file.path,
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

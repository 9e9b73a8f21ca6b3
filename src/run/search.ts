import { type CandleCounts, candleCountsOf } from "../candles/counts.ts";
import { prepareCore } from "../core/instance.ts";
import { planRanking } from "../portfolio/planRanking.ts";
import type { RankedSet, SearchResult } from "../portfolio/searchResult.ts";
import type { SearchedTable } from "../search/result.ts";
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

import { askAboutGains } from "./noMoney.ts";
import { checkSearchOutput } from "./outputs.ts";
import type { PageOptions } from "./pageFile.ts";
import { readNamed } from "./prepare.ts";
import { askAboutSettings } from "./questions.ts";
import { type PlanRequest, type RunOptions, type SearchRequest, settingsOf } from "./request.ts";
import { Session } from "./session.ts";
import { searchSurface } from "./surface.ts";
import { expectSearch, searched, searchedOf, type TypeSearch, typeSearch } from "./typeSearch.ts";
import { writeExport } from "./writeExport.ts";

/** A search request with everything read. */
export interface LoadedSearch extends TypeSearch {
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
  const { task, run } = loaded;
  const { settings } = run;
  if (request.maxRssBytes !== undefined) {
    const writing = request.allFile === undefined ? 0 : planAll(task).peak_rss;
    const planned = settings.ranking ? planRanking(task, settings.ranking).task : task;
    requireRss(request.maxRssBytes, expectedRss(planned) + writing);
  }
  const outcome = await searched(task, session, settings.ranking);
  const best = outcome.top[0];
  askAboutGains(task.objective, outcome.first ?? best, session);
  const { bestFile } = request;
  const saved = best && bestFile;
  if (saved !== undefined) await session.withFiles(() => writeExport(saved, exportTexts.json(best!.params, saved)));
  const surface = request.surface === true ? searchSurface(task) : undefined;
  const result = {
    ...searchResultOf(searchHeadOf(loaded), outcome, session.warnings, saved),
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

/** What is known of a search's result before it runs. Field names are the JSON's. */
export interface SearchHead {
  readonly searched: SearchedTable;
  readonly objective_opportunities: number;
  readonly fingerprint: string;
  readonly candles: CandleCounts;
}

export function searchHeadOf(loaded: LoadedSearch): SearchHead {
  const { labels, market } = loaded.task;
  return {
    searched: searchedOf(loaded),
    objective_opportunities: labels.objective.reduce((sum, flag) => sum + flag, 0),
    fingerprint: loaded.fingerprint,
    candles: candleCountsOf(market),
  };
}

/** The result of a search, from what was known before it and what it found; `saved` is the parameter file that was written. */
export function searchResultOf(
  { searched, objective_opportunities, fingerprint, candles }: SearchHead,
  { sets, ranked, top, engine, ranking }: Pick<SearchResult, "sets" | "ranked" | "top" | "engine" | "ranking">,
  warnings: SearchResult["warnings"],
  saved?: string,
): SearchResult {
  return {
    ...searched,
    objective_opportunities,
    sets,
    ranked,
    top,
    ...(ranking && { ranking }),
    saved_best: saved ?? null,
    fingerprint,
    engine,
    candles,
    warnings,
  };
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

/** Reads only what a search needs. */
export async function loadSearch(request: PlanRequest, session: Session): Promise<LoadedSearch> {
  const settings = settingsOf(request, "search");
  askAboutSettings(settings, session);
  expectRead(session.meter, true);
  expectSearch(session);
  session.say("load", "reading candles and opportunities");
  await checkCeiling(request, settings);
  const core = prepareCore();
  const file = openSpaces(spaceGiven(request)!);
  const named = await readNamed({ request, settings, session }, [file]);
  const found = typeSearch(named, file, request.type, settings, session);
  const { market, table } = named;
  const { type, task } = found;
  const read = { market, found: table, type, space: task.space };
  await core;
  return { ...found, fingerprint: fingerprintOf("search", request, read) };
}

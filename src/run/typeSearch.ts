import { candleCountsOf } from "../candles/counts.ts";
import { InputError } from "../errors.ts";
import { flagObjective } from "../opportunities/labels.ts";
import type { SignalCounts } from "../opportunities/notices.ts";
import { asLabels, keepRows } from "../opportunities/table.ts";
import type { Ranking } from "../portfolio/rankings.ts";
import { type RankedOutcome, rankByPortfolio } from "../portfolio/shortlist.ts";
import { needsDrawdown } from "../search/gridSweeps.ts";
import { candlesOf, countRows, rowCrosses, rowFits } from "../search/market.ts";
import { planSearch } from "../search/planSearch.ts";
import type { SearchedTable, SearchResult } from "../search/result.ts";
import { heapEntriesOf, searchTable } from "../search/searchTable.ts";
import type { SearchTask } from "../search/searchTask.ts";
import type { JsonFile } from "../space/documents.ts";
import { holdingBarsOf, longestHoursOf } from "../space/exits.ts";
import { Intake } from "./intake.ts";
import { countOfType, requireType } from "./oneType.ts";
import type { NamedTable } from "./prepare.ts";
import { askAboutLabels } from "./questions.ts";
import type { Settings } from "./request.ts";
import { Run } from "./run.ts";
import type { Session } from "./session.ts";

/** One search of one type's space, with everything that it needs, wherever that came from. */
export interface TypeSearch {
  readonly type: string;
  readonly task: SearchTask;
  readonly run: Run;
  readonly leftOut: number;
  /** How many of them would cross a change of unit. */
  readonly crossingBreaks: number;
  readonly signals: SignalCounts;
}

/** The search of a type's space over a market and its opportunities. Throws InputError if the type or its space is not there. */
export function typeSearch(
  named: NamedTable,
  file: JsonFile,
  wanted: string | undefined,
  settings: Settings,
  session: Session,
): TypeSearch {
  const { market, table: found, signals } = named;
  const type = requireType(found, wanted);
  const space = new Intake(settings, session, named).spaces(file, type).get(type);
  if (!space)
    throw new InputError("SPACE_TYPES", "the space does not contain this signal type", {
      where: file.path,
      found: `no block "${type}"`,
      expected: `{"${type}": {...}}, or one object without types`,
    });
  const longestBars = settings.rules.summaryBars ?? holdingBarsOf(longestHoursOf(space), settings.timeframeMs);
  const typed = countOfType(found, type);
  const code = found.types.indexOf(type);
  const candles = candlesOf(found, market);
  const fits = rowFits(found, candles, longestBars);
  const crosses = rowCrosses(found, candles, longestBars);
  const crossingBreaks = countRows(found, (row) => found.type[row] === code && crosses(row));
  const table = keepRows(found, (row) => found.type[row] === code && fits(row));
  const labels = asLabels(flagObjective(table, market, settings));
  askAboutLabels(labels, settings, session);
  const run = new Run(session, settings, market, longestBars);
  const { objective, top } = settings;
  const task = { ...run.searchOptions(), table, labels, space, objective, top };
  return { type, run, leftOut: typed - table.count, crossingBreaks, signals, task };
}

/** Expects the search, of which nothing is known yet. */
export function expectSearch({ meter }: Session): void {
  meter.expect("search", "engine", guessedSearchMs);
}

/** Searches, and says how far it is. */
export async function searched(
  task: SearchTask,
  session: Session,
  ranking: Ranking | null = null,
): Promise<ReturnType<typeof searchTable> & Partial<Pick<RankedOutcome, "ranking" | "first">>> {
  const engineMs = engineMsOf(task);
  const wholeMs = engineMs + Math.max(task.top, ranking?.shortlist ?? 0) * task.table.count * replayMsPerRow;
  session.meter.expect("search", "engine", wholeMs);
  session.say("search", "searching");
  await session.breathe();
  const sweepPart = engineMs / wholeMs;
  const pieces = new SweepPieces(session, wholeMs);
  const onTile = (walked: number): void => pieces.told(sweepPart * walked);
  const onReplay = (settled: number): void => pieces.told(sweepPart + (1 - sweepPart) * settled);
  const { onSweep, onTies } = pieces;
  const heard = { ...task, onTile, onReplay, onSweep, onTies };
  const found = await session.piece("search", () => (ranking ? rankByPortfolio(heard, ranking) : searchTable(heard)));
  session.meter.leave(again, 0);
  return found;
}

const again = "search again";
/** How often sets are swept again, before anything is known of them. */
const oddsOfTies = 0.1;

/** The sweeps of a search as pieces of work: another one is expected as soon as it shows, so that it has its own part of the whole, and dropped if it is not needed. */
class SweepPieces {
  private name = "search";
  private walked = 0;

  constructor(
    private readonly session: Session,
    expectedMs: number,
  ) {
    session.meter.expect(again, "engine", expectedMs, oddsOfTies);
  }

  told(done: number): void {
    this.walked = done;
    this.session.meter.reach(this.name, searchPart * done);
    this.session.beat();
  }

  readonly onSweep = (sweep: number): void => {
    if (sweep === 0) return;
    const { meter } = this.session;
    meter.end();
    meter.leave(again, 1);
    meter.begin(again);
    this.name = again;
    this.session.say("search", "sweeping again: more sets tie at the last place than were kept");
  };

  readonly onTies = (areTied: boolean): void => {
    this.session.meter.leave(again, areTied ? 1 : oddsOfTies * (1 - this.walked));
  };
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
export function searchedOf({ type, task, leftOut, crossingBreaks, signals }: TypeSearch): SearchedTable {
  const { objective, table } = task;
  return { type, objective, opportunities: table.count, left_out: leftOut, crossing_breaks: crossingBreaks, signals };
}

/** What a search found, but for what only a file's has. */
export function foundOf(
  search: TypeSearch,
  { sets, ranked, top, engine }: ReturnType<typeof searchTable>,
  { warnings }: Session,
): Omit<SearchResult, "saved_best" | "fingerprint" | "all" | "surface"> {
  const { labels, market } = search.task;
  return {
    ...searchedOf(search),
    objective_opportunities: labels.objective.reduce((sum, flag) => sum + flag, 0),
    sets,
    ranked,
    top,
    engine,
    candles: candleCountsOf(market),
    warnings,
  };
}

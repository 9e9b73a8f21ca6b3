import { type RankedOutcome, rankByPortfolio } from "../portfolio/shortlist.ts";
import { filterMatrix } from "../search/matrix.ts";
import { searchProfit } from "../search/profitSearch.ts";
import type { RankedSet } from "../search/result.ts";
import type { SearchOutcome } from "../search/searchTable.ts";
import type { SearchTask } from "../search/searchTask.ts";
import type { StartingPoint } from "../search/startingPoints.ts";
import type { SearchStudy } from "../search/study.ts";
import { verifyTrades } from "../search/verify.ts";
import type { Space } from "../space/parameters.ts";
import { importanceOf } from "../validation/importance.ts";
import type { Trials } from "../validation/trialTests.ts";
import { type Explored, explore } from "./drawing/explored.ts";
import type { LastSearch } from "./evidence.ts";
import { askAboutGains } from "./noMoney.ts";
import type { ParameterImportance, Phase3Type } from "./results.ts";
import type { Run } from "./run.ts";
import { studiedSearch } from "./studies.ts";
import type { TypeParts } from "./typeParts.ts";

/** Phase 3's outcome for one type, before the replays on both parts. */
export interface Profit {
  readonly report: Omit<Phase3Type, "replays"> | null;
  /** The last search, which the winner was chosen from. */
  readonly last: LastSearch | null;
  /** The sets of that search; null if nothing was ranked. */
  readonly trials: Trials | null;
  /** Of the last search; null if nothing was ranked, or nothing is drawn. */
  readonly explored: Explored | null;
  /** The best sets of the last search: those of the report, and more if more were asked for. */
  readonly leaders: readonly RankedSet[];
}

/** Phase 3 for one type: search profit and risk from the starting points; walk the winner once more by the plain rule. */
export function profitType(
  run: Run,
  parts: TypeParts,
  space: Space,
  starts: readonly StartingPoint[],
  leaders = 0,
): Profit {
  const { session, settings, market } = run;
  const { objective, stages, top } = settings;
  const ranking = run.rankingOver(parts.training);
  const { task, trialsOf } = studiedSearch(run, parts.training);
  let ranked: RankedOutcome | null = null;
  const searchLast = (last: SearchTask): SearchOutcome => {
    ranked = rankByPortfolio(last, ranking!);
    return ranked;
  };
  const wanted = { space, starts, top: Math.max(top, leaders) };
  const found = searchProfit({ ...task, ...stages, ...wanted, ...(ranking && { searchLast }) });
  const { first, ranking: rankedBy } = (ranked as RankedOutcome | null) ?? { first: null, ranking: null };
  session.noteLinearMemory(found.linearMemoryBytes);
  session.beat();
  const winner = found.top[0];
  askAboutGains(objective, first ?? winner, session, parts.type);
  if (!winner || !found.space) return { report: null, last: null, trials: null, explored: null, leaders: [] };
  const { space: lastSpace, study } = found;
  const matrix = run.replaying(parts.training, (replayer) => {
    verifyTrades(replayer.trades(winner.params), winner.params, task.table, market, settings.rules);
    session.beat();
    return filterMatrix(lastSpace, winner.params, replayer);
  });
  session.beat();
  const { params, metrics, ambiguous, avg_return_other_rule, hole_exits, score } = winner;
  return {
    last: { space: lastSpace, best: first ?? winner, objective },
    trials: trialsOf(study, objective),
    leaders: found.top,
    explored: run.draws ? explore(run, { ...task, space: lastSpace, top: 1 }, winner.params) : null,
    report: {
      params,
      metrics,
      ambiguous,
      avg_return_other_rule,
      hole_exits,
      score,
      starts: found.starts,
      stages: found.stages,
      matrix,
      top: found.top.slice(0, top),
      ...(rankedBy && { ranking: { ...rankedBy, portfolio: (winner as RankedOutcome["top"][number]).portfolio } }),
      importance: study && importanceByParameter(lastSpace, study),
    },
  };
}

/** What each parameter alone explains of the scores of all ranked sets, and the scores by its values. */
function importanceByParameter(space: Space, study: SearchStudy): Record<string, ParameterImportance> {
  const keys = Object.keys(study.parameters);
  const importances = importanceOf(
    keys.map((key) => study.parameters[key]!),
    study.all,
  );
  return Object.fromEntries(
    keys.map((key, k) => {
      const { share, profile } = importances[k]!;
      return [key, { share, profile: profile.map((values, digit) => ({ value: space[key]![digit]!, ...values })) }];
    }),
  );
}

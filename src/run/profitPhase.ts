import type { Market } from "../candles/candles.ts";
import { mostBlocks } from "../core/sweepPlan.ts";
import type { Labels } from "../opportunities/table.ts";
import type { ParameterImportance, Phase3Type } from "../report/result.ts";
import { filterMatrix } from "../search/matrix.ts";
import type { Objective } from "../search/objectives.ts";
import { searchProfit } from "../search/profitSearch.ts";
import type { StartingPoint } from "../search/startingPoints.ts";
import type { SearchStudy } from "../search/study.ts";
import { verifyTrades } from "../search/verify.ts";
import type { Space } from "../space/parameters.ts";
import { blockSumsOf, blocksOf } from "../validation/blocks.ts";
import { importanceOf } from "../validation/importance.ts";
import type { Trials } from "../validation/trialTests.ts";
import type { LastSearch } from "./evidence.ts";
import { askAboutGains } from "./noMoney.ts";
import { withReplayer } from "./replayers.ts";
import type { OptimizeRequest, Settings } from "./request.ts";
import type { Session } from "./session.ts";
import type { TypeParts } from "./typeParts.ts";

/** Phase 3's outcome for one type, before the replays on both parts. */
export interface Profit {
  readonly report: Omit<Phase3Type, "replays"> | null;
  /** The last search, which the winner was chosen from. */
  readonly last: LastSearch | null;
  /** The sets of that search; null if nothing was ranked. */
  readonly trials: Trials | null;
}

/** Number of ranked sets whose sums are kept by blocks of time: enough to tell luck from skill, few enough for a second of statistics. */
export const studiedSets = 1024;

/** Phase 3 for one type: search profit and risk from the starting points; walk the winner once more by the plain rule. */
export function profitType(
  session: Session,
  settings: Settings,
  request: Pick<OptimizeRequest, "coarseCombos" | "fineCombos">,
  market: Market,
  parts: TypeParts,
  space: Space,
  starts: readonly StartingPoint[],
  longestBars: number,
): Profit {
  const { table, labels } = parts.training;
  const blockOfRow = blocksOf(table.timestampMs, mostBlocks);
  const found = searchProfit({
    table,
    labels,
    market,
    space,
    rules: settings.rules,
    objective: settings.objective,
    constraints: settings.constraints,
    drawdownLimit: settings.drawdownLimit,
    memoryBytes: settings.memoryBytes,
    threads: settings.threads,
    top: settings.top,
    starts,
    study: { blockOfRow, sets: studiedSets },
    onTile: session.beat,
    ...(request.coarseCombos !== undefined && { coarseCombos: request.coarseCombos }),
    ...(request.fineCombos !== undefined && { fineCombos: request.fineCombos }),
  });
  session.noteLinearMemory(found.linearMemoryBytes);
  session.beat();
  const winner = found.top[0];
  askAboutGains(settings.objective, winner, session, parts.type);
  if (!winner || !found.space) return { report: null, last: null, trials: null };
  const { space: lastSpace } = found;
  const matrix = withReplayer(settings, market, parts.training, longestBars, (replayer) => {
    verifyTrades(replayer.trades(winner.params), winner.params, table, market, settings.rules);
    session.beat();
    return filterMatrix(lastSpace, winner.params, replayer);
  });
  session.beat();
  const { params, metrics, ambiguous, avg_return_other_rule, hole_exits, score } = winner;
  return {
    last: { space: lastSpace, best: winner, objective: settings.objective },
    trials: found.study && trialsOf(found.study, labels, blockOfRow, settings.objective, settings.timeframeMs),
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
      top: found.top,
      importance: found.study && importanceByParameter(lastSpace, found.study),
    },
  };
}

/** The sampled sets of a search by block of time, as tests of many trials read them. */
export function trialsOf(
  { samples }: SearchStudy,
  labels: Pick<Labels, "objective">,
  blockOfRow: Uint8Array,
  objective: Objective,
  barMs: number,
): Trials {
  return { blockSums: blockSumsOf(samples, objectiveTotalsOf(labels, blockOfRow)), objective, barMs };
}

/** Objective opportunities in each block of time. */
function objectiveTotalsOf(labels: Pick<Labels, "objective">, blockOfRow: Uint8Array): Float64Array {
  const totals = new Float64Array(mostBlocks);
  for (let row = 0; row < blockOfRow.length; row++) totals[blockOfRow[row]!]! += labels.objective[row]!;
  return totals;
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

import type { Market } from "../candles/candles.ts";
import { mostBlocks } from "../core/sweepPlan.ts";
import type { Labels } from "../opportunities/table.ts";
import type { ParameterImportance, Phase3Type } from "../report/result.ts";
import { filterMatrix } from "../search/matrix.ts";
import { searchProfit } from "../search/profitSearch.ts";
import { SetReplayer } from "../search/setReplayer.ts";
import type { StartingPoint } from "../search/startingPoints.ts";
import type { SearchStudy } from "../search/study.ts";
import { verifyTrades } from "../search/verify.ts";
import type { Space } from "../space/parameters.ts";
import { blockSumsOf, blocksOf } from "../validation/blocks.ts";
import { importanceOf } from "../validation/importance.ts";
import type { Trials } from "../validation/trialTests.ts";
import type { OptimizeRequest, Settings } from "./request.ts";
import type { Session } from "./session.ts";
import type { TypeParts } from "./typeParts.ts";

/** Phase 3's outcome for one type, the replays on both parts still to come. */
export interface Profit {
  readonly report: Omit<Phase3Type, "replays"> | null;
  /** The space of the last search. */
  readonly space: Space | null;
  /** The sets of that search; null where it was too large to keep their sums. */
  readonly trials: Trials | null;
}

/** Ranked sets whose sums are kept by blocks of time: enough to tell luck from skill, few enough for a second of statistics. */
const studiedSets = 1024;

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
    constraints: settings.constraints,
    drawdownLimit: settings.drawdownLimit,
    memoryBytes: settings.memoryBytes,
    threads: settings.threads,
    top: settings.top,
    starts,
    study: { blockOfRow, sets: studiedSets },
    onTile: session.checkAborted,
    ...(request.coarseCombos !== undefined && { coarseCombos: request.coarseCombos }),
    ...(request.fineCombos !== undefined && { fineCombos: request.fineCombos }),
  });
  session.noteLinearMemory(found.linearMemoryBytes);
  const winner = found.top[0];
  if (!winner || !found.space) return { report: null, space: null, trials: null };
  const replayer = new SetReplayer(
    table,
    labels,
    market,
    settings.rules,
    settings.timeframeMs,
    longestBars,
    settings.memoryBytes,
  );
  verifyTrades(replayer.trades(winner.params), winner.params, table, market, settings.rules);
  const { params, metrics, ambiguous, avg_return_other_rule, score } = winner;
  return {
    space: found.space,
    trials: found.study && {
      blockSums: blockSumsOf(found.study.samples, objectiveTotalsOf(labels, blockOfRow)),
      barMs: settings.timeframeMs,
    },
    report: {
      params,
      metrics,
      ambiguous,
      avg_return_other_rule,
      score,
      starts: found.starts,
      stages: found.stages,
      matrix: filterMatrix(found.space, params, replayer),
      top: found.top,
      importance: found.study && importanceByParameter(found.space, found.study),
    },
  };
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

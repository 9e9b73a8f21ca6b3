import type { Market } from "../candles/candles.ts";
import type { Phase3Type } from "../report/result.ts";
import { filterMatrix } from "../search/matrix.ts";
import { searchProfit } from "../search/profitSearch.ts";
import { SetReplayer } from "../search/setReplayer.ts";
import type { StartingPoint } from "../search/startingPoints.ts";
import { verifyTrades } from "../search/verify.ts";
import type { Space } from "../space/parameters.ts";
import type { OptimizeRequest, Settings } from "./request.ts";
import type { Session } from "./session.ts";
import type { TypeParts } from "./typeParts.ts";

/** Phase 3's outcome for one type, the replays on both parts still to come. */
export interface Profit {
  readonly report: Omit<Phase3Type, "replays"> | null;
  /** The space of the last search. */
  readonly space: Space | null;
}

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
    onTile: session.checkAborted,
    ...(request.coarseCombos !== undefined && { coarseCombos: request.coarseCombos }),
    ...(request.fineCombos !== undefined && { fineCombos: request.fineCombos }),
  });
  session.noteLinearMemory(found.linearMemoryBytes);
  const winner = found.top[0];
  if (!winner || !found.space) return { report: null, space: null };
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
    },
  };
}

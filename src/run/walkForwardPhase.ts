import type { Market } from "../candles/candles.ts";
import type { Labels, OpportunityTable } from "../opportunities/table.ts";
import { candlesOf, overMsOf } from "../search/market.ts";
import { searchProfit } from "../search/profitSearch.ts";
import { startingPoints } from "../search/startingPoints.ts";
import type { Trade } from "../search/trades.ts";
import type { Spaces } from "../space/parameters.ts";
import { type WalkForward, type WindowOutcome, walkForwardOf, windowsOf } from "../validation/walkForward.ts";
import { type Captured, captureType } from "./capturePhase.ts";
import { withReplayer } from "./replayers.ts";
import type { OptimizeRequest, Settings } from "./request.ts";
import type { Session } from "./session.ts";
import { type Part, typePartsOf, withFeaturesOf } from "./typeParts.ts";

export interface WalkForwardOptions extends Pick<OptimizeRequest, "coarseCombos" | "fineCombos" | "rolling"> {
  readonly longestBars: number;
  /** Parameters that no search of a type varies, by type. */
  readonly held?: ReadonlyMap<string, readonly string[]>;
}

/** How the winners of either phase's search, repeated in each window, did in the span after it. */
export type WalkedPhases = Readonly<Record<"phase2" | "phase3", WalkForward>>;

/**
 * Phases 2 and 3 repeated inside each of six windows, including weights and starting points, and what their winners do in the span after.
 * Current parameters and suggestions are not starting points here: nobody knows which days they were based on.
 */
export async function walkForwardTypes(
  session: Session,
  settings: Settings,
  market: Market,
  table: OpportunityTable,
  labels: Labels,
  spaces: Spaces,
  options: WalkForwardOptions,
): Promise<Map<string, WalkedPhases>> {
  const overMs = overMsOf(table, candlesOf(table, market), options.longestBars, settings.lookaheadBars);
  const searched = withFeaturesOf(spaces.values(), table);
  const windows = windowsOf(table.timestampMs, overMs, options.rolling === true);
  const outcomes = new Map(
    [...spaces.keys()].map((type): [string, Record<keyof WalkedPhases, WindowOutcome[]>] => [
      type,
      { phase2: [], phase3: [] },
    ]),
  );
  for (const [k, window] of windows.entries()) {
    session.say("phase4", `walking forward, window ${k + 1} of ${windows.length}`, k / windows.length);
    const split = { training: window.training, holdout: window.traded };
    const captured = new Map<string, Captured>();
    for (const [type, space] of spaces) {
      await session.breathe();
      const parts = typePartsOf(type, searched, labels, split);
      captured.set(type, captureType(session, settings, market, parts, space, options.held?.get(type)));
    }
    for (const [type, { parts, top }] of captured) {
      await session.breathe();
      const other = [...captured].find(([name]) => name !== type)?.[1].top[0]?.params ?? null;
      const found = searchProfit({
        ...parts.training,
        market,
        space: spaces.get(type)!,
        held: options.held?.get(type) ?? [],
        rules: settings.rules,
        objective: settings.objective,
        constraints: settings.constraints,
        drawdownLimit: settings.drawdownLimit,
        memoryBytes: settings.memoryBytes,
        threads: settings.threads,
        top: 1,
        starts: startingPoints(top, null, other, []),
        onTile: session.beat,
        ...(options.coarseCombos !== undefined && { coarseCombos: options.coarseCombos }),
        ...(options.fineCombos !== undefined && { fineCombos: options.fineCombos }),
      });
      session.noteLinearMemory(found.linearMemoryBytes);
      const won = { phase2: top[0]?.params ?? null, phase3: found.top[0]?.params ?? null };
      for (const phase of ["phase2", "phase3"] as const) {
        const params = won[phase];
        const tradesOf = (part: Part): Trade[] =>
          params === null
            ? []
            : withReplayer(settings, market, part, options.longestBars, (replayer) => replayer.trades(params));
        outcomes.get(type)![phase].push({
          fromMs: window.fromMs,
          training: parts.training.table.count,
          traded: parts.holdout.table.count,
          params,
          inSample: tradesOf(parts.training),
          outOfSample: tradesOf(parts.holdout),
          objectiveTotal: parts.holdout.labels.objective.reduce((sum, isObjective) => sum + isObjective, 0),
        });
      }
    }
  }
  const mode = options.rolling ? "rolling" : "anchored";
  const hoursPerBar = settings.timeframeMs / 3_600_000;
  return new Map(
    [...outcomes].map(([type, { phase2, phase3 }]) => [
      type,
      { phase2: walkForwardOf(phase2, mode, hoursPerBar), phase3: walkForwardOf(phase3, mode, hoursPerBar) },
    ]),
  );
}

import { scoreFeature } from "../portfolio/order.ts";
import { rankByPortfolio } from "../portfolio/shortlist.ts";
import { candlesOf, overMsOf } from "../search/market.ts";
import { searchProfit } from "../search/profitSearch.ts";
import type { SearchTask } from "../search/searchTask.ts";
import { startingPoints } from "../search/startingPoints.ts";
import type { Trade } from "../search/trades.ts";
import type { Parameters, Space, Spaces } from "../space/parameters.ts";
import {
  type WalkForward,
  type Window,
  type WindowOutcome,
  walkForwardOf,
  windowsOf,
} from "../validation/walkForward.ts";
import { bestOfAnother, type Captured, captureTypes, type HeldParameters } from "./capturePhase.ts";
import type { Run } from "./run.ts";
import { type Part, withFeaturesOf } from "./typeParts.ts";

const phases = ["phase2", "phase3"] as const;

/** How the winners of either phase's search, repeated in each window, did in the span after it. */
export type WalkedPhases = Readonly<Record<(typeof phases)[number], WalkForward>>;

/** Walks forward, with the values that a set holds fixed for one type, if any. */
export type Walk = (held?: { readonly space: Space; readonly held: readonly string[] }) => Promise<WalkedPhases>;

/**
 * Phases 2 and 3 repeated inside each of six windows, including weights and starting points, and what their winners do in the span after.
 * Current parameters and suggestions are not starting points here: nobody knows which days they were based on. All types and configs share one walk.
 */
export class WalkForwards {
  private walked: Promise<Map<string, WalkedPhases>> | undefined;

  constructor(
    private readonly run: Run,
    private readonly universe: Part,
    private readonly spaces: Spaces,
  ) {}

  /** Walks one type forward, once a verdict depends on it. */
  of(type: string): Walk {
    return async (held) => {
      if (held) {
        const over = new Map(this.spaces).set(type, held.space);
        return (await walkTypes(this.run, this.universe, over, new Map([[type, held.held]]))).get(type)!;
      }
      this.walked ??= walkTypes(this.run, this.universe, this.spaces, new Map());
      return (await this.walked).get(type)!;
    };
  }
}

async function walkTypes(
  run: Run,
  { table, labels }: Part,
  spaces: Spaces,
  held: HeldParameters,
): Promise<Map<string, WalkedPhases>> {
  const { session, settings, market, longestBars } = run;
  const overMs = overMsOf(table, candlesOf(table, market), longestBars, settings.lookaheadBars);
  const searched = withFeaturesOf(spaces.values(), table, settings.ranking ? [scoreFeature] : []);
  const windows = windowsOf(table.timestampMs, overMs, settings.rolling);
  const outcomes = new Map(
    [...spaces.keys()].map((type) => [type, { phase2: [] as WindowOutcome[], phase3: [] as WindowOutcome[] }]),
  );
  for (const k of windows.keys()) session.meter.leave(`window ${k + 1}`, 1);
  for (const [k, window] of windows.entries()) {
    session.say("phase4", `walking forward, window ${k + 1} of ${windows.length}`, k / windows.length);
    session.meter.begin(`window ${k + 1}`);
    const split = { training: window.training, holdout: window.traded };
    const captured = await captureTypes(run, { table: searched, labels, split }, spaces, held);
    for (const [type, own] of captured) {
      await session.breathe();
      const options = { space: spaces.get(type)!, held: held.get(type) ?? [], other: bestOfAnother(captured, type) };
      const won = { phase2: own.top[0]?.params ?? null, phase3: profitIn(run, own, options) };
      for (const phase of phases) outcomes.get(type)![phase].push(outcomeOf(run, window, own, won[phase]));
    }
    session.meter.end();
  }
  session.say("phase4", "comparing the windows");
  const mode = settings.rolling ? "rolling" : "anchored";
  const walkedOf = (found: readonly WindowOutcome[]): WalkForward =>
    walkForwardOf(found, mode, settings.timeframeMs / 3_600_000);
  return new Map(
    [...outcomes].map(([type, { phase2, phase3 }]) => [type, { phase2: walkedOf(phase2), phase3: walkedOf(phase3) }]),
  );
}

/** Phase 3's best set of one type in a window; null if nothing could be ranked. */
function profitIn(
  run: Run,
  { parts, top }: Captured,
  {
    other,
    ...searched
  }: { readonly space: Space; readonly held: readonly string[]; readonly other: Parameters | null },
): Parameters | null {
  const { objective, stages } = run.settings;
  const ranking = run.rankingOver(parts.training);
  const starts = startingPoints(top, null, other, []);
  const task = { ...run.searchOptions(), ...stages, ...parts.training, ...searched, objective, starts, top: 1 };
  const searchLast = ranking && ((last: SearchTask) => rankByPortfolio(last, ranking));
  const found = searchProfit({ ...task, ...(searchLast && { searchLast }) });
  run.session.noteLinearMemory(found.linearMemoryBytes);
  return found.top[0]?.params ?? null;
}

/** How a window's winner did there, and in the span after. */
function outcomeOf(run: Run, { fromMs }: Window, { parts }: Captured, params: Parameters | null): WindowOutcome {
  const { training, holdout } = parts;
  const tradesOf = (part: Part): Trade[] =>
    params === null ? [] : run.replaying(part, (replayer) => replayer.trades(params));
  return {
    fromMs,
    training: training.table.count,
    traded: holdout.table.count,
    params,
    inSample: tradesOf(training),
    outOfSample: tradesOf(holdout),
    objectiveTotal: holdout.labels.objective.reduce((sum, isObjective) => sum + isObjective, 0),
  };
}

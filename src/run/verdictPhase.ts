import type { Market } from "../candles/candles.ts";
import type { Replay } from "../report/result.ts";
import { barsHeldAtMost } from "../search/market.ts";
import { onePosition } from "../search/onePosition.ts";
import type { SetReplayer } from "../search/setReplayer.ts";
import { figuresOf } from "../search/setReplayer.ts";
import type { Trade } from "../search/trades.ts";
import { exitOf } from "../space/exits.ts";
import type { Parameters } from "../space/parameters.ts";
import type { TypeValidation } from "../validation/result.ts";
import type { NoSelection, Selection } from "../validation/selection.ts";
import type { Trials } from "../validation/trialTests.ts";
import { type Evidence, noEvidence, validateType } from "../validation/validate.ts";
import type { WalkForward } from "../validation/walkForward.ts";
import { baselinesOf, type LastSearch, plateauAround, randomEntries } from "./evidence.ts";
import { withReplayer } from "./replayers.ts";
import type { Settings } from "./request.ts";
import type { Session } from "./session.ts";
import type { TypeParts } from "./typeParts.ts";

/** The three sets that a verdict compares; null where there is none. */
export interface Contenders {
  readonly phase3: Parameters | null;
  readonly phase2: Parameters | null;
  readonly current: Parameters | null;
}

export interface VerdictContext {
  readonly splitMs: number;
  readonly margin: number;
  readonly maxOpen?: number;
  readonly currentLastUpdateMs: number | null;
  /** The opportunities were chosen by their own future. */
  readonly hindsight: boolean;
  readonly longestBars: number;
  /** The search that phase 3's winner was chosen from, and what it says of its sets; null where that was not done. */
  readonly last: LastSearch | null;
  readonly trials: Trials | null;
  /** How that search fares in noise. */
  readonly selection: (last: LastSearch) => Promise<Selection | NoSelection>;
  readonly walkForward: WalkForward | null;
}

const names = ["phase3", "phase2", "current"] as const;

type PartTrades = Record<"training" | "holdout", Trade[]>;

/** Phase 4 for one type: every contender replayed on training and hold-out, the winner put to every test, then the verdict and the gate. */
export async function judgeType(
  session: Session,
  settings: Settings,
  market: Market,
  parts: TypeParts,
  contenders: Contenders,
  context: VerdictContext,
): Promise<{ validation: TypeValidation; replays: Replay[] }> {
  const { longestBars } = context;
  const hoursPerBar = settings.timeframeMs / 3_600_000;
  const limits = context.maxOpen === undefined ? {} : { maxOpen: context.maxOpen };
  const trades = new Map<(typeof names)[number], PartTrades>();
  const replays: Replay[] = [];
  const objectiveTotals = { training: 0, holdout: 0 };
  for (const part of ["training", "holdout"] as const)
    withReplayer(settings, market, parts[part], longestBars, (replayer) => {
      objectiveTotals[part] = replayer.objectiveTotal;
      for (const set of names) {
        const params = contenders[set];
        if (!params) continue;
        const taken = replayer.trades(params);
        trades.set(set, { ...(trades.get(set) ?? { training: [], holdout: [] }), [part]: taken });
        replays.push(replayOf(set, part, params, taken, replayer, onePosition(taken, limits), settings));
      }
    });
  const winner = trades.get("phase3") ?? null;
  const evidence = contenders.phase3 && winner && (await evidenceOn(contenders.phase3, winner));
  const validation = validateType({
    type: parts.type,
    opportunities: parts.count,
    minTrades: settings.constraints.minTrades,
    margin: context.margin,
    seed: settings.seed,
    splitMs: context.splitMs,
    currentLastUpdateMs: context.currentLastUpdateMs,
    hindsight: context.hindsight,
    winner,
    evidence: { ...noEvidence, ...evidence, walkForward: context.walkForward },
    phase2: trades.get("phase2") ?? null,
    current: trades.get("current") ?? null,
    objectiveTotals,
    hoursPerBar,
    ...limits,
  });
  const place = ({ set }: Replay): number => names.indexOf(set);
  return { validation, replays: replays.sort((a, b) => place(a) - place(b)) };

  async function evidenceOn(params: Parameters, { holdout }: PartTrades): Promise<Partial<Evidence>> {
    const { splitMs, last, trials } = context;
    await session.breathe();
    const entries = randomEntries(settings, market, holdout, params, splitMs);
    return {
      trials,
      plateau:
        last &&
        withReplayer(settings, market, parts.training, longestBars, (replayer) =>
          plateauAround(settings, replayer, params, last),
        ),
      randomEntries: entries,
      selection: last && (await context.selection(last)),
      baselines: withReplayer(settings, market, parts.holdout, longestBars, (replayer) =>
        baselinesOf(settings, market, replayer, params, entries, splitMs),
      ),
    };
  }
}

function replayOf(
  set: Replay["set"],
  part: Replay["part"],
  params: Parameters,
  trades: readonly Trade[],
  { objectiveTotal }: SetReplayer,
  onePositionTrades: readonly Trade[],
  { rules, timeframeMs }: Settings,
): Replay {
  const heldAtMost = barsHeldAtMost(exitOf(params), rules, timeframeMs);
  const plain = figuresOf(params, trades, objectiveTotal, timeframeMs, heldAtMost);
  return {
    set,
    part,
    plain: plain.metrics,
    one_position: figuresOf(params, onePositionTrades, objectiveTotal, timeframeMs, heldAtMost).metrics,
    ambiguous: plain.ambiguous,
    avg_return_other_rule: plain.avg_return_other_rule,
    hole_exits: plain.hole_exits,
  };
}

import type { Market } from "../candles/candles.ts";
import type { Replay } from "../report/result.ts";
import { metricsOf } from "../search/metrics.ts";
import { onePosition } from "../search/onePosition.ts";
import { SetReplayer } from "../search/setReplayer.ts";
import type { Trade } from "../search/trades.ts";
import type { Parameters } from "../space/parameters.ts";
import type { TypeValidation } from "../validation/result.ts";
import type { Trials } from "../validation/trialTests.ts";
import { validateType } from "../validation/validate.ts";
import type { Settings } from "./request.ts";
import type { Part, TypeParts } from "./typeParts.ts";

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
  /** The sets that phase 3's winner was chosen from; null where it came from elsewhere. */
  readonly trials: Trials | null;
}

const names = ["phase3", "phase2", "current"] as const;

/** Phase 4 for one type: every contender replayed on training and hold-out, then the verdict and the gate. */
export function judgeType(
  settings: Settings,
  market: Market,
  parts: TypeParts,
  contenders: Contenders,
  context: VerdictContext,
): { validation: TypeValidation; replays: Replay[] } {
  const training = replayerOf(settings, market, parts.training, context.longestBars);
  const holdout = replayerOf(settings, market, parts.holdout, context.longestBars);
  const hoursPerBar = settings.timeframeMs / 3_600_000;
  const limits = context.maxOpen === undefined ? {} : { maxOpen: context.maxOpen };
  const trades = Object.fromEntries(
    names.map((name) => {
      const params = contenders[name];
      return [name, params && { training: training.trades(params), holdout: holdout.trades(params) }];
    }),
  ) as Record<(typeof names)[number], { training: Trade[]; holdout: Trade[] } | null>;
  const replays = names.flatMap((set) =>
    (["training", "holdout"] as const).flatMap((part) => {
      const taken = trades[set]?.[part];
      if (!taken) return [];
      const total = (part === "training" ? training : holdout).objectiveTotal;
      return [
        {
          set,
          part,
          plain: metricsOf(taken, total, hoursPerBar),
          one_position: metricsOf(onePosition(taken, limits), total, hoursPerBar),
        },
      ];
    }),
  );
  const validation = validateType({
    type: parts.type,
    opportunities: parts.all.table.count,
    minTrades: settings.constraints.minTrades,
    margin: context.margin,
    seed: settings.seed,
    splitMs: context.splitMs,
    currentLastUpdateMs: context.currentLastUpdateMs,
    hindsight: context.hindsight,
    winner: trades.phase3,
    trials: context.trials,
    phase2: trades.phase2,
    current: trades.current,
    objectiveTotals: { training: training.objectiveTotal, holdout: holdout.objectiveTotal },
    hoursPerBar,
    ...limits,
  });
  return { validation, replays };
}

function replayerOf(settings: Settings, market: Market, part: Part, longestBars: number): SetReplayer {
  return new SetReplayer(
    part.table,
    part.labels,
    market,
    settings.rules,
    settings.timeframeMs,
    longestBars,
    settings.memoryBytes,
  );
}

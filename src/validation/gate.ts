import { metricsOf } from "../search/metrics.ts";
import { onePosition } from "../search/onePosition.ts";
import type { Trade } from "../search/trades.ts";
import { pairedDifference } from "./pairedBootstrap.ts";
import type { GateResult, Verdict } from "./result.ts";

const neededShare = 0.8;

/** What the gate weighs: the hold-out trades of the candidate and of the current parameters. */
export interface GateInput {
  readonly candidateName: GateResult["candidate"];
  readonly candidate: readonly Trade[] | null;
  readonly current: readonly Trade[] | null;
  readonly objectiveTotal: number;
  readonly hoursPerBar: number;
  readonly minTrades: number;
  /** Points by which avg_return must be better. */
  readonly margin: number;
  readonly seed: number;
  readonly maxOpen?: number;
  readonly currentSawHoldout: boolean;
  /** The verdict that lets nothing through, whatever the comparison says; null where it does. */
  readonly stoppedBy: Verdict | null;
}

/** Fewest hold-out trades that decide anything. */
export function holdoutTradesNeeded(minTrades: number): number {
  return Math.max(10, minTrades / 2);
}

/**
 * Whether new parameters may replace the current ones: replayed with one position a symbol on the hold-out they need enough trades, an
 * avg_return above the current one by more than the margin (a current set without trades counts as 0), and to be better in at least 80 %
 * of paired resamples.
 */
export function gateOf(input: GateInput): GateResult {
  const limits = input.maxOpen === undefined ? {} : { maxOpen: input.maxOpen };
  const taken = (trades: readonly Trade[] | null): Trade[] => (trades ? onePosition(trades, limits) : []);
  const candidate = taken(input.candidate);
  const current = taken(input.current);
  const metrics = (trades: Trade[]) => metricsOf(trades, input.objectiveTotal, input.hoursPerBar);
  const candidateMetrics = metrics(candidate);
  const currentMetrics = metrics(current);
  const needed = holdoutTradesNeeded(input.minTrades);
  const gain = candidateMetrics.avg_return - currentMetrics.avg_return;
  const share = pairedDifference(candidate, current, input.seed)?.betterShare ?? 0;
  const points = (value: number): string => `${value.toFixed(2)} %`;
  const against = `${points(candidateMetrics.avg_return)} a trade against ${points(currentMetrics.avg_return)}`;
  const [open, reason] = ((): [boolean, string] => {
    if (!input.candidate) return [false, "there are no new parameters to weigh"];
    if (input.stoppedBy)
      return [
        false,
        `the verdict, ${input.stoppedBy}, does not let the new parameters through; on the hold-out: ${against}`,
      ];
    if (candidate.length < needed)
      return [false, `the new parameters make ${candidate.length} hold-out trades, fewer than the ${needed} it takes`];
    if (!(gain > input.margin))
      return [
        false,
        `the new parameters do not beat the current ones on the hold-out by more than ${points(input.margin)}: ${against}`,
      ];
    if (!(share >= neededShare))
      return [
        false,
        `the new parameters are better in ${(100 * share).toFixed(0)} % of resamples, fewer than 80 %: ${against}`,
      ];
    return [
      true,
      `the new parameters beat the current ones on the hold-out, better in ${(100 * share).toFixed(0)} % of resamples: ${against}`,
    ];
  })();
  return {
    open,
    reason,
    candidate: input.candidate ? input.candidateName : "none",
    candidate_metrics: input.candidate ? candidateMetrics : null,
    current_metrics: input.current ? currentMetrics : null,
    better_share: share,
    min_trades: needed,
    current_saw_holdout: input.currentSawHoldout,
  };
}

import type { Objective } from "../search/objectives.ts";
import type { Trade } from "../search/trades.ts";
import type { BlockSums } from "./blocks.ts";
import { deflatedSharpe } from "./deflatedSharpe.ts";
import { type TestFinding, testLimits } from "./finding.ts";
import { backtestOverfitting } from "./pbo.ts";

/** What the winner's search knows about the sets that it was chosen from. */
export interface Trials {
  /** A sample of the ranked sets, on the training part. */
  readonly blockSums: BlockSums;
  /** What that search ranked by, whose statistic over half of the blocks PBO compares. */
  readonly objective: Objective;
  readonly barMs: number;
}

/**
 * Probability of backtest overfitting and deflated Sharpe ratio of a winner, given the trials that it was chosen from. If all of them make the
 * same trades nothing was chosen: there is no overfitting to look for, and the Sharpe ratio is compared with 0.
 */
export function trialTests(trials: Trials | null, training: readonly Trade[], minTrades: number): TestFinding[] {
  const { pbo: ofPbo, deflated_sharpe: ofSharpe } = testLimits;
  if (!trials)
    return (["pbo", "deflated_sharpe"] as const).map((name) => ({
      name,
      outcome: "not run",
      figure: null,
      threshold: testLimits[name],
      figures: {},
    }));
  const { pbo, sets, halves, logits, spread } = backtestOverfitting(trials.blockSums, trials.objective, minTrades);
  const isChoice = sets > 1;
  const deflated = deflatedSharpe(training, trials.blockSums, trials.barMs);
  return [
    {
      name: "pbo",
      outcome: !isChoice ? "not run" : pbo === null ? "warning" : pbo > ofPbo.most ? "failed" : "passed",
      ...(!isChoice && { reason: { code: "SAME_TRADES" } as const }),
      figure: pbo,
      threshold: ofPbo,
      figures: isChoice
        ? { ...(pbo !== null && { pbo }), sets, halves, ...(logits && { median_logit: logits.median }) }
        : {},
      ...(isChoice && spread && { picture: { histogram: spread, ...(logits && { mark: logits.median }) } }),
    },
    {
      name: "deflated_sharpe",
      outcome: deflated && deflated.dsr >= ofSharpe.least ? "passed" : "warning",
      figure: deflated?.dsr ?? null,
      threshold: ofSharpe,
      figures: deflated
        ? {
            dsr: deflated.dsr,
            sharpe: deflated.sharpe,
            expected_best: deflated.expectedBest,
            trials: deflated.trials,
            sets: deflated.sets,
            observations: deflated.observations,
            skew: deflated.skew,
            kurtosis: deflated.kurtosis,
          }
        : {},
    },
  ];
}

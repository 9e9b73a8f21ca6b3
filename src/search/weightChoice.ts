import { Rescorer } from "../core/rescore.ts";
import { auc } from "../opportunities/auc.ts";
import type { Labels, OpportunityTable } from "../opportunities/table.ts";
import { candidateWeights } from "../opportunities/weights.ts";

/** The weight set that was chosen, and how well its score separates objective from other opportunities. */
export interface ChosenWeights {
  /** Name of the weighting. */
  readonly name: string;
  /** Mann-Whitney; 0.5 means no separation. */
  readonly auc: number;
  /** Weight of each component of the score. */
  readonly values: Readonly<Record<string, number>>;
}

const fewestOfAClass = 10;

/** Scores of every row under a weight set. Throws nothing; the table must have activations. */
function scoresOf(table: OpportunityTable, weights: Readonly<Record<string, number>>): Float64Array {
  const activations = table.activations!;
  return new Rescorer(activations).scores(activations.names.map((name) => weights[name] ?? 0));
}

/**
 * Phase 2's weight choice: the candidate whose score best separates objective opportunities from the others; the earlier among equals,
 * the first where either class has fewer than 10. Null if there is nothing to choose: no activations, or a type without candidates.
 */
export function chooseWeights(type: string, table: OpportunityTable, labels: Labels): ChosenWeights | null {
  const candidates = candidateWeights[type];
  if (!table.activations || !candidates) return null;
  const objective = labels.objective.reduce((sum, flag) => sum + flag, 0);
  const isDecidable = Math.min(objective, table.count - objective) >= fewestOfAClass;
  let best: ChosenWeights | null = null;
  for (const { name, values } of isDecidable ? candidates : candidates.slice(0, 1)) {
    const separation = auc(scoresOf(table, values), labels.objective);
    if (!best || separation > best.auc) best = { name, auc: separation, values };
  }
  return best;
}

/** The same table with its `signal_score` made from these weights. */
export function withSignalScore(table: OpportunityTable, weights: Readonly<Record<string, number>>): OpportunityTable {
  if (!table.activations) return table;
  const scores = scoresOf(table, weights);
  return {
    ...table,
    features: table.features.map((column, k) => (table.featureNames[k] === "signal_score" ? scores : column)),
  };
}

import type { Market } from "../candles/candles.ts";
import { type Baseline, baselineOf } from "../opportunities/baseline.ts";
import { pickLabels, pickRows } from "../opportunities/table.ts";
import type { Phase2Type } from "../report/result.ts";
import { searchCapture } from "../search/captureSearch.ts";
import type { RankedSet } from "../search/result.ts";
import { capturedRows } from "../search/setReplayer.ts";
import { statingVariants } from "../search/stages.ts";
import { type ChosenWeights, chooseWeights, withSignalScore } from "../search/weightChoice.ts";
import { filtersOf } from "../space/filters.ts";
import type { Parameters, Space } from "../space/parameters.ts";
import type { Settings } from "./request.ts";
import type { Session } from "./session.ts";
import type { Part, TypeParts } from "./typeParts.ts";

/** Phase 2's outcome for one type: the report of it, and the parts with the chosen weights' signal score. */
export interface Captured {
  readonly report: Phase2Type;
  readonly parts: TypeParts;
  readonly top: readonly RankedSet[];
}

/** Phase 2 for one type: choose the score weights on the training part, rescore, and search what captures most there. */
export function captureType(
  session: Session,
  settings: Settings,
  market: Market,
  original: TypeParts,
  space: Space,
  held: readonly string[] = [],
): Captured {
  const { weights, parts } = withChosenWeights(original);
  const { table, labels } = parts.training;
  const outcome = searchCapture({
    table,
    labels,
    market,
    space,
    held,
    rules: settings.rules,
    constraints: settings.constraints,
    drawdownLimit: settings.drawdownLimit,
    memoryBytes: settings.memoryBytes,
    threads: settings.threads,
    onTile: session.beat,
  });
  session.noteLinearMemory(outcome.engine.linear_memory_bytes);
  const top = outcome.top.map((set) => ({ ...set, params: statingVariants(set.params, space) }));
  const best = top[0];
  return {
    parts,
    top,
    report: {
      weights,
      baseline: baselineOf(table, labels),
      learned: best ? learnedFrom(parts.training, best.params) : null,
      sets: outcome.sets,
      params: best?.params ?? null,
      metrics: best?.metrics ?? null,
      top,
    },
  };
}

/** Chooses a type's score weights on its training part and scores every part with them, if its opportunities have activations. */
export function withChosenWeights(original: TypeParts): {
  readonly weights: ChosenWeights | null;
  readonly parts: TypeParts;
} {
  const weights = chooseWeights(original.type, original.training.table, original.training.labels);
  return { weights, parts: weights ? rescored(original, weights) : original };
}

function rescored(parts: TypeParts, weights: ChosenWeights): TypeParts {
  const rescore = (part: Part): Part => ({ ...part, table: withSignalScore(part.table, weights.values) });
  return {
    type: parts.type,
    count: parts.count,
    all: () => rescore(parts.all()),
    training: rescore(parts.training),
    holdout: rescore(parts.holdout),
  };
}

/** What the captured opportunities look like. */
function learnedFrom({ table, labels }: Part, params: Parameters): Baseline {
  const rows = capturedRows(table, filtersOf(params));
  return baselineOf(pickRows(table, rows), pickLabels(labels, rows));
}

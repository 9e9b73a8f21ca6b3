import { type Baseline, baselineOf } from "../opportunities/baseline.ts";
import { pickLabels, pickRows } from "../opportunities/table.ts";
import { keptSets, searchCapture } from "../search/captureSearch.ts";
import type { RankedSet } from "../search/result.ts";
import { capturedRows } from "../search/setReplayer.ts";
import { statingVariants } from "../search/stages.ts";
import { type ChosenWeights, chooseWeights, withSignalScore } from "../search/weightChoice.ts";
import { filtersOf } from "../space/filters.ts";
import type { Parameters, Space, Spaces } from "../space/parameters.ts";
import type { Phase2Type } from "./results.ts";
import type { Run } from "./run.ts";
import { type Part, type TypeParts, typePartsOf } from "./typeParts.ts";
import type { Universe } from "./universe.ts";

/** Parameters that no search of a type varies, by type. */
export type HeldParameters = ReadonlyMap<string, readonly string[]>;

/** Phase 2's outcome for one type: the report of it, and the parts with the chosen weights' signal score. */
export interface Captured {
  readonly report: Phase2Type;
  readonly parts: TypeParts;
  readonly top: readonly RankedSet[];
  /** The same and more, if more were asked for. */
  readonly leaders: readonly RankedSet[];
}

/** What else phase 2 may be told. */
export interface Capturing {
  /** Parameters that the search does not vary. */
  readonly held?: readonly string[];
  /** Weights that were chosen before. */
  readonly weights?: ChosenWeights | null;
  /** Leaders to keep. */
  readonly leaders?: number;
}

/** Phase 2 for every type of a universe. */
export async function captureTypes(
  run: Run,
  { table, labels, split }: Universe,
  spaces: Spaces,
  held?: HeldParameters,
  leaders = 0,
): Promise<Map<string, Captured>> {
  const captured = new Map<string, Captured>();
  for (const [type, space] of spaces) {
    await run.session.breathe();
    captured.set(
      type,
      captureType(run, typePartsOf(type, table, labels, split), space, { held: held?.get(type) ?? [], leaders }),
    );
  }
  return captured;
}

/** Phase 2's best set of another type, which phase 3 starts from as well; null if there is none. */
export function bestOfAnother(captured: ReadonlyMap<string, Captured>, type: string): Parameters | null {
  return [...captured].find(([name]) => name !== type)?.[1].top[0]?.params ?? null;
}

/** Phase 2 for one type: choose the score weights on the training part, rescore, and search what captures most there. */
export function captureType(
  run: Run,
  original: TypeParts,
  space: Space,
  { held = [], weights: known, leaders: top = 0 }: Capturing = {},
): Captured {
  const { weights, parts } = withWeights(original, known);
  const { table, labels } = parts.training;
  const outcome = searchCapture({ ...run.searchOptions(), table, labels, space, held, top });
  run.session.noteLinearMemory(outcome.engine.linear_memory_bytes);
  const leaders = outcome.top.map((set) => ({ ...set, params: statingVariants(set.params, space) }));
  const kept = leaders.slice(0, keptSets);
  const best = kept[0];
  return {
    parts,
    top: kept,
    leaders,
    report: {
      weights,
      baseline: baselineOf(table, labels),
      learned: best ? learnedFrom(parts.training, best.params) : null,
      sets: outcome.sets,
      params: best?.params ?? null,
      metrics: best?.metrics ?? null,
      top: kept,
    },
  };
}

/** Chooses a type's score weights on its training part, unless they are known, and scores every part with them, if its opportunities have activations. */
function withWeights(
  original: TypeParts,
  known: ChosenWeights | null | undefined,
): {
  readonly weights: ChosenWeights | null;
  readonly parts: TypeParts;
} {
  const weights =
    known !== undefined ? known : chooseWeights(original.type, original.training.table, original.training.labels);
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
export function learnedFrom({ table, labels }: Part, params: Parameters): Baseline {
  const rows = capturedRows(table, filtersOf(params));
  return baselineOf(pickRows(table, rows), pickLabels(labels, rows));
}

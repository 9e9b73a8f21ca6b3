import type { Parameters } from "../space/parameters.ts";
import { decideAll, type Spending } from "../validation/decision.ts";
import type { CandidateResult, Decision, TypeValidation } from "../validation/result.ts";
import type { JudgedType } from "./verdictPhase.ts";

/** One type of one config with its decision; `params` are what is written, null if nothing is. */
export interface DecidedType {
  readonly validation: TypeValidation;
  readonly decision: Decision;
  readonly params: Parameters | null;
}

type Proposed = CandidateResult & { readonly gate: NonNullable<CandidateResult["gate"]> };

/** A judged type, and what its decision may spend of the doubt. */
export interface SpendingType extends JudgedType {
  readonly spending: Spending | null;
}

/** Decides on all types of all configs of a run together, in the order given; a type without opportunities does not count as a decision. */
export function decideTypes(types: readonly SpendingType[], confidence: number): DecidedType[] {
  const proposedOf = ({ candidates }: JudgedType): Proposed[] =>
    candidates.filter((candidate): candidate is Proposed => candidate.gate !== null);
  const open = types.filter(({ isOpenToDecision }) => isOpenToDecision);
  const decided = decideAll(
    open.map((type) => ({ candidates: proposedOf(type), standing: type.standing, spending: type.spending })),
    confidence,
  );
  return types.map((type) => {
    const { decision, applied } = decided[open.indexOf(type)] ?? {
      decision: { advice: "keep", applied: null, reasons: [{ code: "NO_CANDIDATE" }], confidence } as const,
      applied: null,
    };
    const chosen = applied === null ? null : proposedOf(type)[applied]!;
    return {
      decision,
      params: chosen === null ? null : chosen.params,
      validation: { ...type.proposed, applied: decision.applied ?? "current", candidates: type.candidates },
    };
  });
}

import type { SpaceOrder } from "../space/order.ts";
import type { Space } from "../space/parameters.ts";
import type { ExitGrid } from "./exitGrid.ts";
import type { FilterAxis } from "./filterGrid.ts";

/** Rank of a set = exitRanks[stop item][target item] + the steps of its candidates under the stop item's kind; see SweepJob. */
export interface RankParts {
  readonly exitRanks: Float64Array;
  readonly stopKinds: Uint8Array;
  /** [kind][inner axis][candidate, loosest first] */
  readonly steps: Float64Array;
}

/** The user's position of the candidate, by key. */
type Digits = Readonly<Record<string, number>>;

/** Sets whose tied parameters have the same values. */
interface Variant {
  /** Rank of the one that has every other first candidate. */
  readonly base: number;
  /** What one step of each other key adds. */
  readonly stepOf: ReadonlyMap<string, number>;
  /** What each target item adds. */
  readonly targetSteps: readonly number[];
  readonly kind: number;
}

/**
 * The parts for one slab: leading axes held at these candidates (loosest-first places), the others free. Once the parameters that are tied (a
 * trailing stop's, say) are fixed, a rank is linear in the place of every other one.
 */
export function rankPartsOf(
  space: Space,
  order: SpaceOrder,
  axes: readonly FilterAxis[],
  held: readonly number[],
  exits: ExitGrid,
): RankParts {
  const keys = Object.keys(space);
  const inner = axes.slice(held.length);
  const kinds = new Map<string, number>();
  const steps: number[] = [];
  const exitRanks = new Float64Array(exits.stopDigits.length * exits.targetDigits.length);
  const variants = new Map<string, Variant>();
  const stopKinds = Uint8Array.from(exits.stopDigits, (digits) => variantOf(digits).kind);
  const targets = exits.targetDigits.length;
  for (const [s, stopDigits] of exits.stopDigits.entries()) {
    const { base, stepOf, targetSteps } = variantOf(stopDigits);
    let stopRank = base + stepsAlong(stopDigits, stepOf);
    for (const [k, candidate] of held.entries())
      stopRank += stepOf.get(axes[k]!.parameter)! * axes[k]!.digits[candidate]!;
    for (let t = 0; t < targets; t++) exitRanks[s * targets + t] = stopRank + targetSteps[t]!;
  }
  return { exitRanks, stopKinds, steps: Float64Array.from(steps) };

  function variantOf(stopDigits: Digits): Variant {
    const tied = Object.entries(stopDigits).filter(([key]) => order.tied.includes(key));
    const name = tied.join();
    let variant = variants.get(name);
    if (!variant) {
      const fixed = Object.fromEntries(tied);
      const digits = keys.map((key) => fixed[key] ?? 0);
      const base = order.rankOf(digits);
      const stepOf = new Map<string, number>();
      for (const [place, key] of keys.entries()) {
        if (key in fixed || space[key]!.length < 2) {
          stepOf.set(key, 0);
          continue;
        }
        const stepped = [...digits];
        stepped[place] = 1;
        stepOf.set(key, order.rankOf(stepped) - base);
      }
      const kind = kindOf(inner.map(({ parameter }) => stepOf.get(parameter)!));
      const targetSteps = exits.targetDigits.map((target) => stepsAlong(target, stepOf));
      variant = { base, stepOf, targetSteps, kind };
      variants.set(name, variant);
    }
    return variant;
  }

  function kindOf(axisSteps: readonly number[]): number {
    const name = axisSteps.join();
    let kind = kinds.get(name);
    if (kind === undefined) {
      kind = kinds.size;
      kinds.set(name, kind);
      for (const [k, { digits }] of inner.entries()) for (const digit of digits) steps.push(axisSteps[k]! * digit);
    }
    return kind;
  }
}

function stepsAlong(digits: Digits, stepOf: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const key in digits) sum += (stepOf.get(key) ?? 0) * digits[key]!;
  return sum;
}

import { CoreFault } from "../errors.ts";
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
  const variants = new Variants(space, order, axes.slice(held.length), exits);
  const exitRanks = new Float64Array(exits.stopDigits.length * exits.targetDigits.length);
  const stopKinds = Uint8Array.from(exits.stopDigits, (digits) => variants.of(digits).kind);
  const targets = exits.targetDigits.length;
  for (const [s, stopDigits] of exits.stopDigits.entries()) {
    const { base, stepOf, targetSteps } = variants.of(stopDigits);
    let stopRank = base + stepsAlong(stopDigits, stepOf);
    for (const [k, candidate] of held.entries())
      stopRank += stepOf.get(axes[k]!.parameter)! * axes[k]!.digits[candidate]!;
    for (let t = 0; t < targets; t++) exitRanks[s * targets + t] = stopRank + targetSteps[t]!;
  }
  return { exitRanks, stopKinds, steps: Float64Array.from(variants.steps) };
}

/** Kinds that a byte tells apart. */
const maxKinds = 256;

/** The variants of a space, each made when first asked for. */
class Variants {
  /** [kind][inner axis][candidate, loosest first] */
  readonly steps: number[] = [];
  private readonly keys: readonly string[];
  private readonly known = new Map<string, Variant>();
  private readonly kinds = new Map<string, number>();

  /** `inner` are the axes whose candidates are free. */
  constructor(
    private readonly space: Space,
    private readonly order: SpaceOrder,
    private readonly inner: readonly FilterAxis[],
    private readonly exits: ExitGrid,
  ) {
    this.keys = Object.keys(space);
  }

  /** The variant of a stop item. */
  of(stopDigits: Digits): Variant {
    const tied = Object.entries(stopDigits).filter(([key]) => this.order.tied.includes(key));
    const name = tied.join();
    const known = this.known.get(name);
    if (known) return known;
    const { base, stepOf } = this.stepsFrom(Object.fromEntries(tied));
    const kind = this.kindOf(this.inner.map(({ parameter }) => stepOf.get(parameter)!));
    const targetSteps = this.exits.targetDigits.map((target) => stepsAlong(target, stepOf));
    const variant = { base, stepOf, targetSteps, kind };
    this.known.set(name, variant);
    return variant;
  }

  /** The rank where the tied parameters are fixed and every other one is its first candidate, and what one step of each other adds. */
  private stepsFrom(fixed: Digits): Pick<Variant, "base" | "stepOf"> {
    const digits = this.keys.map((key) => fixed[key] ?? 0);
    const base = this.order.rankOf(digits);
    const stepOf = new Map<string, number>();
    for (const [place, key] of this.keys.entries()) {
      if (key in fixed || this.space[key]!.length < 2) {
        stepOf.set(key, 0);
        continue;
      }
      const stepped = [...digits];
      stepped[place] = 1;
      stepOf.set(key, this.order.rankOf(stepped) - base);
    }
    return { base, stepOf };
  }

  private kindOf(axisSteps: readonly number[]): number {
    const name = axisSteps.join();
    const known = this.kinds.get(name);
    if (known !== undefined) return known;
    const kind = this.kinds.size;
    if (kind === maxKinds) throw new CoreFault("RANK_KINDS", "a space has more kinds of ranks than a byte tells apart");
    this.kinds.set(name, kind);
    for (const [k, { digits }] of this.inner.entries())
      for (const digit of digits) this.steps.push(axisSteps[k]! * digit);
    return kind;
  }
}

function stepsAlong(digits: Digits, stepOf: ReadonlyMap<string, number>): number {
  let sum = 0;
  for (const key in digits) sum += (stepOf.get(key) ?? 0) * digits[key]!;
  return sum;
}

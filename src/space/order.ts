import { InputError } from "../errors.ts";
import type { Details } from "./exitRule.ts";
import { exitRules } from "./exitRules/rules.ts";
import { countedOf } from "./exits.ts";
import type { Parameters, ParameterValue, Space } from "./parameters.ts";

/**
 * The order of a space's sets: an odometer over the keys in file order, the last fastest. Where a rule is off, sets whose details (a trailing stop's
 * activation or distance, say) are not their first candidates are skipped and not numbered.
 */
export interface SpaceOrder {
  /** Number of sets, exact up to 2^53. */
  readonly sets: number;
  /** Rank of the set with these candidate positions, one per key; undefined for a skipped set. */
  rankOf(digits: readonly number[]): number;
  /** Candidate positions, one per key, of the set with this rank. */
  digitsOf(rank: number): number[];
  /** Values of the set with this rank; without the details of rules that are off. */
  parametersOf(rank: number): Parameters;
  /** Keys of which the number of sets behind one depends on others: the details of rules, and what controls them. */
  readonly tied: readonly string[];
}

/** More sets than this take hours, a thousand times more take a year; and ranks beyond 2^53 are not exact. */
const mostSets = 1e12;

/** Refuses a space too large to search. Throws InputError. */
export function requireCountable({ sets }: SpaceOrder): void {
  if (sets <= mostSets) return;
  throw new InputError("SPACE_SETS", "the space has too many parameter sets", {
    found: `${sets.toPrecision(3)} sets`,
    expected: `at most ${mostSets.toPrecision(3)}`,
    remedy: "remove parameters, or use fewer values",
  });
}

export function orderSpace(space: Space): SpaceOrder {
  return new Odometer(space);
}

class Odometer implements SpaceOrder {
  readonly sets: number;
  readonly tied: readonly string[];
  private readonly keys: readonly string[];
  private readonly lists: readonly (readonly ParameterValue[])[];
  private readonly knots: readonly Knot[];
  /** Sets of the keys that are not tied, behind each key. */
  private readonly plainBehind: readonly number[];

  constructor(space: Space) {
    this.keys = Object.keys(space);
    this.lists = this.keys.map((key) => space[key]!);
    this.knots = exitRules.flatMap(({ details }) => (details ? (knotOf(details, this.keys, this.lists) ?? []) : []));
    const tied = new Set(this.knots.flatMap(({ places }) => places));
    this.tied = this.keys.filter((_, place) => tied.has(place));
    const behind: number[] = new Array(this.keys.length + 1).fill(1);
    for (let k = this.keys.length - 1; k >= 0; k--)
      behind[k] = behind[k + 1]! * (tied.has(k) ? 1 : this.lists[k]!.length);
    this.plainBehind = behind;
    this.sets = this.tiedSettings([]) * behind[0]!;
  }

  digitsOf(rank: number): number[] {
    const { keys, lists } = this;
    const digits: (number | undefined)[] = new Array(keys.length).fill(undefined);
    let left = rank;
    for (let place = 0; place < keys.length; place++) {
      let digit = 0;
      for (; digit < lists[place]!.length - 1; digit++) {
        const behind = this.setsBehind(digits, place, digit);
        if (left < behind) break;
        left -= behind;
      }
      digits[place] = digit;
    }
    return digits as number[];
  }

  rankOf(wanted: readonly number[]): number {
    const digits: (number | undefined)[] = new Array(this.keys.length).fill(undefined);
    let rank = 0;
    for (let place = 0; place < this.keys.length; place++) {
      for (let digit = 0; digit < wanted[place]!; digit++) rank += this.setsBehind(digits, place, digit);
      digits[place] = wanted[place]!;
    }
    return rank;
  }

  parametersOf(rank: number): Parameters {
    const digits = this.digitsOf(rank);
    return countedOf(Object.fromEntries(this.keys.map((key, place) => [key, this.lists[place]![digits[place]!]!])));
  }

  /** How many settings of the tied keys not yet chosen (digit undefined) are numbered. */
  private tiedSettings(digits: Digits): number {
    let product = 1;
    for (const knot of this.knots) product *= knot.settings(digits);
    return product;
  }

  /** Sets behind one candidate of a key, those before it chosen; the digit is chosen with it. */
  private setsBehind(digits: (number | undefined)[], place: number, digit: number): number {
    digits[place] = digit;
    return this.tiedSettings(digits) * this.plainBehind[place + 1]!;
  }
}

/** Candidate positions by key; undefined if none is chosen yet. */
type Digits = readonly (number | undefined)[];

/** Keys of one rule's details and of what controls them, as far as a space has both. */
interface Knot {
  readonly places: readonly number[];
  /** Settings of those not yet chosen that are numbered. */
  settings(digits: Digits): number;
}

function knotOf(
  { keys: detailKeys, controls, count }: Details,
  keys: readonly string[],
  lists: readonly (readonly ParameterValue[])[],
): Knot | null {
  const placesOf = (names: readonly string[]): number[] => keys.flatMap((key, k) => (names.includes(key) ? [k] : []));
  const detailPlaces = placesOf(detailKeys);
  const controlPlaces = placesOf(controls);
  if (detailPlaces.length === 0) return null;
  const lengths = controlPlaces.map((place) => lists[place]!.length);
  const choices = lengths.reduce((product, length) => product * length, 1);
  // Whether details count, by the choice of candidates of what controls them, the last fastest.
  const counted = Uint8Array.from({ length: choices }, (_, choice) => {
    const params: Record<string, ParameterValue> = {};
    for (let k = controlPlaces.length - 1, rest = choice; k >= 0; k--) {
      params[keys[controlPlaces[k]!]!] = lists[controlPlaces[k]!]![rest % lengths[k]!]!;
      rest = Math.floor(rest / lengths[k]!);
    }
    return count(params) ? 1 : 0;
  });

  /** Settings where the first `k` controls are chosen, `all` of the details' where they count and `first` where they do not. */
  function choose(digits: Digits, k: number, choice: number, all: number, first: number): number {
    if (k === controlPlaces.length) return counted[choice] === 1 ? all : first;
    const digit = digits[controlPlaces[k]!];
    const from = choice * lengths[k]!;
    if (digit !== undefined) return choose(digits, k + 1, from + digit, all, first);
    let sum = 0;
    for (let each = 0; each < lengths[k]!; each++) sum += choose(digits, k + 1, from + each, all, first);
    return sum;
  }

  function settings(digits: Digits): number {
    let all = 1;
    let first = 1;
    for (const place of detailPlaces) {
      const digit = digits[place];
      if (digit === undefined) all *= lists[place]!.length;
      else if (digit !== 0) first = 0;
    }
    return choose(digits, 0, 0, all, first);
  }

  return {
    places: [...controlPlaces, ...detailPlaces],
    settings,
  };
}

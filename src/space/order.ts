import { InputError } from "../errors.ts";
import { trailingKeys } from "./exits.ts";
import type { Parameters, ParameterValue, Space } from "./parameters.ts";

/**
 * The order of a space's sets: an odometer over the keys in file order, the last fastest. If trailing is disabled, sets whose activation or
 * distance is not the first candidate are skipped and not numbered.
 */
export interface SpaceOrder {
  /** Number of sets, exact up to 2^53. */
  readonly sets: number;
  /** Rank of the set with these candidate positions, one per key; undefined for a skipped set. */
  rankOf(digits: readonly number[]): number;
  /** Candidate positions, one per key, of the set with this rank. */
  digitsOf(rank: number): number[];
  /** Values of the set with this rank; without activation and distance if trailing is off. */
  parametersOf(rank: number): Parameters;
  /** Rank of a set by its values, or -1 if it is not in the space. */
  find(parameters: Parameters): number;
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
  const keys = Object.keys(space);
  const lists = keys.map((key) => space[key]!);
  const trailingPlaces = trailingKeys.map((key) => keys.indexOf(key));
  const [enabledPlace, ...detailPlaces] = trailingPlaces as [number, number, number];
  // Sets of the non-trailing keys behind each key.
  const plainBehind: number[] = new Array(keys.length + 1).fill(1);
  for (let k = keys.length - 1; k >= 0; k--)
    plainBehind[k] = plainBehind[k + 1]! * (trailingPlaces.includes(k) ? 1 : lists[k]!.length);

  /** How many settings of the trailing keys not yet chosen (digit undefined) are numbered. */
  function trailingSettings(digits: readonly (number | undefined)[]): number {
    const enabled: readonly ParameterValue[] =
      enabledPlace < 0
        ? [false]
        : digits[enabledPlace] === undefined
          ? lists[enabledPlace]!
          : [lists[enabledPlace]![digits[enabledPlace]!]!];
    let settings = 0;
    for (const isEnabled of enabled)
      settings += detailPlaces.reduce((product, place) => {
        if (place < 0) return product;
        const digit = digits[place];
        if (isEnabled) return product * (digit === undefined ? lists[place]!.length : 1);
        return digit === undefined || digit === 0 ? product : 0;
      }, 1);
    return settings;
  }

  function setsBehind(digits: (number | undefined)[], place: number, digit: number): number {
    digits[place] = digit;
    return trailingSettings(digits) * plainBehind[place + 1]!;
  }

  const sets = trailingSettings([]) * plainBehind[0]!;

  function digitsOf(rank: number): number[] {
    const digits: (number | undefined)[] = new Array(keys.length).fill(undefined);
    let left = rank;
    for (let place = 0; place < keys.length; place++) {
      let digit = 0;
      for (; digit < lists[place]!.length - 1; digit++) {
        const behind = setsBehind(digits, place, digit);
        if (left < behind) break;
        left -= behind;
      }
      digits[place] = digit;
    }
    return digits as number[];
  }

  function rankOf(wanted: readonly number[]): number {
    const digits: (number | undefined)[] = new Array(keys.length).fill(undefined);
    let rank = 0;
    for (let place = 0; place < keys.length; place++) {
      for (let digit = 0; digit < wanted[place]!; digit++) rank += setsBehind(digits, place, digit);
      digits[place] = wanted[place]!;
    }
    return rank;
  }

  function parametersOf(rank: number): Parameters {
    const digits = digitsOf(rank);
    const entries = keys.map((key, place) => [key, lists[place]![digits[place]!]!] as const);
    const isTrailing = enabledPlace >= 0 && lists[enabledPlace]![digits[enabledPlace]!] === true;
    return Object.fromEntries(entries.filter((_, place) => isTrailing || !detailPlaces.includes(place)));
  }

  function find(parameters: Parameters): number {
    const digits = keys.map((key, place) => {
      const wanted = JSON.stringify(parameters[key]);
      return lists[place]!.findIndex((candidate) => JSON.stringify(candidate) === wanted);
    });
    if (enabledPlace < 0 || lists[enabledPlace]![digits[enabledPlace]!] === false)
      for (const place of detailPlaces) if (place >= 0) digits[place] = 0;
    return digits.includes(-1) ? -1 : rankOf(digits);
  }

  return { sets, rankOf, digitsOf, parametersOf, find };
}

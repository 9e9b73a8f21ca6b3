import { InputError } from "../errors.ts";

/** Candidates from one value to another in equal steps; the ends are candidates if they lie on a step. */
export interface Range {
  /** The first value. */
  readonly from: number;
  /** The last value, if the steps reach it. */
  readonly to: number;
  /** From one value to the next. */
  readonly step: number;
}

const keys = ["from", "to", "step"] as const;
const mostCandidates = 10_000;

/** Whether a value looks like a range: an object with the keys of a range and no others, valid or not. */
export function isRange(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const names = Object.keys(value);
  return names.length > 0 && names.every((name) => (keys as readonly string[]).includes(name));
}

/**
 * The candidates of a range, in its direction. Steps use decimal arithmetic: from 0.1 in steps of 0.1 the third is exactly 0.3, and no
 * rounding loses the last. Throws InputError if a part is missing or the step has the wrong sign.
 */
export function candidatesOf(range: Readonly<Record<string, unknown>>, where: string): number[] {
  const fail = (rule: string, expected: string): InputError =>
    new InputError("SPACE_RANGE", rule, {
      where,
      found: JSON.stringify(range),
      expected,
      remedy: "correct the range, or list the values",
    });
  for (const key of keys) {
    const value = range[key];
    if (typeof value !== "number" || !Number.isFinite(value))
      throw fail("a range needs from, to and step, all numbers", '{"from": 0.5, "to": 3, "step": 0.25}');
  }
  const { from, to, step } = range as unknown as Range;
  if (step === 0) throw fail("the step of a range must not be 0", "a step other than 0");
  if (from !== to && Math.sign(to - from) !== Math.sign(step))
    throw fail("the step has the wrong sign", `a step ${to > from ? "above" : "below"} 0`);
  if (Math.abs((to - from) / step) >= mostCandidates)
    throw fail("the range is too long", `at most ${mostCandidates} values`);
  const parts = [from, to, step].map(decimalOf);
  const places = Math.max(...parts.map((part) => part.places));
  const [first, last, stride] = parts.map((part) => part.digits * 10n ** BigInt(places - part.places)) as [
    bigint,
    bigint,
    bigint,
  ];
  const candidates: number[] = [];
  for (let value = first; stride > 0n ? value <= last : value >= last; value += stride)
    candidates.push(Number(`${value}e-${places}`));
  return candidates;
}

/** A number as an integer of its digits and its decimal places, from its shortest text. */
function decimalOf(value: number): { readonly digits: bigint; readonly places: number } {
  const [, whole, part = "", exponent = "0"] = /^(-?\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(value))!;
  const places = part.length - Number(exponent);
  const digits = BigInt(whole! + part);
  return places < 0 ? { digits: digits * 10n ** BigInt(-places), places: 0 } : { digits, places };
}

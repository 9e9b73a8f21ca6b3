import type { ErrorCode } from "../errorCodes.ts";
import type { ExitParts } from "./exitParts.ts";
import type { Parameters, ParameterValue } from "./parameters.ts";

/** One parameter of an exit rule. */
export interface ExitKey {
  /** What it says, with its unit: a line of help and of the documentation. */
  readonly description: string;
  /** What a value must be, if it is invalid; null if it is valid. */
  expected(value: unknown): string | null;
  /** Its value where neither the space nor a set names it, nor any other parameter of `insteadOf`. */
  readonly default?: ParameterValue;
  /** Whether a value means a multiple of the ATR; absent where none does. */
  usesAtr?(value: ParameterValue): boolean;
  /** The value by which the rule is no part of a set. */
  readonly off?: ParameterValue;
  /** How the stages of phase 3 search around a value; a parameter without it keeps the candidates of the space. */
  scaled?(value: ParameterValue, factor: number): ParameterValue;
}

/** Parameters that count only by what others say: where they do not, they have one setting, their first candidate, and a set does without. */
export interface Details {
  readonly keys: readonly string[];
  /** Parameters that `count` looks at. */
  readonly controls: readonly string[];
  count(params: Parameters): boolean;
}

/**
 * A way to leave a trade: its parameters, what they may say together, and what it adds to the exit of a set. Spaces, ranks, exits as the core
 * reads them, neighbours, stages, help and documentation ask it; none of them knows a rule by its name.
 */
export interface ExitRule {
  readonly name: string;
  /** Whether its candidates multiply the stop items of a search or its target items. Details are of the stop side: ranks count on it. */
  readonly side: "stop" | "target";
  /** In the order of their candidates' loops. */
  readonly keys: Readonly<Record<string, ExitKey>>;
  readonly details?: Details;
  /** Parameters of which a space or a set names at most one; the first has the default. */
  readonly insteadOf?: readonly (readonly string[])[];
  /** Whether coarse and fine stages do without the rule, where it can be switched off; `always` where they do without it in any case. */
  readonly isVariant: boolean | "always";
  /** Reasons that a trade may end for by it. */
  readonly reasons: readonly string[];
  /** What is missing beside parameters that name the rule and may switch it on: what was found, and what is expected; null if nothing is. */
  missing?(names: readonly string[], candidates: (key: string) => readonly ParameterValue[]): Missing | null;
  /** What it adds to the exit of a set, defaults filled in, that has passed `checkParameters`. */
  parts(params: Parameters): ExitParts;
}

export interface Missing {
  readonly code: ErrorCode;
  readonly message: string;
  readonly found: string;
  readonly expected: string;
}

/** Checks and scaling of a number above 0 that the stages keep within bounds. */
export function positiveKey(description: string, [least, most]: readonly [number, number], fallback?: number): ExitKey {
  return {
    description,
    expected: (value) => (isFiniteNumber(value) ? (value > 0 ? null : "a number above 0") : "a finite number"),
    ...(fallback !== undefined && { default: fallback }),
    scaled: (value, factor) => Math.min(most, Math.max(least, tidy((value as number) * factor))),
  };
}

/** The same parameter, as multiples of the ATR. */
export function inAtrs(key: ExitKey): ExitKey {
  return { ...key, usesAtr: (value) => value !== key.off };
}

export function isFiniteNumber(value: unknown): value is number {
  return typeof value === "number" && Number.isFinite(value);
}

/** A product such as 1.5 * 1.2 without its binary tail, since it will stand in somebody's config. */
export function tidy(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

export function switchKey(description: string, fallback: boolean): ExitKey {
  return {
    description,
    expected: (value) => (typeof value === "boolean" ? null : "true or false"),
    default: fallback,
    off: false,
  };
}

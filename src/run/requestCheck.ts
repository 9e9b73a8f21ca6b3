import * as v from "valibot";
import { didYouMean, nearest } from "../didYouMean.ts";
import { InputError } from "../errors.ts";
import { type CallName, calls, type RequestOf } from "./calls.ts";
import { isPlainObject } from "./plainObject.ts";

/**
 * A request as the call may take it: a copy with its known options and without those that are undefined. Throws InputError where an option
 * is missing, unknown, another call's, or cannot be meant.
 */
export function checkRequest<Name extends CallName>(call: Name, request: unknown): RequestOf<Name> {
  const checked = checkOptions(call, calls[call] as OptionsSchema<RequestOf<Name>>, request);
  if (call === "optimize" || call === "rehearse") checkTogether(call, checked as RequestOf<"optimize" | "rehearse">);
  return checked;
}

/** A schema of options: one object, closed. */
export type OptionsSchema<Output> = v.GenericSchema<unknown, Output> & {
  readonly entries: Readonly<Record<string, v.GenericSchema>>;
};

/** An object of options by any schema of them; `call` names it in errors. */
export function checkOptions<Output>(call: string, schema: OptionsSchema<Output>, options: unknown): Output {
  if (!isPlainObject(options))
    throw wrong({ call, rule: "options are one plain object", where: call, found: options, expected: "an object" });
  let parsed: v.SafeParseResult<OptionsSchema<Output>>;
  try {
    const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
    parsed = v.safeParse(schema, given);
  } catch (cause) {
    // A getter or a proxy of the caller's may do anything.
    const found = cause instanceof Error ? cause.message : cause;
    throw wrong({ call, rule: "the options cannot be read", where: call, found, expected: "plain values" });
  }
  if (!parsed.success) throw refusalOf(call, schema.entries, parsed.issues);
  return parsed.output;
}

type Issue = v.BaseIssue<unknown>;

function refusalOf(call: string, entries: OptionsSchema<unknown>["entries"], issues: readonly Issue[]): InputError {
  // A typing error shows as an unknown option and a missing one: the first says more.
  const unknown = issues.find(({ type, expected }) => type === "strict_object" && expected === "never");
  const { key, value } = keyOf(unknown ?? issues[0]!);
  if (unknown) {
    const isOfOthers = Object.values(calls).some((other) => Object.hasOwn(other.entries, key));
    return wrong({
      call,
      rule: isOfOthers ? `${key} is no option of ${call}` : "unknown option",
      where: key,
      found: value,
      expected: `any of: ${Object.keys(entries).join(", ")}`,
      remedy: didYouMean(key, Object.keys(entries), "leave it out"),
    });
  }
  const expected = expectedOf(entries[key]);
  if (value === undefined)
    return wrong({ call, rule: `${key} is missing`, where: key, found: value, expected, remedy: `give ${key}` });
  const meant = typeof value === "string" ? nearest(value, wordsOf(entries[key])) : null;
  const remedy = meant === null ? {} : { remedy: `did you mean ${meant}?` };
  return wrong({ call, rule: `invalid value for ${key}`, where: key, found: value, expected, ...remedy });
}

/** The words that an option may be, where it is one of a few. */
function wordsOf(schema: v.GenericSchema | undefined): readonly string[] {
  const inner = (schema && "wrapped" in schema ? schema.wrapped : schema) as { readonly options?: readonly unknown[] };
  return (inner?.options ?? []).filter((option) => typeof option === "string");
}

function keyOf({ path }: Issue): { readonly key: string; readonly value: unknown } {
  const [first] = (path ?? []) as readonly { readonly key?: unknown; readonly value?: unknown }[];
  return { key: String(first?.key ?? "request"), value: first?.value };
}

/** What an option expects, in words. */
export function expectedOf(schema: v.GenericSchema | undefined): string {
  const inner = schema && "wrapped" in schema ? (schema.wrapped as v.GenericSchema) : schema;
  return (inner && v.getDescription(inner)) ?? "another value";
}

/** Options that exclude or need each other. */
function checkTogether(
  call: string,
  { signals, signalTimeframeMs, legacyActivations }: RequestOf<"optimize" | "rehearse">,
): void {
  if (signals === undefined && signalTimeframeMs !== undefined)
    throw wrong({
      call,
      rule: "there are no signals whose bars it could be",
      where: "signalTimeframeMs",
      found: signalTimeframeMs,
      expected: "signals beside it",
    });
  if (signals !== undefined && legacyActivations !== undefined)
    throw wrong({
      call,
      rule: "nothing is scanned where signals are given",
      where: "legacyActivations",
      found: legacyActivations,
      expected: "one of signals and legacyActivations",
    });
}

interface Refusal {
  readonly call: string;
  readonly rule: string;
  readonly where: string;
  readonly found: unknown;
  readonly expected: string;
  /** Where there is a better one than the obvious. */
  readonly remedy?: string;
}

/** The refusal of a caller's option. */
export function wrong({ call, rule, where, found, expected, remedy }: Refusal): InputError {
  return new InputError("REQUEST_OPTION", rule, {
    where,
    found: shown(found),
    expected,
    remedy: remedy ?? `correct the call of ${call}; nothing was read or written`,
  });
}

/** A caller's value as a message may show it: whole where it is short, else what it is. */
export function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value);
  if (typeof value === "function" || typeof value === "symbol") return `a ${typeof value}`;
  if (Array.isArray(value)) {
    const isShort = value.length <= 10 && value.every((item) => typeof item !== "object" || item === null);
    return isShort ? `[${value.map(shown).join(", ")}]` : `a list of ${value.length}`;
  }
  if (typeof value !== "object" || value === null) return String(value);
  return isPlainObject(value) ? "an object" : `an object of ${value.constructor?.name || "another class"}`;
}

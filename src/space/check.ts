import { didYouMean } from "../didYouMean.ts";
import { InputError } from "../errors.ts";
import { exitRules } from "./exitRules/rules.ts";
import { exitKeyOf, exitKeys } from "./exits.ts";
import { filterNameOf, filterPrefixes } from "./filters.ts";
import type { Parameters, ParameterValue, Space } from "./parameters.ts";
import { candidatesOf, isRange } from "./ranges.ts";
import { itemOf, placeText, type Where, within } from "./where.ts";

/** Refuses an invalid candidate or single value of a parameter at its place. */
function checkValue(parameter: string, value: unknown, where: Where): asserts value is ParameterValue {
  const fail = (expected: string): never => {
    throw new InputError("SPACE_VALUE", `invalid value for ${parameter}`, {
      where: placeText(where),
      // JSON has no NaN.
      found: typeof value === "number" ? String(value) : (JSON.stringify(value) ?? String(value)),
      expected,
    });
  };
  const expected =
    exitKeyOf(parameter)?.expected(value) ?? (exitKeyOf(parameter) ? null : expectedOfFilter(parameter, value));
  if (expected !== null) fail(expected);
}

/** What a filter's value must be, where it is not; null if it is. */
function expectedOfFilter(parameter: string, value: unknown): string | null {
  const isNumber = (candidate: unknown): boolean => typeof candidate === "number" && Number.isFinite(candidate);
  const kind = filterNameOf(parameter)?.kind;
  if (kind === "require") return typeof value === "boolean" ? null : "true or false";
  if (kind !== "allowed") return isNumber(value) ? null : "a finite number";
  const isAllowed = value === "any" || (Array.isArray(value) && value.length > 0 && value.every(isNumber));
  return isAllowed ? null : 'a list of allowed numbers, or "any"';
}

function checkName(parameter: string, featureNames: readonly string[], where: Where): void {
  if (exitKeyOf(parameter)) return;
  const name = filterNameOf(parameter);
  if (name && featureNames.includes(name.feature)) return;
  throw new InputError("SPACE_UNKNOWN", `unknown parameter ${parameter}`, {
    where: placeText(where),
    found: name ? `feature "${name.feature}", which the opportunities do not have` : `"${parameter}"`,
    expected: `min_, max_, require_ or allowed_ with one of: ${featureNames.join(", ") || "(no features)"}; or ${exitKeys().join(", ")}`,
    remedy: didYouMean(parameter, namesLike(parameter, featureNames), "correct the name, or leave the parameter out"),
  });
}

/** Names close to a parameter: the exits, and the features with its prefix, or with any if it has none. */
function namesLike(parameter: string, featureNames: readonly string[]): string[] {
  const own = filterPrefixes.find((prefix) => parameter.startsWith(prefix));
  const prefixes = own === undefined ? filterPrefixes : [own];
  return [...exitKeys(), ...prefixes.flatMap((prefix) => featureNames.map((feature) => prefix + feature))];
}

/** Refuses two names for one thing, and a rule that may be switched on without what it needs. */
function checkTogether(
  names: readonly string[],
  candidates: (key: string) => readonly ParameterValue[],
  place: Where,
): void {
  const where = placeText(place);
  for (const { insteadOf, missing } of exitRules) {
    for (const group of insteadOf ?? []) {
      const named = group.filter((name) => names.includes(name));
      if (named.length > 1)
        throw new InputError("SPACE_UNITS", "two parameters set the same thing in different units", {
          where,
          found: named.join(" and "),
          expected: `one of: ${group.join(", ")}`,
          remedy: "remove all but one of them",
        });
    }
    const lacking = missing?.(names, candidates);
    if (!lacking) continue;
    const { code, message, found, expected } = lacking;
    throw new InputError(code, message, { where, found, expected });
  }
}

/** A candidate's meaning as a text: of a table or a partial exit whatever the order of its fields, and what a field left out means said. */
function textOf(candidate: ParameterValue): string {
  if (typeof candidate !== "object" || Array.isArray(candidate)) return JSON.stringify(candidate);
  const fields = Object.entries("share" in candidate ? { then: "hold", ...candidate } : candidate);
  return JSON.stringify(Object.fromEntries(fields.sort(([a], [b]) => (a < b ? -1 : 1))));
}

/** A space with its ranges as lists. Refuses an unknown parameter, an empty list, a wrong type, a NaN or a duplicate candidate. */
export function checkSpace(space: unknown, featureNames: readonly string[], where: Where): Space {
  if (typeof space !== "object" || space === null || Array.isArray(space))
    throw new InputError("SPACE_SHAPE", "a space must be an object of parameter names and lists of values", {
      where: placeText(where),
      found: Array.isArray(space) ? "a list" : String(space),
      expected: '{"min_signal_score": [40, 50], "atr_tp_multiplier": [1.5, 2], ...}',
    });
  const checked: Record<string, readonly ParameterValue[]> = {};
  for (const [parameter, listed] of Object.entries(space)) {
    checkName(parameter, featureNames, where);
    const place = within(where, parameter);
    const candidates: unknown = isRange(listed) ? candidatesOf(listed, placeText(place)) : listed;
    if (!Array.isArray(candidates) || candidates.length === 0)
      throw new InputError("SPACE_LIST", `${parameter} needs a list of candidate values`, {
        where: placeText(place),
        found: JSON.stringify(candidates),
        expected: 'a list with at least one value, or a range such as {"from": 1, "to": 3, "step": 0.5}',
      });
    const seen = new Set<string>();
    for (const [k, candidate] of candidates.entries()) {
      checkValue(parameter, candidate, itemOf(place, k));
      const key = textOf(candidate);
      if (seen.has(key))
        throw new InputError("SPACE_DUPLICATE", `duplicate value for ${parameter}`, {
          where: placeText(itemOf(place, k)),
          found: key,
          expected: "each candidate once",
        });
      seen.add(key);
    }
    checked[parameter] = candidates;
  }
  checkTogether(Object.keys(checked), (key) => checked[key] ?? [], where);
  return checked;
}

/** What bots write beside their parameters for themselves: `"_phase4_rollback": "none"`. */
const isNote = (name: string): boolean => name.startsWith("_");

/** Refuses a single parameter set with an unknown parameter or a value it cannot take. Names that begin with `_` are notes, and left out. */
export function checkParameters(parameters: unknown, featureNames: readonly string[], where: Where): Parameters {
  if (typeof parameters !== "object" || parameters === null || Array.isArray(parameters))
    throw new InputError("PARAMS_SHAPE", "a parameter set must be one flat object of names and values", {
      where: placeText(where),
      found: Array.isArray(parameters) ? "a list" : String(parameters),
      expected: '{"min_signal_score": 60, "atr_tp_multiplier": 2, ...}',
    });
  const named = Object.entries(parameters).filter(([name]) => !isNote(name));
  for (const [parameter, value] of named) {
    checkName(parameter, featureNames, where);
    checkValue(parameter, value, within(where, parameter));
  }
  const checked = Object.fromEntries(named) as Parameters;
  checkTogether(Object.keys(checked), (key) => (key in checked ? [checked[key]!] : []), where);
  return checked;
}

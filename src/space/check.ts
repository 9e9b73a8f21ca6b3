import { didYouMean } from "../didYouMean.ts";
import { InputError } from "../errors.ts";
import { exitKeys, trailingKeys } from "./exits.ts";
import { filterNameOf, filterPrefixes } from "./filters.ts";
import type { Parameters, ParameterValue, Space } from "./parameters.ts";
import { candidatesOf, isRange } from "./ranges.ts";

/** Refuses an invalid candidate or single value of a parameter. `where` names file and type. */
function checkValue(parameter: string, value: unknown, where: string): asserts value is ParameterValue {
  const fail = (expected: string): never => {
    throw new InputError("SPACE_VALUE", `invalid value for ${parameter}`, {
      where: `${where}, ${parameter}`,
      found: JSON.stringify(value) ?? String(value),
      expected,
    });
  };
  const isNumber = (candidate: unknown): boolean => typeof candidate === "number" && Number.isFinite(candidate);
  if (parameter === "trailing_stop_enabled" || filterNameOf(parameter)?.kind === "require") {
    if (typeof value !== "boolean") fail("true or false");
  } else if (filterNameOf(parameter)?.kind === "allowed") {
    if (value !== "any" && !(Array.isArray(value) && value.length > 0 && value.every(isNumber)))
      fail('a list of allowed numbers, or "any"');
  } else if (!isNumber(value)) fail("a finite number");
  else if (parameter === "trailing_stop_activation") {
    if ((value as number) < 0) fail("a number of ATRs, 0 or more");
  } else if (exitKeys.includes(parameter) && (value as number) <= 0) fail("a number above 0");
}

function checkName(parameter: string, featureNames: readonly string[], where: string): void {
  if (exitKeys.includes(parameter)) return;
  const name = filterNameOf(parameter);
  if (name && featureNames.includes(name.feature)) return;
  throw new InputError("SPACE_UNKNOWN", `unknown parameter ${parameter}`, {
    where,
    found: name ? `feature "${name.feature}", which the opportunities do not have` : `"${parameter}"`,
    expected: `min_, max_, require_ or allowed_ with one of: ${featureNames.join(", ") || "(no features)"}; or ${exitKeys.join(", ")}`,
    remedy: didYouMean(parameter, namesLike(parameter, featureNames), "correct the name, or leave the parameter out"),
  });
}

/** Names close to a parameter: the exits, and the features with its prefix, or with any if it has none. */
function namesLike(parameter: string, featureNames: readonly string[]): string[] {
  const own = filterPrefixes.find((prefix) => parameter.startsWith(prefix));
  const prefixes = own === undefined ? filterPrefixes : [own];
  return [...exitKeys, ...prefixes.flatMap((prefix) => featureNames.map((feature) => prefix + feature))];
}

function checkTrailing(keys: readonly string[], isEnabledPossible: boolean, where: string): void {
  if (!isEnabledPossible) return;
  for (const key of trailingKeys)
    if (!keys.includes(key))
      throw new InputError("SPACE_TRAILING", "a trailing stop needs an activation and a distance", {
        where,
        found: `trailing_stop_enabled true without ${key}`,
        expected: "trailing_stop_activation and trailing_stop_distance, in ATRs",
      });
}

/** A space with its ranges as lists. Refuses an unknown parameter, an empty list, a wrong type, a NaN or a duplicate candidate. */
export function checkSpace(space: unknown, featureNames: readonly string[], where: string): Space {
  if (typeof space !== "object" || space === null || Array.isArray(space))
    throw new InputError("SPACE_SHAPE", "a space must be an object of parameter names and lists of values", {
      where,
      found: Array.isArray(space) ? "a list" : String(space),
      expected: '{"min_signal_score": [40, 50], "atr_tp_multiplier": [1.5, 2], ...}',
    });
  const checked: Record<string, readonly ParameterValue[]> = {};
  for (const [parameter, listed] of Object.entries(space)) {
    checkName(parameter, featureNames, where);
    const candidates: unknown = isRange(listed) ? candidatesOf(listed, `${where}, ${parameter}`) : listed;
    if (!Array.isArray(candidates) || candidates.length === 0)
      throw new InputError("SPACE_LIST", `${parameter} needs a list of candidate values`, {
        where: `${where}, ${parameter}`,
        found: JSON.stringify(candidates),
        expected: 'a list with at least one value, or a range such as {"from": 1, "to": 3, "step": 0.5}',
      });
    const seen = new Set<string>();
    for (const candidate of candidates) {
      checkValue(parameter, candidate, where);
      const key = JSON.stringify(candidate);
      if (seen.has(key))
        throw new InputError("SPACE_DUPLICATE", `duplicate value for ${parameter}`, {
          where: `${where}, ${parameter}`,
          found: key,
          expected: "each candidate once",
        });
      seen.add(key);
    }
    checked[parameter] = candidates;
  }
  checkTrailing(Object.keys(checked), (checked["trailing_stop_enabled"] ?? []).includes(true), where);
  return checked;
}

/** Refuses a single parameter set with an unknown parameter or a value it cannot take. */
export function checkParameters(parameters: unknown, featureNames: readonly string[], where: string): Parameters {
  if (typeof parameters !== "object" || parameters === null || Array.isArray(parameters))
    throw new InputError("PARAMS_SHAPE", "a parameter set must be one flat object of names and values", {
      where,
      found: Array.isArray(parameters) ? "a list" : String(parameters),
      expected: '{"min_signal_score": 60, "atr_tp_multiplier": 2, ...}',
    });
  for (const [parameter, value] of Object.entries(parameters)) {
    checkName(parameter, featureNames, where);
    checkValue(parameter, value, where);
  }
  const checked = parameters as Parameters;
  checkTrailing(Object.keys(checked), checked["trailing_stop_enabled"] === true, where);
  return checked;
}

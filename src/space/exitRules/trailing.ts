import { type LevelUnit, trailingStop } from "../exitParts.ts";
import {
  type ExitKey,
  type ExitRule,
  inAtrs,
  isFiniteNumber,
  type Missing,
  positiveKey,
  switchKey,
} from "../exitRule.ts";

const atrKeys = ["trailing_stop_activation", "trailing_stop_distance"] as const;
const inPercent = ["trailing_activation_percent", "trailing_distance_percent"] as const;
const details = [...atrKeys, ...inPercent];

/** A stop that follows the best price, once that has gone far enough. */
export const trailing: ExitRule = {
  name: "trailing stop",
  side: "stop",
  keys: {
    trailing_stop_enabled: switchKey("whether a trailing stop is used", false),
    [atrKeys[0]]: inAtrs(activationKey("profit that starts the trailing stop, in ATRs", "ATRs")),
    [atrKeys[1]]: inAtrs(fixedKey("distance of the trailing stop from the best price, in ATRs")),
    [inPercent[0]]: activationKey("profit that starts the trailing stop, in percent of the entry", "percent"),
    [inPercent[1]]: fixedKey("distance of the trailing stop from the best price, in percent of the entry"),
  },
  details: {
    keys: details,
    controls: ["trailing_stop_enabled"],
    count: (params) => params["trailing_stop_enabled"] === true,
  },
  insteadOf: [
    [atrKeys[0], inPercent[0]],
    [atrKeys[1], inPercent[1]],
    [atrKeys[0], inPercent[1]],
    [inPercent[0], atrKeys[1]],
  ],
  isVariant: "always",
  reasons: ["trailing_stop"],
  missing,
  parts: (params) => {
    if (params["trailing_stop_enabled"] !== true) return {};
    const unit: LevelUnit = inPercent[0] in params ? "percent" : "atr";
    const [activation, distance] = unit === "percent" ? inPercent : atrKeys;
    return {
      stops: [trailingStop(params[activation] as number, params[distance] as number, unit, "trailing_stop")],
    };
  },
};

function missing(names: readonly string[], candidates: (key: string) => readonly unknown[]): Missing | null {
  if (!candidates("trailing_stop_enabled").includes(true)) return null;
  const wanted = names.some((name) => name === inPercent[0] || name === inPercent[1]) ? inPercent : atrKeys;
  const left = wanted.find((name) => !names.includes(name));
  if (left === undefined) return null;
  return {
    code: "SPACE_TRAILING",
    message: "a trailing stop needs an activation and a distance",
    found: `trailing_stop_enabled true without ${left}`,
    expected: `${wanted.join(" and ")}, in ${wanted === atrKeys ? "ATRs" : "percent of entry"}`,
  };
}

function activationKey(description: string, unit: string): ExitKey {
  return {
    description,
    expected: (value) =>
      isFiniteNumber(value) ? (value < 0 ? `a number of ${unit}, 0 or more` : null) : "a finite number",
  };
}

/** A number above 0 that no stage varies. */
function fixedKey(description: string): ExitKey {
  const { scaled: _, ...key } = positiveKey(description, [0, 0]);
  return key;
}

import { InputError } from "../../errors.ts";
import { defaultOf, exitKeyOf, isCounted, isOff, namesInstead } from "../../space/exits.ts";
import { filterNameOf } from "../../space/filters.ts";
import type { Parameters, ParameterValue, RoiTable, Space } from "../../space/parameters.ts";
import type { Place } from "../layout.ts";
import { quotedValue } from "../quoted.ts";
import { isSame } from "../same.ts";
import { closes } from "./current.ts";
import type { FreqtradeMap } from "./map.ts";
import { shareOf } from "./shares.ts";

const trailingKeys = ["trailing_stop_enabled", "trailing_activation_percent", "trailing_distance_percent"] as const;
const roiKeys = ["roi", "take_profit_percent", "max_holding_hours"];
const stopKeys = ["stop_loss_percent"];
const placed = [...stopKeys, ...roiKeys, ...trailingKeys];

/** Exits that a parameter file cannot hold, and what to do about each. */
const elsewhere: Readonly<Record<string, string>> = {
  use_exit_signal: "set use_exit_signal in the strategy, and give the space one candidate",
  atr_tp_multiplier: "use take_profit_percent or roi",
  atr_stop_multiplier: "use stop_loss_percent",
  trailing_stop_activation: "use trailing_activation_percent",
  trailing_stop_distance: "use trailing_distance_percent",
};

/**
 * What a whole set trades by, as values at freqtrade's places: exits at their fixed places, filters where the map says. Only what depends on a
 * parameter that differs from `current`, if that is given. Throws InputError if a parameter has no place; `where` names the set.
 */
export function placesOf(
  params: Parameters,
  map: FreqtradeMap,
  where: string,
  current: Parameters | null = null,
): Place[] {
  const isChanged = (keys: readonly string[]): boolean =>
    current === null || keys.some((key) => !isSame(params[key], current[key]));
  requirePlaces(params, map, where, (key) => isChanged([key]));
  const places: Place[] = [];
  const put = (path: readonly string[], value: unknown): void => {
    places.push({ path: ["params", ...path], value });
  };
  if (isChanged(roiKeys)) put(["roi"], roiOf(params, where));
  if (isChanged(stopKeys)) put(["stoploss", "stoploss"], -shareOf(numberIn(params, "stop_loss_percent", where)));
  if (isChanged(trailingKeys)) for (const [name, value] of trailingOf(params, where)) put(["trailing", name], value);
  for (const [filter, path] of map.filters) if (filter in params && isChanged([filter])) put(path, params[filter]);
  return places;
}

/** Refuses a space that may give a set without a place, before any work. */
export function requireSpacePlaces(space: Space, map: FreqtradeMap, where: string): void {
  for (const [key, candidates] of Object.entries(space)) {
    // The strategy's own setting, which the search does not vary.
    if (key === "use_exit_signal" && candidates.length === 1) continue;
    for (const value of candidates) requireValue(key, value, map, where);
  }
  const mayTrail = space["trailing_stop_enabled"]?.includes(true) ?? false;
  const numbers = (key: string): number[] => (space[key] ?? []) as number[];
  const distances = numbers(trailingKeys[2]);
  if (mayTrail && distances.length > 0)
    requireOffset(Math.min(...numbers(trailingKeys[1])), Math.max(...distances), where);
}

function requirePlaces(
  params: Parameters,
  map: FreqtradeMap,
  where: string,
  isChanged: (key: string) => boolean,
): void {
  for (const [key, value] of Object.entries(params)) {
    if (!isChanged(key) || !isCounted(key, params)) continue;
    if (key !== "use_exit_signal") requireValue(key, value, map, where);
  }
}

function requireValue(key: string, value: ParameterValue, map: FreqtradeMap, where: string): void {
  if (map.filters.has(key) || isOff(key, value) || key === "break_even_offset_percent") return;
  if (!exitKeyOf(key)) throw noPlace(key, value, where, filterRemedy(key));
  if (!placed.includes(key))
    throw noPlace(key, value, where, elsewhere[key] ?? "leave the rule out: freqtrade needs code for it");
  if (key === "stop_loss_percent" && (value as number) >= 100)
    throw noPlace(key, value, where, "use a stop below 100 percent");
  if (key === "roi") requireTable(value as RoiTable, where);
}

function filterRemedy(filter: string): string {
  return filterNameOf(filter)?.kind === "allowed"
    ? "use min_ and max_: freqtrade has no lists of numbers"
    : `say in the map (--map) which of the strategy's parameters it is, such as {"buy": {"NAME": "${filter}"}}`;
}

function requireTable(table: RoiTable, where: string): void {
  for (const [minutes, percent] of Object.entries(table)) {
    if (!/^\d+$/.test(minutes)) throw noPlace("roi", table, where, "use whole minutes");
    if (percent !== closes && shareOf(percent) === closes)
      throw noPlace("roi", table, where, "use -1 to close a trade at any return");
  }
}

/** Rows up to the longest holding time, which is the row that closes any trade. */
function roiOf(params: Parameters, where: string): Record<string, number> {
  const hours = (params["max_holding_hours"] ?? defaultOf("max_holding_hours", (name) => name in params)) as number;
  const endMinutes = Math.round(hours * 60);
  const table: RoiTable = (params["roi"] as RoiTable | undefined) ?? {
    "0": numberIn(params, "take_profit_percent", where),
  };
  const rows: Record<string, number> = {};
  for (const [minutes, percent] of Object.entries(table).sort(([a], [b]) => Number(a) - Number(b))) {
    if (Number(minutes) >= endMinutes) break;
    rows[minutes] = percent === closes ? closes : shareOf(percent);
    if (percent === closes) return rows;
  }
  rows[String(endMinutes)] = closes;
  return rows;
}

function trailingOf(params: Parameters, where: string): [name: string, value: boolean | number][] {
  if (params["trailing_stop_enabled"] !== true) return [["trailing_stop", false]];
  const [offset, distance] = [numberIn(params, trailingKeys[1], where), numberIn(params, trailingKeys[2], where)];
  requireOffset(offset, distance, where);
  return [
    ["trailing_stop", true],
    ["trailing_stop_positive", shareOf(distance)],
    ["trailing_stop_positive_offset", shareOf(offset)],
    ["trailing_only_offset_is_reached", true],
  ];
}

function requireOffset(offset: number, distance: number, where: string): void {
  if (offset > distance) return;
  throw new InputError("FREQTRADE_OFFSET", "freqtrade needs a trailing offset above the trailing distance", {
    where,
    found: `trailing_activation_percent ${offset} with trailing_distance_percent ${distance}`,
    expected: "an activation above the distance, in every combination",
    remedy: "raise the activation or lower the distance; nothing was written",
  });
}

/** A level that every set has: where it is not named, it is the default in ATRs. */
function numberIn(params: Parameters, key: string, where: string): number {
  const value = params[key];
  if (typeof value === "number") return value;
  const [name, given] = [...namesInstead(key), key]
    .map((other) => [other, params[other] ?? defaultOf(other, (each) => each in params)] as const)
    .find(([, other]) => other !== undefined) ?? [key, undefined];
  throw noPlace(name, given, where, elsewhere[name] ?? `use ${key}`);
}

function noPlace(key: string, value: unknown, where: string, remedy: string): InputError {
  return new InputError("FREQTRADE_NO_PLACE", `${key} has no place in a parameter file of freqtrade`, {
    where: `${where}, ${key}`,
    found: quotedValue(value),
    expected: "exits in percent of entry (stop, roi or target, trailing stop, holding time) and filters of the map",
    remedy,
  });
}

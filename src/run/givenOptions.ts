import * as v from "valibot";
import type { CandlesInMemory } from "../candles/series.ts";
import type { SignalRow } from "../opportunities/signalRow.ts";
import type { SpaceInput } from "../space/files.ts";
import type { Parameters } from "../space/parameters.ts";
import { isPlainObject } from "./plainObject.ts";
import { fileOr, path } from "./values.ts";

/*
 * Options that take a file or what it would hold. Values of files that are small have a name of their own, and the older one, which ends in
 * `File`, goes on taking a path.
 */

const isSeries = (given: unknown): boolean => isPlainObject(given) && typeof given["symbol"] === "string";
const isMarket = (given: unknown): boolean =>
  isPlainObject(given) && given["bySymbol"] instanceof Map && [...given["bySymbol"].values()].every(isSeries);

/** A folder, or candles in memory, whose contents are checked as they are read. */
export const candles = fileOr<CandlesInMemory>(
  (given) => (Array.isArray(given) ? given.every(isSeries) : isSeries(given) || isMarket(given)),
  "a folder, a market, or a list of candle series",
);

/** Rows, whose contents are checked as they are read. */
export const rows = fileOr<readonly SignalRow[]>(
  (given) => (Array.isArray(given) ? given.every(isPlainObject) : isPlainObject(given)),
  "a file, or a list of objects",
);

const set = fileOr<Parameters>(isPlainObject, "a file, or an object of parameters and their values");

/** The parameter space. */
export const spaceOptions = {
  /** A file, or the space as a value. Default, where there is one: the built-in space. */
  space: v.optional(fileOr<SpaceInput>(isPlainObject, "a file, or a space as an object")),
  /** The same, as a file alone. */
  spaceFile: v.optional(path),
};

/** One parameter set. */
export const paramsOptions = {
  /** A file, or the set as a value. */
  params: v.optional(set),
  /** The same, as a file alone. */
  paramsFile: v.optional(path),
};

/** Additional starting points of phase 3. */
export const suggestionOptions = {
  /** A file of parameter sets, or a list of them. */
  suggestions: v.optional(
    fileOr<readonly Parameters[]>(
      (given) => Array.isArray(given) && given.every(isPlainObject),
      "a file, or a list of parameter sets",
    ),
  ),
  /** The same, as a file alone. */
  suggestFile: v.optional(path),
};

/** The parameters that new ones would replace. */
export const currentOption = {
  /** The current parameters: a file, an object of them by type, or one that serves every type. */
  current: v.optional(
    fileOr<Parameters | Readonly<Record<string, Parameters>>>(
      isPlainObject,
      "a file, or an object of parameters, by type or for all",
    ),
  ),
};

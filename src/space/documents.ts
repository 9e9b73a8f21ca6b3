import { InputError } from "../errors.ts";
import { checkParameters, checkSpace } from "./check.ts";
import { exitKeyOf, usesAtr } from "./exits.ts";
import { filterNameOf } from "./filters.ts";
import type { Parameters, Space } from "./parameters.ts";
import { isRange } from "./ranges.ts";

/** A user's JSON file, read once: its names can only be checked once the opportunities are known. */
export interface JsonFile {
  readonly path: string;
  readonly document: unknown;
}

/** Every feature that a filter of these files names, by type or not, whether there is such a feature or not. */
export function featuresNamedIn(files: readonly JsonFile[]): Set<string> {
  const objects = files.flatMap(({ document }) => [document, ...Object.values(Object(document))]);
  return new Set(
    objects
      .filter((object) => typeof object === "object" && object !== null)
      .flatMap((object) => Object.keys(object))
      .flatMap((parameter) => filterNameOf(parameter)?.feature ?? []),
  );
}

/** Whether a space or a set of these files, by type or not, may have a level that is a multiple of the ATR. */
export function mayUseAtr(files: readonly JsonFile[]): boolean {
  return files.some(({ document }) => {
    const isBlock = (value: unknown): value is object =>
      typeof value === "object" && value !== null && !Array.isArray(value) && !isRange(value);
    if (!isBlock(document)) return true;
    const blocks = Object.values(document);
    const isByType =
      blocks.length > 0 && blocks.every(isBlock) && !Object.keys(document).some((name) => exitKeyOf(name));
    const named = isByType ? blocks : [document];
    return named.some((block: object) =>
      usesAtr(
        Object.fromEntries(Object.entries(block).map(([key, value]) => [key, Array.isArray(value) ? value : [value]])),
      ),
    );
  });
}

/**
 * Spaces of the types from a file: `{"scalping": {...}, "swing": {...}}`, or one type-less object that serves every type.
 * A type that the file does not name is left out.
 */
export function spacesIn(
  { path, document }: JsonFile,
  types: readonly string[],
  featureNames: readonly string[],
): Map<string, Space> {
  if (typeof document !== "object" || document === null || Array.isArray(document))
    throw new InputError("SPACE_SHAPE", "a space file must contain one object", {
      where: path,
      found: Array.isArray(document) ? "a list" : String(document),
      expected: '{"min_signal_score": [40, 50], ...}, or such an object by signal type',
    });
  const blocks = Object.entries(document);
  const isByType =
    blocks.length > 0 &&
    blocks.every(
      ([name, block]) =>
        !exitKeyOf(name) && typeof block === "object" && block !== null && !Array.isArray(block) && !isRange(block),
    );
  if (!isByType) {
    const space = checkSpace(document, featureNames, path);
    return new Map(types.map((type) => [type, space]));
  }
  const spaces = new Map<string, Space>();
  for (const [type, block] of blocks) {
    const space = checkSpace(block, featureNames, `${path}, ${type}`);
    if (types.includes(type)) spaces.set(type, space);
  }
  if (spaces.size === 0)
    throw new InputError("SPACE_TYPES", "the space has no type that occurs in the opportunities", {
      where: path,
      found: blocks.map(([type]) => type).join(", "),
      expected: `one of: ${types.join(", ")}; or one object without types`,
    });
  return spaces;
}

/** The parameter set of a file. */
export function parametersIn({ path, document }: JsonFile, featureNames: readonly string[]): Parameters {
  return checkParameters(document, featureNames, path);
}

/** The parameter sets of a suggestions file: additional starting points. */
export function suggestionsIn({ path, document }: JsonFile, featureNames: readonly string[]): Parameters[] {
  if (!Array.isArray(document))
    throw new InputError("SUGGEST_SHAPE", "suggestions must be a list of parameter sets", {
      where: path,
      found: typeof document,
      expected: '[{"atr_tp_multiplier": 3, "atr_stop_multiplier": 1.5, "max_holding_hours": 12}]',
    });
  return document.map((set, k) => checkParameters(set, featureNames, `${path}, entry ${k + 1}`));
}

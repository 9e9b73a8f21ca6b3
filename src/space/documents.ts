import { InputError } from "../errors.ts";
import { checkParameters, checkSpace } from "./check.ts";
import { exitKeyOf, usesAtr } from "./exits.ts";
import { filterNameOf } from "./filters.ts";
import type { Parameters, Space } from "./parameters.ts";
import { isRange } from "./ranges.ts";
import { itemOf, placeText, ValuePlace, type Where, within } from "./where.ts";

/** A user's JSON file, read once, or the value of an option instead of it: its names can only be checked once the opportunities are known. */
export interface JsonFile {
  /** Of a value, the option that held it. */
  readonly path: string;
  readonly document: unknown;
  /** Whether it is a value. */
  readonly isValue?: boolean;
}

/** The place of a file, or of a value, for messages. */
export function whereOf({ path, isValue }: JsonFile): Where {
  return isValue ? new ValuePlace(path) : path;
}

/** The same with the flag that names the file. */
export function flaggedWhere(file: JsonFile, flag: string): Where {
  return file.isValue ? whereOf(file) : `${flag} ${file.path}`;
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
  file: JsonFile,
  types: readonly string[],
  featureNames: readonly string[],
): Map<string, Space> {
  const { document } = file;
  const where = whereOf(file);
  if (typeof document !== "object" || document === null || Array.isArray(document))
    throw new InputError("SPACE_SHAPE", "a space file must contain one object", {
      where: placeText(where),
      found: Array.isArray(document) ? "a list" : String(document),
      expected: '{"min_signal_score": [40, 50], ...}, or such an object by signal type',
    });
  const blocks = Object.entries(document);
  if (!isByType(document)) {
    const space = checkSpace(document, featureNames, where);
    return new Map(types.map((type) => [type, space]));
  }
  const spaces = new Map<string, Space>();
  for (const [type, block] of blocks) {
    const space = checkSpace(block, featureNames, within(where, type));
    if (types.includes(type)) spaces.set(type, space);
  }
  if (spaces.size === 0)
    throw new InputError("SPACE_TYPES", "the space has no type that occurs in the opportunities", {
      where: placeText(where),
      found: blocks.map(([type]) => type).join(", "),
      expected: `one of: ${types.join(", ")}; or one object without types`,
    });
  return spaces;
}

/** Whether an object holds a block for each type: every value is an object, and no name is a parameter's. */
export function isByType(document: object): boolean {
  const blocks = Object.entries(document);
  return (
    blocks.length > 0 &&
    blocks.every(
      ([name, block]) =>
        !exitKeyOf(name) && typeof block === "object" && block !== null && !Array.isArray(block) && !isRange(block),
    )
  );
}

/** A type's part of a value that may hold a set for each type: the whole of one that does not, null if the type has none. */
export function blockOf(file: JsonFile, type: string): JsonFile | null {
  const { document, path, isValue } = file;
  if (!isValue || typeof document !== "object" || document === null || !isByType(document)) return file;
  const block: unknown = (document as Readonly<Record<string, unknown>>)[type];
  return block === undefined ? null : { path: placeText(within(new ValuePlace(path), type)), document: block, isValue };
}

/** The parameter set of a file. */
export function parametersIn(file: JsonFile, featureNames: readonly string[]): Parameters {
  return checkParameters(file.document, featureNames, whereOf(file));
}

/** The parameter sets of a suggestions file: additional starting points. */
export function suggestionsIn(file: JsonFile, featureNames: readonly string[]): Parameters[] {
  const { document } = file;
  const where = whereOf(file);
  if (!Array.isArray(document))
    throw new InputError("SUGGEST_SHAPE", "suggestions must be a list of parameter sets", {
      where: placeText(where),
      found: typeof document,
      expected: '[{"atr_tp_multiplier": 3, "atr_stop_multiplier": 1.5, "max_holding_hours": 12}]',
    });
  return document.map((set, k) => checkParameters(set, featureNames, itemOf(where, k, "entry")));
}

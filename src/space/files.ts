import { readFileSync } from "node:fs";
import { InputError } from "../errors.ts";
import { checkParameters, checkSpace } from "./check.ts";
import type { Parameters, Space } from "./parameters.ts";

/** Reads a JSON file of the user's, or says what is wrong with it. */
function readJson(path: string, what: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new InputError(
      "FILE_UNREADABLE",
      `the ${what} file cannot be read`,
      { where: path, found: (cause as Error).message, remedy: "check the path" },
      { cause },
    );
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw new InputError(
      "FILE_NOT_JSON",
      `the ${what} file is not JSON`,
      { where: path, found: (cause as Error).message, expected: "one JSON document" },
      { cause },
    );
  }
}

/**
 * Spaces of the types from a file: `{"scalping": {...}, "swing": {...}}`, or one type-less object that serves every type.
 * A type that the file does not name is left out.
 */
export function readSpaces(
  path: string,
  types: readonly string[],
  featureNames: readonly string[],
): Map<string, Space> {
  const document = readJson(path, "space");
  if (typeof document !== "object" || document === null || Array.isArray(document))
    throw new InputError("SPACE_SHAPE", "a space file holds one object", {
      where: path,
      found: Array.isArray(document) ? "a list" : String(document),
      expected: '{"min_signal_score": [40, 50], ...}, or such an object by signal type',
    });
  const blocks = Object.entries(document);
  const isByType =
    blocks.length > 0 &&
    blocks.every(([, block]) => typeof block === "object" && block !== null && !Array.isArray(block));
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
    throw new InputError("SPACE_TYPES", "the space names no type that the opportunities have", {
      where: path,
      found: blocks.map(([type]) => type).join(", "),
      expected: `one of: ${types.join(", ")}; or one object without types`,
    });
  return spaces;
}

/** One parameter set from a file. */
export function readParameters(path: string, featureNames: readonly string[]): Parameters {
  return checkParameters(readJson(path, "parameter"), featureNames, path);
}

/** A list of parameter sets from a file: further starting points, from whoever suggests them. */
export function readSuggestions(path: string, featureNames: readonly string[]): Parameters[] {
  const document = readJson(path, "suggestion");
  if (!Array.isArray(document))
    throw new InputError("SUGGEST_SHAPE", "suggestions are a list of parameter sets", {
      where: path,
      found: typeof document,
      expected: '[{"atr_tp_multiplier": 3, "atr_stop_multiplier": 1.5, "max_holding_hours": 12}]',
    });
  return document.map((set, k) => checkParameters(set, featureNames, `${path}, entry ${k + 1}`));
}

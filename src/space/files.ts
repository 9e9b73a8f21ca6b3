import { readFileSync } from "node:fs";
import { InputError } from "../errors.ts";
import { faultIn } from "../json/fault.ts";
import { DuplicateKey } from "../json/jsonScanner.ts";
import { checkReadable } from "../json/readable.ts";
import { quoted } from "../text.ts";
import type { JsonFile } from "./documents.ts";
import type { ParameterValue } from "./parameters.ts";
import type { Range } from "./ranges.ts";

export {
  blockOf,
  featuresNamedIn,
  flaggedWhere,
  isByType,
  type JsonFile,
  mayUseAtr,
  parametersIn,
  spacesIn,
  suggestionsIn,
  whereOf,
} from "./documents.ts";

/** Candidates by parameter, each as a list or as a range: what a space file holds for one type. */
export type SpaceValues = Readonly<Record<string, readonly ParameterValue[] | Range>>;

/** A space as a value: one object that serves every type, or one for each type. */
export type SpaceInput = SpaceValues | Readonly<Record<string, SpaceValues>>;

/** A path, or what a file there would hold. */
export type Given = string | object;

/** A space file or value, unchecked. */
export function openSpaces(given: Given): JsonFile {
  return opened(given, "space", "space");
}

/** One parameter set of a file or value, unchecked; `option` is what holds a value. */
export function openParameters(given: Given, option: "params" | "current" = "params"): JsonFile {
  return opened(given, option, "parameter");
}

/** Suggested parameter sets of a file or value, unchecked. */
export function openSuggestions(given: Given): JsonFile {
  return opened(given, "suggestions", "suggestion");
}

function opened(given: Given, option: string, what: string, expected?: string): JsonFile {
  if (typeof given === "string") return { path: given, document: readJson(given, what, expected) };
  return { path: option, document: given, isValue: true };
}

/** Groups of symbols of a file or value, unchecked. */
export function openGroups(given: Given): JsonFile {
  return opened(given, "group", "group", "symbol, or a JSON file of groups");
}

/** A result of a run or a search, unchecked. */
export function openRun(path: string): JsonFile {
  return { path, document: readJson(path, "result") };
}

/** A file that maps parameters to another program's names, unchecked. */
export function openMap(path: string): JsonFile {
  return { path, document: readJson(path, "map") };
}

/** Reads a user's JSON file. Throws InputError with what is wrong. */
function readJson(path: string, what: string, expected?: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new InputError(
      "FILE_UNREADABLE",
      `the ${what} file cannot be read`,
      {
        where: path,
        found: (cause as Error).message,
        ...(expected !== undefined && { expected }),
        remedy: "check the path and its permissions",
      },
      { cause },
    );
  }
  const bare = text.replace(/^\uFEFF/, "");
  try {
    const document: unknown = JSON.parse(bare);
    // JSON.parse silently takes the last of two equal keys.
    checkReadable(Buffer.from(bare), 0);
    return document;
  } catch (cause) {
    if (cause instanceof DuplicateKey)
      throw new InputError(
        "FILE_DUPLICATE_KEY",
        `duplicate key in the ${what} file, so it is unclear which value counts`,
        { where: path, found: quoted(cause.found), expected: cause.expected, remedy: "remove one of them" },
        { cause },
      );
    const fault = faultIn(bare);
    throw new InputError(
      "FILE_NOT_JSON",
      `the ${what} file is not valid JSON`,
      {
        where: fault ? `${path}:${fault.line}:${fault.column}` : path,
        found: fault?.found ?? (cause as Error).message,
        expected: fault?.expected ?? "one JSON document",
        remedy: "correct the file",
      },
      { cause },
    );
  }
}

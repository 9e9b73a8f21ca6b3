import { readFileSync } from "node:fs";
import { InputError } from "../errors.ts";
import { faultIn } from "../json/fault.ts";
import { DuplicateKey } from "../json/jsonScanner.ts";
import { checkReadable } from "../json/readable.ts";
import { quoted } from "../text.ts";
import type { JsonFile } from "./documents.ts";

export { featuresNamedIn, type JsonFile, mayUseAtr, parametersIn, spacesIn, suggestionsIn } from "./documents.ts";

/** A space file, unchecked. */
export function openSpaces(path: string): JsonFile {
  return { path, document: readJson(path, "space") };
}

/** A file of one parameter set, unchecked. */
export function openParameters(path: string): JsonFile {
  return { path, document: readJson(path, "parameter") };
}

/** A file of suggested parameter sets, unchecked. */
export function openSuggestions(path: string): JsonFile {
  return { path, document: readJson(path, "suggestion") };
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
function readJson(path: string, what: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new InputError(
      "FILE_UNREADABLE",
      `the ${what} file cannot be read`,
      { where: path, found: (cause as Error).message, remedy: "check the path and its permissions" },
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

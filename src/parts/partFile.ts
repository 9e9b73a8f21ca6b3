import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { makeFolder } from "../makeFolder.ts";
import { opening } from "../opening.ts";
import { isPlainObject } from "../run/plainObject.ts";
import { shellWord } from "../text.ts";
import { writeWhole } from "../wholeFile.ts";
import type { Manifest } from "./manifest.ts";
import type { PartProblem, PartResult } from "./result.ts";

export const partFormat = "sluice-part-1";

/** The file of a part, whose digits leave room for every number. */
export function partFile(folder: string, part: number): string {
  return join(folder, "parts", `${String(part).padStart(5, "0")}.json`);
}

const hashKey = ',"sha256":"';
const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");

/** A part as its file holds it: one line of JSON whose last key is the hash of the line without it. */
export function partText(part: PartResult): string {
  const text = JSON.stringify(part);
  return `${text.slice(0, -1)}${hashKey}${hashOf(text)}"}\n`;
}

/** A part from its file's text; null if it is not the text that was written. */
export function partFromText(text: string): PartResult | null {
  const at = text.lastIndexOf(hashKey);
  if (at < 0 || text.slice(at) !== `${hashKey}${hashOf(`${text.slice(0, at)}}`)}"}\n`) return null;
  const part: unknown = JSON.parse(`${text.slice(0, at)}}`);
  return isPlainObject(part) && part["format"] === partFormat ? (part as unknown as PartResult) : null;
}

/** Writes a part's file, whole or not at all: two that write it at once leave one of the two. Throws the system's error. */
export async function writePart(folder: string, part: PartResult): Promise<void> {
  await makeFolder(join(folder, "parts"));
  await writeWhole(partFile(folder, part.part), partText(part));
}

type Found = { readonly part: PartResult } | { readonly problem: PartProblem };

/** A finished part of a job, or what is wrong with it. */
export async function readPart(folder: string, manifest: Manifest, part: number): Promise<Found> {
  const path = partFile(folder, part);
  const remedy = `sluice part --job ${shellWord(folder)} --part ${part}`;
  const open = (problem: PartProblem["problem"], found: string): Found => ({
    problem: { part, problem, found, remedy },
  });
  let text: string;
  try {
    text = await opening(() => readFile(path, "utf8"));
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    return code === "ENOENT" || code === "ENOTDIR" ? open("missing", "it has no file") : open("damaged", message);
  }
  const read = partFromText(text);
  if (!read) return open("damaged", "its file is truncated or changed: the sha256 does not match");
  if (read.version !== manifest.version)
    return open("foreign", `Sluice ${read.version} made it, not ${manifest.version}`);
  if (read.job !== manifest.job) return open("foreign", `it belongs to job ${read.job}`);
  if (read.part !== part) return open("foreign", `it is the file of part ${read.part}`);
  return { part: read };
}

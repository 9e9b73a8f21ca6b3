import { readFile } from "node:fs/promises";
import { join } from "node:path";
import * as v from "valibot";
import { didYouMean } from "../didYouMean.ts";
import { InputError } from "../errors.ts";
import { faultIn } from "../json/fault.ts";
import type { Flag, FlagKind } from "./flag.ts";

/** Name of the file of defaults in the working folder. */
export const configFileName = "sluice.config.json";

/** Defaults by a flag's long name, as the text that the command line would have given. */
export type Defaults = ReadonlyMap<string, readonly string[]>;

const typeOfKind = {
  switch: v.boolean("true or false"),
  number: v.union([v.number(), v.string()], "a number"),
  text: v.union([v.string(), v.number()], "a text or a number"),
  list: v.union([v.string(), v.array(v.string())], "a text or a list of texts"),
} satisfies Record<FlagKind, v.GenericSchema>;

/** Reads `sluice.config.json` from a folder; without the file there are no defaults. Unknown keys and values of the wrong type are refused. */
export async function readDefaults(folder: string, flags: readonly Flag[]): Promise<Defaults> {
  const source = await readFile(join(folder, configFileName), "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return null;
    throw new InputError("CONFIG_FILE_UNREADABLE", `${configFileName} cannot be read`, {
      where: join(folder, configFileName),
      found: error.code ?? error.message,
    });
  });
  return source === null ? new Map() : defaultsFrom(source, flags);
}

/** Defaults from the text of the file. */
export function defaultsFrom(source: string, flags: readonly Flag[]): Defaults {
  const allowed = new Map(flags.filter((flag) => flag.inFile).map((flag) => [flag.long, flag]));
  const entries = parsedObject(source);
  const defaults = new Map<string, readonly string[]>();
  for (const [key, value] of Object.entries(entries)) {
    const flag = allowed.get(key);
    if (flag === undefined) throw unknownKey(key, [...allowed.keys()]);
    const checked = v.safeParse(
      typeOfKind[flag.kind] as v.GenericSchema<unknown, string | number | boolean | string[]>,
      value,
    );
    if (!checked.success)
      throw new InputError("CONFIG_FILE_VALUE", "a default has the wrong type", {
        where: `${configFileName}: ${key}`,
        found: JSON.stringify(value),
        expected: checked.issues[0].message,
      });
    const texts = textsOf(flag, checked.output);
    if (texts.length > 0) defaults.set(key, texts);
  }
  return defaults;
}

function textsOf(flag: Flag, value: string | number | boolean | string[]): readonly string[] {
  if (value === false) return [];
  if (Array.isArray(value)) return flag.repeats ? value : [value.join(",")];
  return [String(value)];
}

function parsedObject(source: string): object {
  let parsed: unknown;
  const bare = source.replace(/^\uFEFF/, "");
  try {
    parsed = JSON.parse(bare);
  } catch (error) {
    const fault = faultIn(bare);
    throw new InputError("CONFIG_FILE_NOT_JSON", `${configFileName} is not valid JSON`, {
      where: fault ? `${configFileName}:${fault.line}:${fault.column}` : configFileName,
      found: fault ? `${fault.found} instead of ${fault.expected}` : (error as Error).message,
      expected: 'an object of flags, such as {"candles": "data/candles", "fee": 0.0005}',
    });
  }
  if (parsed === null || typeof parsed !== "object" || Array.isArray(parsed))
    throw new InputError("CONFIG_FILE_NOT_OBJECT", `${configFileName} must contain one object`, {
      where: configFileName,
      found: Array.isArray(parsed) ? "a list" : String(parsed),
      expected: 'an object of flags, such as {"candles": "data/candles", "fee": 0.0005}',
    });
  return parsed;
}

function unknownKey(key: string, allowed: readonly string[]): InputError {
  return new InputError("CONFIG_FILE_KEY", "unknown default", {
    where: `${configFileName}: ${key}`,
    found: key,
    expected: `one of ${[...allowed].sort().join(", ")}`,
    remedy: didYouMean(key, allowed, "use a flag's long name, without the dashes"),
  });
}

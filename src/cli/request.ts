import { InputError } from "../errors.ts";
import { configFileName, type Defaults } from "./configFile.ts";
import type { Flag } from "./flag.ts";
import { Unreadable, UsageError } from "./usage.ts";

/** The command line's values, by a flag's long name, as texts in order. A switch that was given has the text "". */
export type Given = ReadonlyMap<string, readonly string[]>;

/**
 * The plain object of values from flags: the command line's if given, otherwise the file's default. An invalid value is an error that
 * names its flag or key; so is a missing required flag.
 */
export function requestFrom(flags: readonly Flag[], given: Given, defaults: Defaults): Record<string, unknown> {
  const request: Record<string, unknown> = {};
  for (const flag of flags) {
    const typed = given.get(flag.long);
    if (typed && flag.rival !== undefined && given.has(flag.rival)) throw rivals(flag.long, flag.rival);
    const isOutdone = flags.some(({ long, rival }) => areRivals(flag, { long, rival }) && given.has(long));
    const texts = typed ?? (flag.inFile && !isOutdone ? defaults.get(flag.long) : undefined);
    if (texts !== undefined) request[flag.field] = readFlag(flag, texts, typed === undefined);
    else if (flag.required)
      throw new UsageError(`--${flag.long} is missing`, {
        expected: `--${flag.long} ${flag.argument}`,
        remedy: flag.inFile ? `add it, or set "${flag.long}" in ${configFileName}` : "add it to the command line",
      });
  }
  return request;
}

function areRivals(one: Pick<Flag, "long" | "rival">, other: { long: string; rival: string | undefined }): boolean {
  return one.rival === other.long || other.rival === one.long;
}

function rivals(one: string, other: string): UsageError {
  return new UsageError(`--${one} and --${other} cannot be combined`, {
    where: `--${one}`,
    expected: "one of the two",
    remedy: `leave --${other} out, or --${one}`,
  });
}

function readFlag(flag: Flag, texts: readonly string[], fromFile: boolean): unknown {
  try {
    return flag.read(texts);
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    const { expected, remedy } = error;
    const details = { found: texts.at(-1) || '""', expected, ...(remedy !== undefined && { remedy }) };
    const message = `invalid value for --${flag.long}`;
    if (fromFile)
      throw new InputError("CONFIG_FILE_VALUE", message, { where: `${configFileName}: ${flag.long}`, ...details });
    throw new UsageError(message, { where: `--${flag.long}`, ...details });
  }
}

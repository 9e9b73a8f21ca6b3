import { setTimeout as pause } from "node:timers/promises";
import { InputError } from "../errors.ts";
import { isUnchanged, type Source, withSource } from "./source.ts";

/** What work on a config returns if the bot wrote the file meanwhile. */
export const overtaken = Symbol("overtaken");

const attempts = 5;
/** A bot that writes in place shows half a file for about this long. */
const halfWrittenMs = 200;

/**
 * Does `work` on a config as it is at one moment, and starts over if the file changed meanwhile, or if the bot was still writing it. Throws
 * InputError if the file keeps changing.
 */
export async function whileSteady<T>(
  path: string,
  work: (source: Source) => Promise<T | typeof overtaken>,
): Promise<T> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const result = await withSource(path, async (source) => {
      try {
        return await work(source);
      } catch (error) {
        if (!(error instanceof InputError && error.code === "CONFIG_NOT_JSON")) throw error;
        await pause(halfWrittenMs);
        if (await isUnchanged(source)) throw error;
        return overtaken;
      }
    });
    if (result !== overtaken) return result;
  }
  throw new InputError("CONFIG_CONFLICT", "the config kept changing while it was read", {
    where: path,
    found: `${attempts} changes in a row`,
    expected: "a config that does not change for a second",
    remedy: "nothing was written; run again when the bot has finished writing",
  });
}

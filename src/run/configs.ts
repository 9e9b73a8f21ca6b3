import { realpath } from "node:fs/promises";
import { type ConfigDocument, openConfig } from "../config/document.ts";
import { freqtradeLayout } from "../config/freqtrade/layout.ts";
import { exitsOnly, type FreqtradeMap } from "../config/freqtrade/map.ts";
import { checkWritable } from "../config/writable.ts";
import { CapacityError, CoreFault, InputError } from "../errors.ts";
import type { ConfigRun } from "./results.ts";
import { AbortedError, savedText } from "./session.ts";

/** Opens the configs of a run, and refuses, before any work, those that could not be saved after it. */
export async function openConfigs(
  paths: readonly string[],
  savesNothing: boolean,
  map: FreqtradeMap = exitsOnly,
): Promise<ConfigDocument[]> {
  const configs: ConfigDocument[] = [];
  const byRealPath = new Map<string, string>();
  for (const path of paths) {
    if (!savesNothing) await checkWritable(path);
    const config = await openConfig(path, freqtradeLayout(map));
    if (!savesNothing) config.requireLearning();
    configs.push(config);
    const realPath = await realpath(path);
    const other = byRealPath.get(realPath);
    if (other !== undefined) throw namedTwice(path, other);
    byRealPath.set(realPath, path);
  }
  return configs;
}

function namedTwice(path: string, other: string): InputError {
  return new InputError("CONFIG_TWICE", "the same config is given twice", {
    where: `--config ${path}`,
    found: path === other ? "the same path twice" : `the same file as ${other}`,
    expected: "each config once",
    remedy: "remove one of them",
  });
}

/** The error that ends a run, of the same class, naming the configs that the run had saved by then; unchanged if there are none. */
export function afterSaves(error: unknown, runs: readonly ConfigRun[]): unknown {
  const saved = runs.flatMap((run) => (run.saved ? [`${run.saved.file} (backup: ${run.saved.backup})`] : []));
  if (saved.length === 0) return error;
  if (error instanceof AbortedError) return new AbortedError(saved, error.cause);
  const message = `${(error as Error).message}; ${savedText(saved)}`;
  if (error instanceof InputError) return new InputError(error.code, message, error.details, { cause: error.cause });
  if (error instanceof CapacityError) return new CapacityError(error.code, message, error.neededBytes, error.details);
  return new CoreFault("AFTER_SAVE", message, {}, { cause: error });
}

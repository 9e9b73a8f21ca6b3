import type { ConfigDocument } from "../config/document.ts";
import { exitsOnly, type FreqtradeMap, freqtradeMapOf } from "../config/freqtrade/map.ts";
import { InputError } from "../errors.ts";
import { countedOf, isOff, namesInstead } from "../space/exits.ts";
import { openMap } from "../space/files.ts";
import { asSpace, type Parameters, type Space, type Spaces } from "../space/parameters.ts";
import type { Session } from "./session.ts";

/** The map that a request names; exits alone without one. Throws InputError. */
export function freqtradeMapIn({ mapFile }: { readonly mapFile?: string | undefined }): FreqtradeMap {
  return mapFile === undefined ? exitsOnly : freqtradeMapOf(openMap(mapFile));
}

/** What parameter files of freqtrade need of a call, checked before any work. Throws InputError. */
export function checkFreqtradeConfigs(
  configs: readonly ConfigDocument[],
  request: { readonly signals?: unknown; readonly mapFile?: string | undefined },
  session: Session,
): void {
  const files = configs.filter((config) => config.holdsOneType);
  if (files.length === 0 && request.mapFile !== undefined)
    session.warn("MAP_UNUSED", "--map has no effect: no --config is a parameter file of freqtrade");
  for (const config of files) {
    // Reads everything, so that what is missing is said now.
    config.currentParams("");
    if (request.signals === undefined)
      throw new InputError("FREQTRADE_SIGNALS", "parameters of a freqtrade strategy need the strategy's own signals", {
        where: `--config ${config.path}`,
        found: "no --signals: the scanner's opportunities are not the strategy's entries",
        expected: "--signals with a file such as examples/freqtrade/signals.py writes",
        remedy: "export the strategy's signals, or use a config of Sluice's own layout",
      });
  }
}

/** Refuses, before the search, what could not be saved to a parameter file of freqtrade: several types, and parameters without a place. */
export function checkFreqtradeSpaces(
  configs: readonly ConfigDocument[],
  spaces: Spaces,
  suggestions: readonly Parameters[],
  where: string,
): void {
  for (const config of configs) {
    if (!config.holdsOneType) continue;
    if (spaces.size > 1)
      throw new InputError("FREQTRADE_TYPES", "a parameter file of freqtrade holds one set of parameters", {
        where: `--config ${config.path}`,
        found: `signals of ${spaces.size} types: ${[...spaces.keys()].join(", ")}`,
        expected: "signals of one type",
        remedy: "leave out the type column, or make one run per strategy",
      });
    for (const space of spaces.values()) {
      requireEveryExit(config, space, where);
      config.requireSpace(space, where);
    }
    for (const [k, set] of suggestions.entries()) config.requireSpace(asSpace(set), `--suggest, entry ${k + 1}`);
  }
}

/** A space that leaves out what the strategy trades by would compare sets that nobody trades. */
function requireEveryExit(config: ConfigDocument, space: Space, where: string): void {
  const current = countedOf(config.currentParams("") as Parameters);
  for (const [name, value] of Object.entries(current)) {
    if (isOff(name, value) || [name, ...namesInstead(name)].some((each) => each in space)) continue;
    throw new InputError("FREQTRADE_SPACE", "the space leaves out a parameter that the strategy trades by", {
      where: `${where}, ${name}`,
      found: `missing; ${config.path} has ${JSON.stringify(value)}`,
      expected: "every exit and mapped filter of the parameter file, with one candidate or more",
      remedy: `add "${name}": [${JSON.stringify(value)}], with more candidates or without`,
    });
  }
}

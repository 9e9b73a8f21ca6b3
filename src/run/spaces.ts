import type { ConfigDocument } from "../config/document.ts";
import { InputError } from "../errors.ts";
import type { OpportunityTable } from "../opportunities/table.ts";
import { checkParameters } from "../space/check.ts";

import { builtInFilters } from "../space/defaults.ts";
import { exitKeyOf, namesInstead } from "../space/exits.ts";
import { type Given, isByType, type JsonFile, openSpaces, whereOf } from "../space/files.ts";
import { filterNameOf } from "../space/filters.ts";

import type { Parameters, Space } from "../space/parameters.ts";
import { placeText, within } from "../space/where.ts";
import type { Intake } from "./intake.ts";
import { isPlainObject } from "./plainObject.ts";

/** Whether a key of a bot's block is one that Sluice could search: an exit, or a filter on a feature that the scanner or these signals have. */
function isParameter(key: string, featureNames: readonly string[]): boolean {
  return (
    exitKeyOf(key) !== undefined || key in builtInFilters || featureNames.includes(filterNameOf(key)?.feature ?? "")
  );
}

/** The space of each type in the opportunities: the user's, otherwise the built-in one. */
export function spacesOf(given: Given | undefined, table: OpportunityTable, intake: Intake): Map<string, Space> {
  if (table.count === 0)
    throw new InputError("NO_OPPORTUNITIES", "there are no opportunities to search", {
      found: "no moment of these candles passes the scanner's gate",
      remedy: "use more candles (the scanner needs 150 four-hour bars to warm up), or your own signals",
    });
  return given === undefined ? intake.builtInSpaces() : intake.spaces(openSpaces(given));
}

/**
 * A config's current parameters by type, those alone that the space searches: the others are not ours. Where the space searches a level in another
 * unit than the config has it in, the config's is what the bot does now.
 */
export function currentParameters(
  config: ConfigDocument,
  spaces: ReadonlyMap<string, Space>,
  featureNames: readonly string[],
  intake: Intake,
): Map<string, Parameters> {
  const currents = new Map<string, Parameters>();
  for (const [type, space] of spaces) {
    const current = config.currentParams(type);
    const block = searchedOf(current, space);
    const where = `${config.path}, ${config.blockName(type)}`;
    const searched = new Set(block.map(([key]) => key));
    intake.tellOfUnsearched(
      Object.keys(current).filter((key) => !searched.has(key) && isParameter(key, featureNames)),
      `--config ${where}`,
    );
    if (block.length === 0) continue;
    currents.set(
      type,
      intake.set(checkParameters(Object.fromEntries(block), featureNames, where), `--config ${where}`),
    );
  }
  return currents;
}

/** The same of current parameters that a request holds, by type or one set for every type. */
export function givenCurrent(
  file: JsonFile,
  spaces: ReadonlyMap<string, Space>,
  { featureNames }: Pick<OpportunityTable, "featureNames">,
  intake: Intake,
): Map<string, Parameters> {
  const { document } = file;
  // Refuses what is not an object.
  if (!isPlainObject(document)) checkParameters(document, featureNames, whereOf(file));
  const blocks = document as Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  const currents = new Map<string, Parameters>();
  const hasTypes = isByType(blocks);
  for (const [type, space] of spaces) {
    const block = searchedOf((hasTypes ? blocks[type] : blocks) ?? {}, space);
    if (block.length === 0) continue;
    const where = hasTypes ? within(whereOf(file), type) : whereOf(file);
    const params = checkParameters(Object.fromEntries(block), featureNames, where);
    currents.set(type, intake.set(params, placeText(where)));
  }
  return currents;
}

/** The current parameters that a space searches, some perhaps in another unit. */
export function searchedOf(current: Readonly<Record<string, unknown>>, space: Space): [string, unknown][] {
  const isLevelElsewhere = (key: string): boolean =>
    namesInstead(key).some((name) => name in space) &&
    !namesInstead(key).some((name) => name in space && name in current);
  return Object.entries(current).filter(([key]) => key in space || isLevelElsewhere(key));
}

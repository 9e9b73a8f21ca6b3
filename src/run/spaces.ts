import type { ConfigDocument } from "../config/document.ts";
import { InputError } from "../errors.ts";
import type { OpportunityTable } from "../opportunities/table.ts";
import { checkParameters } from "../space/check.ts";
import { builtInFilters } from "../space/defaults.ts";
import { exitKeyOf, namesInstead } from "../space/exits.ts";
import { openSpaces } from "../space/files.ts";
import { filterNameOf } from "../space/filters.ts";
import type { Parameters, Space } from "../space/parameters.ts";
import type { Intake } from "./intake.ts";

/** Whether a key of a bot's block is one that Sluice could search: an exit, or a filter on a feature that the scanner or these signals have. */
function isParameter(key: string, featureNames: readonly string[]): boolean {
  return (
    exitKeyOf(key) !== undefined || key in builtInFilters || featureNames.includes(filterNameOf(key)?.feature ?? "")
  );
}

/** The space of each type in the opportunities: from the user's file, otherwise the built-in one. */
export function spacesOf(spaceFile: string | undefined, table: OpportunityTable, intake: Intake): Map<string, Space> {
  if (table.count === 0)
    throw new InputError("NO_OPPORTUNITIES", "there are no opportunities to search", {
      found: "no moment of these candles passes the scanner's gate",
      remedy: "use more candles (the scanner needs 150 four-hour bars to warm up), or your own signals",
    });
  return spaceFile === undefined ? intake.builtInSpaces() : intake.spaces(openSpaces(spaceFile));
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
    const isLevelElsewhere = (key: string): boolean =>
      namesInstead(key).some((name) => name in space) &&
      !namesInstead(key).some((name) => name in space && name in current);
    const block = Object.entries(current).filter(([key]) => key in space || isLevelElsewhere(key));
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

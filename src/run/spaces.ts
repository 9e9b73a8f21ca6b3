import type { ConfigDocument } from "../config/document.ts";
import { InputError } from "../errors.ts";
import type { OpportunityTable } from "../opportunities/table.ts";
import { checkParameters } from "../space/check.ts";
import { defaultSpace } from "../space/defaults.ts";
import { openSpaces, spacesIn } from "../space/files.ts";
import type { Parameters, Space } from "../space/parameters.ts";

/** The space of each type that the opportunities have: from the user's file, else the built-in one. */
export function spacesOf(spaceFile: string | undefined, table: OpportunityTable): Map<string, Space> {
  if (table.count === 0)
    throw new InputError("NO_OPPORTUNITIES", "there is no opportunity to search", {
      found: "no moment of these candles passes the scanner's gate",
      remedy: "give more candles (the scanner needs 150 four-hour bars to warm up), or your own signals",
    });
  if (spaceFile !== undefined) return spacesIn(openSpaces(spaceFile), table.types, table.featureNames);
  return new Map(table.types.map((type) => [type, defaultSpace(type, table.featureNames)]));
}

/** A config's current parameters by type, those alone that the space searches: the others are not ours. */
export function currentParameters(
  config: ConfigDocument,
  spaces: ReadonlyMap<string, Space>,
  featureNames: readonly string[],
): Map<string, Parameters> {
  const currents = new Map<string, Parameters>();
  for (const [type, space] of spaces) {
    const block = Object.entries(config.currentParams(type)).filter(([key]) => key in space);
    if (block.length === 0) continue;
    currents.set(type, checkParameters(Object.fromEntries(block), featureNames, `${config.path}, ${type}_params`));
  }
  return currents;
}

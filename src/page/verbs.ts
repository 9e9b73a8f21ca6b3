import type { RehearseResult } from "../rehearsal/result.ts";
import type { SavePage } from "../run/pageFile.ts";
import type { FinishedSearch } from "../run/search.ts";
import type { FinishedSimulation } from "../run/simulate.ts";
import type { FinishedValidation } from "../run/validate.ts";
import { savePage } from "./savePage.ts";
import type { PageSource } from "./source.ts";
import { rehearsePage } from "./sources/rehearse.ts";
import { searchPage } from "./sources/search.ts";
import { simulatePage } from "./sources/simulate.ts";
import { validatePage } from "./sources/validate.ts";

function saving<Finished>(sourceOf: (finished: Finished) => PageSource): SavePage<Finished> {
  return (path, finished, command) => savePage(path, { ...sourceOf(finished), command: command ?? null });
}

/** Each writes the page of a verb. Throws InputError. */
export const saveSearch: SavePage<FinishedSearch> = saving(searchPage);
export const saveSimulation: SavePage<FinishedSimulation> = saving(simulatePage);
export const saveValidation: SavePage<FinishedValidation> = saving(validatePage);
export const saveRehearsal: SavePage<RehearseResult> = saving(rehearsePage);

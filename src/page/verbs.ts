import type { RehearseResult } from "../rehearsal/result.ts";
import type { SavePage } from "../run/pageFile.ts";
import type { FinishedSearch } from "../run/search.ts";
import type { FinishedSimulation } from "../run/simulate.ts";
import type { FinishedValidation } from "../run/validate.ts";
import { savePage } from "./savePage.ts";
import { rehearsePage } from "./sources/rehearse.ts";
import { searchPage } from "./sources/search.ts";
import { simulatePage } from "./sources/simulate.ts";
import { validatePage } from "./sources/validate.ts";

/** Each writes the page of a verb. Throws InputError. */
export const saveSearch: SavePage<FinishedSearch> = (path, finished) => savePage(path, searchPage(finished));
export const saveSimulation: SavePage<FinishedSimulation> = (path, finished) => savePage(path, simulatePage(finished));
export const saveValidation: SavePage<FinishedValidation> = (path, finished) => savePage(path, validatePage(finished));
export const saveRehearsal: SavePage<RehearseResult> = (path, result) => savePage(path, rehearsePage(result));

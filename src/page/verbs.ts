import type { RehearseResult } from "../rehearsal/result.ts";
import type { SavePage } from "../run/pageFile.ts";
import type { FinishedSearch } from "../run/search.ts";
import type { FinishedSimulation } from "../run/simulate.ts";
import type { FinishedValidation } from "../run/validate.ts";
import type { Texts } from "../words/catalogue/en.ts";
import { languages } from "../words/catalogue/languages.ts";
import { savePage } from "./savePage.ts";
import type { PageSource } from "./source.ts";
import { rehearsePage } from "./sources/rehearse.ts";
import { searchPage } from "./sources/search.ts";
import { simulatePage } from "./sources/simulate.ts";
import { validatePage } from "./sources/validate.ts";

function saving<Finished>(sourceOf: (finished: Finished, texts: Texts) => PageSource): SavePage<Finished> {
  return (path, finished, { command = null, language = "en" } = {}) =>
    savePage(path, { ...sourceOf(finished, languages[language]), command });
}

/** Each writes the page of a verb. Throws InputError. */
export const saveSearch: SavePage<FinishedSearch> = saving(searchPage);
export const saveSimulation: SavePage<FinishedSimulation> = saving(simulatePage);
export const saveValidation: SavePage<FinishedValidation> = saving(validatePage);
export const saveRehearsal: SavePage<RehearseResult> = saving(rehearsePage);

import type { PageVerb } from "../data/frame.ts";
import type { Part } from "../part.ts";
import { changes } from "./changes.ts";
import { funnel } from "./funnel.ts";
import { leaderboard } from "./leaderboard.ts";
import { method } from "./method.ts";
import { nights } from "./nights.ts";
import { overview } from "./overview.ts";
import { sliders } from "./sliders.ts";
import { surface } from "./surface.ts";
import { trades } from "./trades.ts";
import { trust } from "./trust.ts";

/*
 * The parts of each verb's page, in the order of the page. A part without data is left out, so that a verb may name more than a run of it shows.
 *
 * Order for `optimize`: overview; 1 what changed; 2 trust; 3 surface; 4 sliders; 5 trades; 6 funnel; 7 leaderboard; 8 nights; 9 method.
 */
export const partsOf: Readonly<Record<PageVerb, readonly Part[]>> = {
  optimize: [overview, changes, trust, surface, sliders, trades, funnel, leaderboard, nights, method],
  search: [overview, changes, surface, sliders, leaderboard, trades, funnel, method],
  simulate: [overview, changes, trades, funnel, method],
  validate: [overview, changes, trust, surface, sliders, trades, funnel, leaderboard, method],
  rehearse: [overview, nights, method],
};

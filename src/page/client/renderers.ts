import type { PartData } from "../data/parts.ts";
import { renderChanges } from "./parts/changes.ts";
import { renderFunnel } from "./parts/funnel.ts";
import { renderLeaderboard } from "./parts/leaderboard.ts";
import { renderMethod } from "./parts/method.ts";
import { renderNights } from "./parts/nights.ts";
import { renderOverview } from "./parts/overview.ts";
import { renderSliders } from "./parts/sliders.ts";
import { renderSurface } from "./parts/surface.ts";
import { renderTrades } from "./parts/trades.ts";
import { renderTrust } from "./parts/trust.ts";
import type { Renderer } from "./renderer.ts";

/** How each part is drawn, by its id: a part without a renderer does not compile. */
export const renderers: { readonly [Id in keyof PartData]: Renderer<PartData[Id]> } = {
  surface: renderSurface,
  sliders: renderSliders,
  overview: renderOverview,
  changes: renderChanges,
  trust: renderTrust,
  trades: renderTrades,
  funnel: renderFunnel,
  leaderboard: renderLeaderboard,
  nights: renderNights,
  method: renderMethod,
};

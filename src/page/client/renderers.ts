import type { PartData } from "../data/parts.ts";
import { renderOverview } from "./parts/overview.ts";
import type { Renderer } from "./renderer.ts";

/** How each part is drawn, by its id: a part without a renderer does not compile. */
export const renderers: { readonly [Id in keyof PartData]: Renderer<PartData[Id]> } = {
  overview: renderOverview,
};

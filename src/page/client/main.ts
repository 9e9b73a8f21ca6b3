import type { FrameData } from "../data/frame.ts";
import { dataOf, el } from "./dom.ts";
import type { Renderer } from "./renderer.ts";
import { renderers } from "./renderers.ts";

/** Draws the whole page from its blocks of data. */
function draw(): void {
  const frame = dataOf("frame") as FrameData;
  const page = document.getElementById("page")!;
  document.title = frame.headline;
  page.append(
    el("header", {}, el("h1", {}, frame.headline), el("p", { class: "identity" }, frame.identity)),
    ...(frame.parts.length > 2 ? [contents(frame)] : []),
  );
  for (const { id, heading } of frame.parts) {
    const place = el("div", { class: "part" });
    page.append(
      el("section", { id, "aria-labelledby": `${id}-heading` }, el("h2", { id: `${id}-heading` }, heading), place),
    );
    drawPart(place, id);
  }
  performance.mark("drawn");
  document.body.dataset["drawn"] = "yes";
}

/** A part that cannot be drawn says so, and the others are drawn. */
function drawPart(place: HTMLElement, id: string): void {
  try {
    (renderers as Record<string, Renderer<unknown>>)[id]!(place, dataOf(`part-${id}`));
  } catch (error) {
    place.append(el("p", { class: "bad" }, `This part cannot be drawn: ${(error as Error).message}`));
    console.error(error);
  }
}

function contents({ parts }: FrameData): HTMLElement {
  const links = parts.slice(1).map(({ id, heading }) => el("li", {}, el("a", { href: `#${id}` }, heading)));
  return el("nav", { "aria-label": "Parts of this report" }, el("ul", {}, ...links));
}

draw();

import type { FrameData } from "../data/frame.ts";
import { dataOf, el } from "./dom.ts";
import type { Renderer } from "./renderer.ts";
import { renderers } from "./renderers.ts";
import { texts } from "./texts.ts";

/** Parts that are drawn before the page is first shown; the others follow one by one. */
const firstParts = 2;
/** For so long a reader may have to wait for a click. */
const turnMs = 150;

/** Draws the page from its blocks of data. */
function draw(): void {
  const frame = dataOf("frame") as FrameData;
  const page = document.getElementById("page")!;
  document.title = frame.headline;
  page.append(
    el("header", {}, el("h1", {}, frame.headline), el("p", { class: "identity" }, frame.identity)),
    ...(frame.parts.length > 2 ? [contents(frame)] : []),
  );
  const waiting: (() => void)[] = [];
  for (const [k, { id, heading }] of frame.parts.entries()) {
    const place = el("div", { class: "part" });
    page.append(
      el("section", { id, "aria-labelledby": `${id}-heading` }, el("h2", { id: `${id}-heading` }, heading), place),
    );
    if (k < firstParts) drawPart(place, id);
    else waiting.push(() => drawPart(place, id));
  }
  drawInTurn(waiting);
}

/** Draws what waits, and lets the reader scroll and click in between; all at once before the page is printed. */
function drawInTurn(waiting: (() => void)[]): void {
  const next = (): void => {
    // Each pause costs a layout of all that is there.
    const untilMs = performance.now() + turnMs;
    do waiting.shift()?.();
    while (waiting.length > 0 && performance.now() < untilMs);
    if (waiting.length > 0) setTimeout(next);
    else if (!document.body.dataset["drawn"]) end();
  };
  addEventListener("beforeprint", () => {
    for (const work of waiting.splice(0)) work();
  });
  // After the first frame with the first parts.
  requestAnimationFrame(() => setTimeout(next));
}

function end(): void {
  performance.mark("drawn");
  document.body.dataset["drawn"] = "yes";
  // The parts above have grown since the browser went there.
  if (location.hash.length > 1) document.getElementById(location.hash.slice(1))?.scrollIntoView();
}

/** A part that cannot be drawn says so, and the others are drawn. */
function drawPart(place: HTMLElement, id: string): void {
  try {
    (renderers as Record<string, Renderer<unknown>>)[id]!(place, dataOf(`part-${id}`));
  } catch (error) {
    place.append(el("p", { class: "bad" }, texts.cannotDraw((error as Error).message)));
    console.error(error);
  }
}

function contents({ parts }: FrameData): HTMLElement {
  const links = parts.slice(1).map(({ id, heading }) => el("li", {}, el("a", { href: `#${id}` }, heading)));
  return el("nav", { "aria-label": texts.parts }, el("ul", {}, ...links));
}

draw();

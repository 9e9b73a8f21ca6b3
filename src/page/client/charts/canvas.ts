import { el } from "../dom.ts";
import { onScheme } from "./colors.ts";

/** Draws on a context in CSS pixels, from an empty canvas. */
export type Draw = (context: CanvasRenderingContext2D, width: number, height: number) => void;

/** A canvas as wide as its place, sharp on any screen, drawn again when its width or the scheme changes. `label` is what a reader who cannot see it is told. */
export function canvas(label: string, height: number, draw: Draw): HTMLCanvasElement {
  const element = el("canvas", { class: "canvas", role: "img", "aria-label": label });
  element.style.height = `${height}px`;
  let width = 0;
  const redraw = (): void => {
    if (width === 0) return;
    const scale = Math.max(1, devicePixelRatio);
    element.width = Math.round(width * scale);
    element.height = Math.round(height * scale);
    const context = element.getContext("2d")!;
    context.scale(scale, scale);
    context.font = "11px system-ui, sans-serif";
    draw(context, width, height);
  };
  new ResizeObserver(() => {
    if (element.clientWidth === width) return;
    width = element.clientWidth;
    redraw();
  }).observe(element);
  onScheme(redraw);
  return element;
}

import { svg } from "../dom.ts";

/** A drawing area in its own units: SVG scales it to its place. */
export interface Area {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

export const cardArea: Area = { width: 340, height: 150, left: 8, right: 8, top: 18, bottom: 24 };

/** A picture with what a reader who cannot see it is told. */
export function picture(area: Area, label: string, ...children: readonly SVGElement[]): SVGElement {
  return svg(
    "svg",
    { class: "picture", viewBox: `0 0 ${area.width} ${area.height}`, role: "img", "aria-label": label },
    ...children,
  );
}

/** A picture that is wider than a card. */
export function broad(...given: Parameters<typeof picture>): SVGElement {
  const element = picture(...given);
  element.classList.add("broad");
  return element;
}

/** From values to places across an area. */
export function acrossOf(area: Area, from: number, to: number): (value: number) => number {
  const span = to - from || 1;
  return (value) => area.left + ((value - from) / span) * (area.width - area.left - area.right);
}

/** From values to places up an area. */
export function upOf(area: Area, from: number, to: number): (value: number) => number {
  const span = to - from || 1;
  return (value) => area.height - area.bottom - ((value - from) / span) * (area.height - area.top - area.bottom);
}

/** Text in a picture. */
export function words(
  text: string,
  x: number,
  y: number,
  anchor: "start" | "middle" | "end" = "middle",
  kind = "faint",
): SVGElement {
  return svg("text", { x, y, "text-anchor": anchor, class: kind }, text);
}

/** About how wide a text of a picture is: Chinese characters are as wide as they are high, and larger than others. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += character >= "\u2e80" ? 13 : 6.4;
  return width;
}

/** An upright line with its label above, which stays within the area. */
export function upright(area: Area, x: number, label: string, kind: string, y = area.top - 6): SVGElement[] {
  const half = widthOf(label) / 2;
  const at = Math.min(area.width - area.right - half, Math.max(area.left + half, x));
  return [
    svg("line", { x1: x, x2: x, y1: area.top, y2: area.height - area.bottom, class: kind }),
    words(label, at, y, "middle", `label ${kind}`),
  ];
}

/** A figure as short as it can be understood. */
export function short(value: number, unit = ""): string {
  const size = Math.abs(value);
  const text = size >= 100 ? value.toFixed(0) : size >= 10 ? value.toFixed(1) : value.toFixed(2);
  return `${text}${unit}`;
}

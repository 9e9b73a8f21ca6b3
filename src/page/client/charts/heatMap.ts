import { plateauCells } from "../../../search/plateauCells.ts";
import { svg } from "../dom.ts";
import { texts } from "../texts.ts";
import { type Area, broad, widthOf, words } from "./frame.ts";
import { rampColor } from "./ramp.ts";

/** A map of values by two parameters. */
export interface HeatMap {
  readonly label: string;
  readonly rows: { readonly name: string; readonly values: readonly string[] };
  readonly columns: { readonly name: string; readonly values: readonly string[] };
  /** [row][column]; null where there is nothing. */
  readonly values: readonly (number | null)[];
  /** Cell of the chosen set; -1 if it has none. */
  readonly chosen: number;
  readonly textOf: (value: number) => string;
  /** Told of the cell that is pointed at, or null. */
  readonly onPoint: (cell: number | null) => void;
}

const width = 720;
const left = 112;
const top = 40;
const legendHeight = 44;
const leastTextWidth = 44;

/** Draws a map: a colour a cell, the chosen cell ringed, the plateau around it outlined, a legend below. */
export function heatMap(map: HeatMap): SVGElement {
  const { rows, columns, values, chosen } = map;
  const cellWidth = (width - left - 8) / columns.values.length;
  const cellHeight = Math.max(14, Math.min(34, 480 / rows.values.length));
  const bottom = top + cellHeight * rows.values.length;
  const area: Area = { width, height: bottom + legendHeight, left, right: 8, top, bottom: legendHeight };
  const placeOf = (cell: number): readonly [x: number, y: number] => [
    left + (cell % columns.values.length) * cellWidth,
    top + Math.floor(cell / columns.values.length) * cellHeight,
  ];
  const size = { width: cellWidth, height: cellHeight };
  const scale = scaleOf(values);
  const element = broad(
    area,
    map.label,
    words(`${columns.name} →`, left, 12, "start"),
    words(`${rows.name} ↓`, 4, 30, "start"),
    ...columns.values.map((text, k) => words(clipped(text, cellWidth), left + (k + 0.5) * cellWidth, 30)),
    ...rows.values.map((text, k) => words(clipped(text, left), left - 6, top + (k + 0.5) * cellHeight + 4, "end")),
    ...values.flatMap((value, cell) => cellOf(map, value, placeOf(cell), size, scale)),
    ...outline(plateauCells(values, columns.values.length, chosen), columns.values.length, placeOf, size),
    ...(chosen >= 0 ? ringAt(placeOf(chosen), size) : []),
    ...legend(area, scale, map.textOf),
  );
  for (const [cell, rect] of [...element.querySelectorAll("rect.cell")].entries())
    rect.addEventListener("pointerenter", () => map.onPoint(cell));
  element.addEventListener("pointerleave", () => map.onPoint(null));
  return element;
}

interface Scale {
  readonly least: number;
  readonly most: number;
  readonly shareOf: (value: number) => number;
}

function scaleOf(values: readonly (number | null)[]): Scale {
  const there = values.filter((value) => value !== null);
  const [least, most] = [Math.min(...there), Math.max(...there)];
  return { least, most, shareOf: (value) => (most === least ? 0.5 : (value - least) / (most - least)) };
}

interface Size {
  readonly width: number;
  readonly height: number;
}

function cellOf(
  { textOf }: HeatMap,
  value: number | null,
  [x, y]: readonly [x: number, y: number],
  { width: across, height }: Size,
  { shareOf }: Scale,
): SVGElement[] {
  const box = { x: x + 0.5, y: y + 0.5, width: across - 1, height: height - 1 };
  if (value === null) return [svg("rect", { ...box, class: "cell empty" })];
  const { fill, text } = rampColor(shareOf(value));
  const rect = svg("rect", { ...box, class: "cell", fill });
  if (across < leastTextWidth) return [rect];
  const shown = svg(
    "text",
    { x: x + across / 2, y: y + height / 2 + 4, "text-anchor": "middle", class: text },
    textOf(value),
  );
  return [rect, shown];
}

/** The edges of a region of cells. */
function outline(
  cells: readonly number[],
  columns: number,
  placeOf: (cell: number) => readonly [x: number, y: number],
  { width: across, height }: Size,
): SVGElement[] {
  const inside = new Set(cells);
  const lines = cells.flatMap((cell) => {
    const [x, y] = placeOf(cell);
    const column = cell % columns;
    return [
      ...(column > 0 && inside.has(cell - 1) ? [] : [`M${x} ${y}v${height}`]),
      ...(column < columns - 1 && inside.has(cell + 1) ? [] : [`M${x + across} ${y}v${height}`]),
      ...(inside.has(cell - columns) ? [] : [`M${x} ${y}h${across}`]),
      ...(inside.has(cell + columns) ? [] : [`M${x} ${y + height}h${across}`]),
    ];
  });
  const path = lines.join("");
  return path === ""
    ? []
    : [svg("path", { d: path, class: "plateau halo" }), svg("path", { d: path, class: "plateau" })];
}

function ringAt([x, y]: readonly [x: number, y: number], { width: across, height }: Size): SVGElement[] {
  const box = { x: x + 4, y: y + 4, width: Math.max(2, across - 8), height: Math.max(2, height - 8), rx: 5 };
  return [svg("rect", { ...box, class: "chosen halo" }), svg("rect", { ...box, class: "chosen" })];
}

const legendSteps = 24;

function legend(
  { width: across, height }: Area,
  { least, most }: Scale,
  textOf: (value: number) => string,
): SVGElement[] {
  if (!Number.isFinite(least)) return [words(texts.surface.noSet, across / 2, height - 14)];
  const step = 160 / legendSteps;
  const boxes = Array.from({ length: legendSteps }, (_, k) =>
    svg("rect", {
      x: left + 70 + k * step,
      y: height - 26,
      width: step + 0.3,
      height: 12,
      fill: rampColor(k / (legendSteps - 1)).fill,
    }),
  );
  return [
    ...boxes,
    words(textOf(least), left + 64, height - 16, "end"),
    words(textOf(most), left + 236, height - 16, "start"),
    words(texts.surface.legend, across - 8, height - 16, "end"),
  ];
}

/** A text that fits a width, about. */
function clipped(text: string, room: number): string {
  if (widthOf(text) <= room) return text;
  const characters = [...text];
  while (characters.length > 1 && widthOf(`${characters.join("")}…`) > room) characters.pop();
  return `${characters.join("")}…`;
}

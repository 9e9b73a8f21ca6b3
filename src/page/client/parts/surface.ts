import type { SurfaceAxis, SurfaceCells, SurfaceData, SurfaceSubject } from "../../data/surface.ts";
import { acrossOf, cardArea, picture, short, upOf, words } from "../charts/frame.ts";
import { heatMap } from "../charts/heatMap.ts";
import { el, freshId, svg } from "../dom.ts";
import { moreSubjects } from "../more.ts";
import type { Renderer } from "../renderer.ts";
import { table } from "../table.ts";
import { texts } from "../texts.ts";

export const renderSurface: Renderer<SurfaceData> = (place, { subjects, more }) => {
  for (const subject of subjects) {
    place.append(el("h3", {}, subject.name), ...subject.notes.map((note) => el("p", { class: "more" }, note)));
    if (subject.axes.length === 0) continue;
    if (subject.pairs.length > 0) place.append(mapOf(subject));
    place.append(importance(subject), slices(subject));
  }
  place.append(...moreSubjects(more));
};

const said = texts.surface;
const figures = { mean: said.mean, best: said.best, count: said.count } as const;
type Figure = keyof typeof figures;

/** A heat map with the choice of its axes and of its figure, what is pointed at, and the same as a table. */
function mapOf(subject: SurfaceSubject): HTMLElement {
  const { axes, shown } = subject;
  const ids = freshId("map");
  const names = axes.flatMap(({ name, values }, k) => (values.length > 1 ? [{ text: name, value: String(k) }] : []));
  const down = select(`${ids}-down`, names, String(shown[0]));
  const across = select(`${ids}-across`, names, String(shown[1]));
  const figure = select(
    `${ids}-figure`,
    Object.entries(figures).map(([value, text]) => ({ text, value })),
    "mean",
  );
  const place = el("div", { class: "map" });
  const pointed = el("p", { class: "more pointed" }, said.point);
  const draw = (): void => {
    const pair = pairOf(subject, Number(down.value), Number(across.value));
    place.replaceChildren(
      ...(pair === null
        ? [el("p", { class: "note" }, down.value === across.value ? said.twoDifferent : said.notShown)]
        : drawn(subject, pair, figure.value as Figure, pointed)),
    );
  };
  for (const control of [down, across, figure]) control.addEventListener("change", draw);
  draw();
  const field = (label: string, control: HTMLElement): HTMLElement =>
    el("span", { class: "field" }, el("label", { for: control.id }, label), control);
  return el(
    "div",
    { class: "surface" },
    el("div", { class: "fields" }, field(said.down, down), field(said.across, across), field(said.show, figure)),
    place,
    pointed,
  );
}

function select(id: string, options: readonly { text: string; value: string }[], chosen: string): HTMLSelectElement {
  return el(
    "select",
    { id },
    ...options.map(({ text, value }) => el("option", { value, selected: value === chosen }, text)),
  );
}

/** A pair of axes with its cells as rows of the first. */
interface Turned extends SurfaceCells {
  readonly down: number;
  readonly across: number;
}

function pairOf({ axes, pairs }: SurfaceSubject, down: number, across: number): Turned | null {
  const own = pairs.find(({ first, second }) => first === down && second === across);
  if (own) return { ...own, down, across };
  const other = pairs.find(({ first, second }) => first === across && second === down);
  if (!other) return null;
  const [rows, columns] = [axes[down]!.values.length, axes[across]!.values.length];
  const turn = <T>(cells: readonly T[]): T[] =>
    Array.from({ length: rows * columns }, (_, k) => cells[(k % columns) * rows + Math.floor(k / columns)]!);
  return { down, across, count: turn(other.count), mean: turn(other.mean), best: turn(other.best) };
}

function drawn({ axes, name }: SurfaceSubject, pair: Turned, figure: Figure, pointed: HTMLElement): Node[] {
  const [rows, columns] = [axes[pair.down]!, axes[pair.across]!];
  const across = columns.values.length;
  const values: readonly (number | null)[] =
    figure === "count" ? pair.count.map((count) => (count === 0 ? null : count)) : pair[figure];
  const textOf = figure === "count" ? whole : signless;
  const isChosen = rows.chosen >= 0 && columns.chosen >= 0;
  const map = heatMap({
    label: said.label(name, figures[figure], rows.name, columns.name),
    rows,
    columns,
    values,
    chosen: isChosen ? rows.chosen * across + columns.chosen : -1,
    textOf,
    onPoint: (cell) => {
      pointed.replaceChildren(
        cell === null
          ? said.point
          : said.pointed(
              `${rows.name} ${rows.values[Math.floor(cell / across)]}`,
              `${columns.name} ${columns.values[cell % across]}`,
              cellText(pair, cell),
            ),
      );
    },
  });
  return [
    el("div", { class: "scroll", tabindex: 0, role: "region", "aria-label": said.map(name) }, map),
    tableOf(rows, columns, values, textOf, figure),
  ];
}

function cellText({ count, mean, best }: SurfaceCells, cell: number): string {
  if (count[cell] === 0) return said.noSet;
  return said.cell(signless(mean[cell]!), signless(best[cell]!), whole(count[cell]!));
}

function tableOf(
  rows: SurfaceAxis,
  columns: SurfaceAxis,
  values: readonly (number | null)[],
  textOf: (value: number) => string,
  figure: Figure,
): HTMLElement {
  const across = columns.values.length;
  const marked = (axis: SurfaceAxis, k: number): string =>
    k === axis.chosen ? said.chosen(axis.values[k]!) : axis.values[k]!;
  return el(
    "details",
    {},
    el("summary", {}, said.asTable),
    table({
      caption: said.caption(figures[figure], rows.name, columns.name),
      columns: ["", ...columns.values.map((_, k) => marked(columns, k))],
      rows: rows.values.map((_, row) => [
        marked(rows, row),
        ...columns.values.map((__, column) => {
          const value = values[row * across + column] ?? null;
          return value === null ? "-" : textOf(value);
        }),
      ]),
    }),
  );
}

/** What each parameter explains alone, as bars. */
function importance({ axes, name }: SurfaceSubject): HTMLElement {
  const sorted = axes.filter(({ values }) => values.length > 1).sort((a, b) => b.share - a.share);
  const rows = sorted.map(({ name: parameter, share }) => {
    const bar = el("div", { class: "meter" });
    bar.style.width = `${Math.max(0.3, 100 * share)}%`;
    return el(
      "tr",
      {},
      el("th", { scope: "row" }, parameter),
      el("td", { class: "figure" }, `${(100 * share).toFixed(1)}%`),
      el("td", { class: "wide" }, bar),
    );
  });
  return el(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": said.importance(name) },
    el("table", { class: "funnel" }, el("caption", {}, said.explains), el("tbody", {}, ...rows)),
  );
}

function slices({ axes }: SurfaceSubject): HTMLElement {
  const cards = axes.filter(({ values }) => values.length > 1).map(sliceCard);
  return el("div", { class: "cards" }, ...cards);
}

/** Mean and best score by the values of one parameter. */
function sliceCard({ name, values, chosen, slice }: SurfaceAxis): HTMLElement {
  const there = [...slice.mean, ...slice.best].filter((value) => value !== null);
  const label = said.slice(name, values.map((text, k) => `${text} ${cellText(slice, k)}`).join(texts.clauses));
  const x = acrossOf({ ...cardArea, left: 24, right: 24 }, 0, Math.max(1, values.length - 1));
  const y = upOf(cardArea, Math.min(...there), Math.max(...there));
  const line = (cells: readonly (number | null)[], kind: string): SVGElement[] => {
    const points = cells.flatMap((value, k) => (value === null ? [] : [`${x(k)},${y(value)}`]));
    return [
      svg("polyline", { points: points.join(" "), class: `slice ${kind}` }),
      ...cells.flatMap((value, k) =>
        value === null
          ? []
          : [
              svg("circle", {
                cx: x(k),
                cy: y(value),
                r: k === chosen ? 6 : 3,
                class: `point ${kind}${k === chosen ? " own" : ""}`,
              }),
            ],
      ),
    ];
  };
  const most = Math.max(1, Math.floor(values.length / 6));
  const drawing =
    there.length === 0
      ? el("p", {}, said.noSet)
      : picture(
          cardArea,
          label,
          ...line(slice.best, "best"),
          ...line(slice.mean, "mean"),
          words(short(Math.max(...there)), 2, cardArea.top - 6, "start"),
          ...values.flatMap((text, k) => (k % most === 0 ? [words(text.slice(0, 9), x(k), cardArea.height - 8)] : [])),
        );
  return el(
    "figure",
    { class: "card" },
    el("figcaption", {}, el("h4", {}, name), el("p", {}, said.sliceLegend)),
    drawing,
  );
}

/** A rounded figure that is not -0.00. */
const signless = (value: number): string => short(value).replace(/^-(?=[0.]+$)/, "");

const whole = (value: number): string => value.toLocaleString("en-US");

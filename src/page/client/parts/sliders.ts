import { type SettingFigures, settingFigures } from "../../../search/cellSums.ts";
import type { SliderAxis, SlidersData, SlidersSubject } from "../../data/sliders.ts";
import { el, freshId } from "../dom.ts";
import { moreSubjects } from "../more.ts";
import type { Renderer } from "../renderer.ts";
import { texts } from "../texts.ts";

const words = texts.sliders;

export const renderSliders: Renderer<SlidersData> = (place, { subjects, more }) => {
  for (const subject of subjects) place.append(el("h3", {}, subject.name), ...board(subject));
  place.append(...moreSubjects(more));
};

/** A control for one filter. */
interface Control {
  readonly element: HTMLElement;
  readonly place: () => number;
  readonly reset: () => void;
}

function board({ name, notes, axes, sums, chosen }: SlidersSubject): HTMLElement[] {
  const figures = el("tbody", {});
  const said = el("p", { class: "more", role: "status" });
  const controls = axes.map((axis) => controlOf(axis, () => update(true)));
  const update = (isMoved: boolean): void => {
    const now = settingFigures(
      sums,
      controls.map(({ place }) => place()),
    );
    figures.replaceChildren(...rowsOf(chosen, now));
    if (isMoved)
      said.replaceChildren(words.said(count(now.n), points(now.average), points(now.total), shareText(now.winRate)));
  };
  const reset = el("button", { type: "button" }, words.back);
  reset.addEventListener("click", () => {
    for (const control of controls) control.reset();
    update(true);
  });
  update(false);
  return [
    ...notes.map((note) => el("p", { class: "more" }, note)),
    el(
      "div",
      { class: "halves" },
      el(
        "div",
        { class: "sliders", role: "group", "aria-label": words.filters(name) },
        ...controls.map(({ element }) => element),
        reset,
      ),
      el("div", {}, figureTable(figures, name), said),
    ),
  ];
}

function controlOf(axis: SliderAxis, onMove: () => void): Control {
  return axis.isOrdered ? slider(axis, onMove) : choice(axis, onMove);
}

function slider({ name, values, chosen }: SliderAxis, onMove: () => void): Control {
  const id = freshId("slider");
  const input = el("input", {
    type: "range",
    id,
    min: 0,
    max: values.length - 1,
    step: 1,
    value: chosen,
    list: `${id}-ticks`,
  });
  const shown = el("output", { for: id });
  const show = (): void => {
    const text = values[Number(input.value)]!;
    shown.replaceChildren(text);
    input.setAttribute("aria-valuetext", text);
  };
  input.addEventListener("input", () => {
    show();
    onMove();
  });
  show();
  return {
    element: el(
      "div",
      { class: "slider" },
      el("label", { for: id }, name),
      input,
      shown,
      el("datalist", { id: `${id}-ticks` }, ...values.map((_, k) => el("option", { value: k }))),
    ),
    place: () => Number(input.value),
    reset: () => {
      input.value = String(chosen);
      show();
    },
  };
}

function choice({ name, values, chosen }: SliderAxis, onMove: () => void): Control {
  const id = freshId("choice");
  const select = el(
    "select",
    { id },
    ...values.map((text, k) => el("option", { value: k, selected: k === chosen }, text)),
  );
  select.addEventListener("change", onMove);
  return {
    element: el("div", { class: "slider" }, el("label", { for: id }, name), select),
    place: () => Number(select.value),
    reset: () => {
      select.value = String(chosen);
    },
  };
}

function figureTable(body: HTMLElement, name: string): HTMLElement {
  const head = words.columns.map((text) =>
    text === "" ? el("td") : el("th", { scope: "col", class: "figure" }, text),
  );
  return el(
    "div",
    { class: "scroll", tabindex: 0, role: "region", "aria-label": words.figures(name) },
    el("table", { class: "setting" }, el("caption", {}, words.caption), el("thead", {}, el("tr", {}, ...head)), body),
  );
}

function rowsOf(chosen: SettingFigures, now: SettingFigures): HTMLElement[] {
  const row = (
    label: string,
    of: (figures: SettingFigures) => number,
    text: (value: number) => string,
  ): HTMLElement => {
    const change = of(now) - of(chosen);
    return el(
      "tr",
      {},
      el("th", { scope: "row" }, label),
      el("td", { class: "figure" }, text(of(chosen))),
      el("td", { class: "figure" }, text(of(now))),
      el("td", { class: "figure" }, change === 0 ? "0" : `${change > 0 ? "+" : ""}${text(change)}`),
    );
  };
  return [
    row(words.trades, ({ n }) => n, count),
    row(words.average, ({ average }) => average, points),
    row(
      words.total,
      ({ total }) => total,
      (value) => value.toFixed(4),
    ),
    row(words.winRate, ({ winRate }) => winRate, shareText),
  ];
}

const count = (value: number): string => value.toLocaleString("en-US");
const points = (value: number): string => `${value.toFixed(4)}%`;
const shareText = (value: number): string => `${(100 * value).toFixed(2)}%`;

import type { LeaderboardData } from "../../data/leaderboard.ts";
import { el } from "../dom.ts";
import { moreSubjects } from "../more.ts";
import type { Renderer } from "../renderer.ts";
import { texts } from "../texts.ts";

const words = texts.leaderboard;

type Board = LeaderboardData["subjects"][number];

export const renderLeaderboard: Renderer<LeaderboardData> = (place, { subjects, columns, more }) => {
  for (const board of subjects) place.append(el("h3", {}, board.name), boardOf(board, columns));
  place.append(...moreSubjects(more));
};

function boardOf({ name, rows, more }: Board, columns: readonly string[]): HTMLElement {
  const status = el("p", { class: "more", role: "status" });
  const last = columns.length - 1;
  const kind = (k: number): string | undefined => (k === last ? undefined : "figure");
  const body = rows.map(({ cells, params }) => {
    const copy = el("button", { type: "button", "aria-label": words.copyLabel(cells[0]!) }, words.copy);
    copy.addEventListener("click", () => void copied(JSON.stringify(JSON.parse(params), null, 2), status));
    return el("tr", {}, ...cells.map((text, k) => el("td", { class: kind(k) }, text)), el("td", {}, copy));
  });
  const heads = columns.map((text, k) => el("th", { scope: "col", class: kind(k) }, text));
  return el(
    "div",
    {},
    el(
      "div",
      { class: "scroll", tabindex: 0, role: "region", "aria-label": words.of(name) },
      el(
        "table",
        {},
        el("caption", {}, words.caption),
        el("thead", {}, el("tr", {}, ...heads, el("th", { scope: "col" }, words.parameters))),
        el("tbody", {}, ...body),
      ),
    ),
    more > 0 && el("p", { class: "more" }, words.more(more)),
    status,
  );
}

/** Copies text, or shows it selected where a page may not copy. */
async function copied(text: string, status: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    status.replaceChildren(words.copied);
  } catch {
    const area = el("textarea", { readonly: true, rows: 12, class: "json", "aria-label": words.json });
    area.value = text;
    status.replaceChildren(words.copyHere, area);
    area.select();
  }
}

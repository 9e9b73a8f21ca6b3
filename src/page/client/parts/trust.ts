import type { TestCard, TrustData } from "../../data/trust.ts";
import { cardPicture } from "../charts/cards.ts";
import { el } from "../dom.ts";
import { moreSubjects } from "../more.ts";
import type { Renderer } from "../renderer.ts";
import { texts } from "../texts.ts";

const kinds = { passed: "good", warning: "warn", failed: "bad", "not run": "faint" } as const;
const words = texts.trust;
const outcomes = {
  passed: words.passed,
  warning: words.warning,
  failed: words.failed,
  "not run": words.notRun,
} as const;

export const renderTrust: Renderer<TrustData> = (place, { subjects, more }) => {
  for (const { name, verdict, reason, cards } of subjects)
    place.append(
      el("h3", {}, name),
      el("p", {}, el("strong", {}, verdict), texts.labelled("", reason)),
      el("div", { class: "cards" }, ...cards.map(card)),
    );
  place.append(...moreSubjects(more));
};

function card({ name, outcome, asks, found, needs, picture }: TestCard): HTMLElement {
  return el(
    "article",
    { class: `card ${kinds[outcome]}-card` },
    el("h4", {}, name, " ", el("span", { class: `badge ${kinds[outcome]}` }, outcomes[outcome])),
    picture && cardPicture(picture, texts.labelled(name, found)),
    el("p", { class: "found" }, found),
    el("p", { class: "needs" }, words.needs(needs)),
    el("p", { class: "asks" }, asks),
  );
}

import { el } from "./dom.ts";
import { texts } from "./texts.ts";

/** What a part says of types that it has no room for; nothing if there are none. */
export function moreSubjects(more: number): HTMLElement[] {
  return more > 0 ? [el("p", { class: "more" }, texts.moreSubjects(more))] : [];
}

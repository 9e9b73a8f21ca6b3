import { el } from "./dom.ts";

/** What a part says of types that it has no room for; nothing if there are none. */
export function moreSubjects(more: number): HTMLElement[] {
  return more > 0 ? [el("p", { class: "more" }, `and ${more} more: report.txt and result.json have them all`)] : [];
}

import type { Texts } from "../words/catalogue/en.ts";
import type { PageVerb } from "./data/frame.ts";
import type { PartData, PartId } from "./data/parts.ts";
import type { PageSource } from "./source.ts";

/** One part of a page: its place, its heading and its data. How it looks is its renderer's business: `client/renderers.ts`, by the same id. */
export interface Part<Id extends PartId = PartId> {
  readonly id: Id;
  /** What stands above it on the page of a verb, in the words of its language. */
  readonly heading: (words: Texts["page"], verb: PageVerb) => string;
  /** Plain JSON in bounded size; null if the run has nothing to show, and then the page goes without the part. */
  readonly data: (source: PageSource) => PartData[Id] | null;
}

/** A part, checked against the type of its own data. */
export function part<Id extends PartId>(definition: Part<Id>): Part {
  return definition as Part<PartId>;
}

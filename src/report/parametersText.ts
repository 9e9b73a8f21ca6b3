import { countedOf } from "../space/exits.ts";
import type { Parameters } from "../space/parameters.ts";
import { parameterText } from "../words/figures.ts";
import { unbroken } from "./lines.ts";

/** A parameter set in the words of its space, without what does not count in it, as the levels of a trailing stop that is off. */
export function parametersText(parameters: Parameters): string {
  return Object.entries(countedOf(parameters))
    .map(([name, value]) => unbroken(`${name} ${parameterText(value)}`))
    .join(", ");
}

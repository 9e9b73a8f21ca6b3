import type { Parameters } from "../space/parameters.ts";
import { parameterText } from "../words/figures.ts";
import { unbroken } from "./lines.ts";

/** A parameter set in the words of its space; trailing levels are left out where the trailing stop is off. */
export function parametersText(parameters: Parameters): string {
  const trailing = parameters["trailing_stop_enabled"] === true;
  return Object.entries(parameters)
    .filter(([name]) => trailing || (name !== "trailing_stop_activation" && name !== "trailing_stop_distance"))
    .map(([name, value]) => unbroken(`${name} ${parameterText(value)}`))
    .join(", ");
}

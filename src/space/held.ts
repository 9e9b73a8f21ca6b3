import type { Parameters, Space } from "./parameters.ts";

/** A space that is searched for the sake of one set, and what of the set it holds. */
export interface HeldSpace {
  readonly space: Space;
  /** Parameters of the set that the user's space does not name. */
  readonly held: readonly string[];
}

/**
 * The space around a set that is judged: what it does not name has the set's value and no other, so that every search that speaks of the set
 * searches with it. What it adds stands behind the user's own parameters.
 */
export function holding(space: Space, params: Parameters): HeldSpace {
  const held = Object.keys(params).filter((parameter) => !(parameter in space));
  const added = held.map((parameter) => [parameter, [params[parameter]!]] as const);
  return { space: { ...space, ...Object.fromEntries(added) }, held };
}

import type { Parameters, Space } from "./parameters.ts";

/** A space to search around one set, and the set's values that are held fixed. */
export interface HeldSpace {
  readonly space: Space;
  /** Parameters of the set that are not in the user's space. */
  readonly held: readonly string[];
}

/**
 * The space around a set under test: parameters not in the space are fixed at the set's value, so that every search about the set includes
 * them. They come after the user's own parameters.
 */
export function holding(space: Space, params: Parameters): HeldSpace {
  const held = Object.keys(params).filter((parameter) => !(parameter in space));
  const added = held.map((parameter) => [parameter, [params[parameter]!]] as const);
  return { space: { ...space, ...Object.fromEntries(added) }, held };
}

import type { Space } from "../space/parameters.ts";
import { derivedParams } from "./derived.ts";

/** Values of a block by their keys. */
export type Values = Readonly<Record<string, unknown>>;

/** A config's values, as a layout reads them. */
export interface ConfigValues {
  /** As given. */
  readonly path: string;
  /** A kept top-level value; undefined if the key is missing. */
  value(key: string): unknown;
  /** A block's values; undefined if it is missing. Throws InputError if it is not an object. */
  block(key: string): Values | undefined;
}

/** A value to be set, at its path of keys. */
export interface Place {
  /** Keys from the root to it. */
  readonly path: readonly string[];
  /** What stands there. */
  readonly value: unknown;
}

/** Where a kind of config keeps the parameters of its types. */
export interface Layout {
  /** Key of the time of the last update. */
  readonly stampKey: string;
  /** Whether a save also writes what the run learned. */
  readonly keepsLearning: boolean;
  /** Whether it holds one set, whatever its type is called. */
  readonly holdsOneType: boolean;
  /** The block of a type's parameters, for messages and differences. */
  blockName(type: string): string;
  /** Current parameters of a type, by Sluice's names. Throws InputError if the file does not say them. */
  currentParams(config: ConfigValues, type: string): Values;
  /**
   * The values to set for new parameters on top of the current ones, where the file has its own names for them; null where each stands under
   * its own name in the type's block. Throws InputError if a parameter has no place.
   */
  places(config: ConfigValues, params: Values): Place[] | null;
  /** Throws InputError if a set of the space could not be saved. `where` names the space. */
  requireSpace(space: Space, where: string): void;
}

/** Sluice's own: a block `X_params` for each type X, derived from `global` where scalping and swing have none. */
export const ownLayout: Layout = {
  stampKey: "last_update",
  keepsLearning: true,
  holdsOneType: false,
  blockName: (type) => `${type}_params`,
  currentParams: (config, type) => config.block(`${type}_params`) ?? derivedParams(type, config.block("global") ?? {}),
  places: () => null,
  requireSpace: () => {},
};

/** What a flag takes: nothing, a number, a text, or a list. Decides which JSON types `sluice.config.json` may give it. */
export type FlagKind = "switch" | "number" | "text" | "list";

/** One flag: its name, the field of the request that it sets, and how its text becomes a value. */
export interface Flag<Field extends string = string, Value = unknown, Required extends boolean = boolean> {
  /** Without the dashes. */
  readonly long: string;
  readonly field: Field;
  /** Shown in the help, e.g. `DIR`; empty for a switch. */
  readonly argument: string;
  readonly kind: FlagKind;
  readonly required: Required;
  /** May be given several times; for other flags the last one counts. */
  readonly repeats: boolean;
  /** One occurrence may have several values, as a shell makes of `data/*.csv`. */
  readonly isVariadic?: true;
  /** `sluice.config.json` may set it. */
  readonly inFile: boolean;
  /** Long name of a flag whose place this one takes: given together they are refused, and one on the command line counts before the other in the file. */
  readonly rival?: string;
  /** The value, from every text given, in order. */
  readonly read: (texts: readonly string[]) => Value;
}

/** Flags on one line of the help, with what they mean. */
export interface FlagRow {
  readonly flags: readonly Flag[];
  readonly help: string;
  /** The words that the flag accepts, each with its meaning. */
  readonly choices?: Readonly<Record<string, string>>;
}

export interface FlagGroup {
  readonly title: string;
  readonly rows: readonly FlagRow[];
}

type FlagsIn<Groups extends readonly FlagGroup[]> = Groups[number]["rows"][number]["flags"][number];
type ValueOf<F> = F extends Flag<string, infer Value> ? Value : never;

/** The plain request object that a verb's flags make: required ones are always present, the others only if given. */
export type RequestOf<Groups extends readonly FlagGroup[]> = {
  readonly [F in FlagsIn<Groups> as F["required"] extends true ? F["field"] : never]: ValueOf<F>;
} & {
  readonly [F in FlagsIn<Groups> as F["required"] extends true ? never : F["field"]]?: ValueOf<F>;
};

/** A flag with one value. */
export function flag<Field extends string, Value>(
  long: string,
  field: Field,
  argument: string,
  kind: Exclude<FlagKind, "switch">,
  readOne: (text: string) => Value,
): Flag<Field, Value, false> {
  const read = (texts: readonly string[]): Value => readOne(texts.at(-1)!);
  return { long, field, argument, kind, required: false, repeats: false, inFile: true, read };
}

/** A flag that may be given several times; its value is the list. */
export function repeatable<Field extends string>(
  long: string,
  field: Field,
  argument: string,
): Flag<Field, string[], false> {
  return {
    long,
    field,
    argument,
    kind: "list",
    required: false,
    repeats: true,
    inFile: true,
    read: (texts) => [...texts],
  };
}

/** A flag that is either given or not. */
export function toggle<Field extends string>(long: string, field: Field): Flag<Field, true, false> {
  return { long, field, argument: "", kind: "switch", required: false, repeats: false, inFile: true, read: () => true };
}

/** The same flag, required. */
export function required<Field extends string, Value>(optional: Flag<Field, Value>): Flag<Field, Value, true> {
  return { ...optional, required: true };
}

/** The same flag, instead of another: see `rival`. */
export function rivalOf<Field extends string, Value>(
  rival: Flag,
  one: Flag<Field, Value, false>,
): Flag<Field, Value, false> {
  return { ...one, rival: rival.long };
}

/** The same flag, on the command line only: what it names belongs to one call, so a default from a file would surprise. */
export function commandLineOnly<Field extends string, Value, Required extends boolean>(
  anywhere: Flag<Field, Value, Required>,
): Flag<Field, Value, Required> {
  return { ...anywhere, inFile: false };
}

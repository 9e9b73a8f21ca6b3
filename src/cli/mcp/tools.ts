import { didYouMean } from "../../didYouMean.ts";
import type { Flag, FlagRow } from "../flag.ts";
import type { Given } from "../request.ts";
import { UsageError } from "../usage.ts";
import type { Verb } from "../verb.ts";
import { inspect } from "../verbs/inspect.ts";
import { plan } from "../verbs/plan.ts";
import { rehearse } from "../verbs/rehearse.ts";
import { search } from "../verbs/search.ts";
import { simulate } from "../verbs/simulate.ts";
import { validate } from "../verbs/validate.ts";

/** The JSON Schema of one argument. */
export interface ArgumentSchema {
  readonly type: "boolean" | "number" | "string" | "array";
  readonly description: string;
  readonly enum?: readonly string[];
  readonly items?: { readonly type: "string" };
}

/** A verb that an agent may call: one that saves nothing, without the flags that write a file. */
export interface Tool {
  readonly verb: Verb;
  readonly description: string;
  readonly inputSchema: {
    readonly type: "object";
    readonly properties: Readonly<Record<string, ArgumentSchema>>;
    readonly required: readonly string[];
    readonly additionalProperties: false;
  };
}

/** Fields of requests that name a file to write, or allow one to be replaced. */
const written: ReadonlySet<string> = new Set(["out", "report", "bestFile", "allFile", "tradesFile", "force"]);

/** What an agent should know beyond a verb's summary. */
const advice: Readonly<Record<string, string>> = {
  inspect:
    "Call it first: it tells which symbols, which span and which timeframe there are, and what is wrong with them.",
  plan: "Says how many sets a search has, and what time and memory it takes.",
  search:
    "The result is in-sample: the best of many sets looks good by luck alone. Judge it with validate before it is believed: write the best set's params into a file as one JSON object, which validate and simulate take.",
  simulate: "One parameter set, in-sample where its parameters were chosen on the same candles.",
  validate:
    "Tests a parameter set as if it were new: hold-out, walk-forward, overfitting, random entries. Trying many sets until one passes defeats it: say how many were tried.",
  rehearse: "What following the nightly decision would have made, night after night. Takes minutes.",
};

const pathArgument: ArgumentSchema = { type: "string", description: "a folder or a file" };

/** Every tool, in the order in which they are needed. */
export const tools: readonly Tool[] = [inspect, plan, search, simulate, validate, rehearse].map(toolOf);

function toolOf(verb: Verb): Tool {
  const rows = rowsOf(verb);
  const positionals = verb.positionals.map((name) => [name.toLowerCase(), pathArgument] as const);
  const flags = rows.flatMap((row) => row.flags.map((flag) => [flag.long, argumentOf(flag, row)] as const));
  return {
    verb,
    description: `${verb.summary} ${advice[verb.name]!}`,
    inputSchema: {
      type: "object",
      properties: Object.fromEntries([...positionals, ...flags]),
      required: [
        ...positionals.map(([name]) => name),
        ...rows.flatMap((row) => row.flags.flatMap((flag) => (flag.required ? [flag.long] : []))),
      ],
      additionalProperties: false,
    },
  };
}

/** The rows of a verb's flags without those that write. */
function rowsOf(verb: Verb): FlagRow[] {
  return verb.groups.flatMap(({ rows }) =>
    rows.flatMap((row) => {
      const flags = row.flags.filter(({ field }) => !written.has(field));
      return flags.length > 0 ? [{ ...row, flags }] : [];
    }),
  );
}

function argumentOf(flag: Flag, { help, choices }: FlagRow): ArgumentSchema {
  const shown = flag.argument === "" ? help : `${help}. As on the command line: ${flag.argument}`;
  const description = choices
    ? `${shown}. ${Object.entries(choices)
        .map(([word, meaning]) => `${word}: ${meaning}`)
        .join("; ")}`
    : shown;
  if (flag.kind === "switch") return { type: "boolean", description };
  if (flag.kind === "number") return { type: "number", description };
  if (flag.kind === "list") return { type: "array", description, items: { type: "string" } };
  return { type: "string", description, ...(choices && { enum: Object.keys(choices) }) };
}

/** A call of a tool, as a command line would give it. */
export interface ToolCall {
  readonly given: Given;
  readonly positionals: readonly string[];
}

/** Reads the arguments of a call. Throws UsageError for one that the tool does not have, or of another type. */
export function callOf({ verb, inputSchema }: Tool, given: unknown): ToolCall {
  const texts = new Map<string, readonly string[]>();
  for (const [name, value] of Object.entries((given ?? {}) as Readonly<Record<string, unknown>>)) {
    const schema = Object.hasOwn(inputSchema.properties, name) ? inputSchema.properties[name] : undefined;
    if (!schema) throw unknownArgument(verb, name, Object.keys(inputSchema.properties));
    const text = textsOf(value, schema);
    if (text === null) throw wrongType(name, value, schema);
    if (text.length > 0) texts.set(name, text);
  }
  const positionals = verb.positionals.map((name) => {
    const [text] = texts.get(name.toLowerCase()) ?? [];
    if (text === undefined)
      throw new UsageError(`${name.toLowerCase()} is missing`, { remedy: `add the argument ${name.toLowerCase()}` });
    return text;
  });
  return { given: texts, positionals };
}

/** A value as the texts of a flag; empty for a switch that is off; null if it is of another type. */
function textsOf(value: unknown, { type }: ArgumentSchema): readonly string[] | null {
  if (type === "boolean") return typeof value === "boolean" ? (value ? [""] : []) : null;
  if (type === "array")
    return Array.isArray(value) && value.every((item) => typeof item === "string") ? [value.join(",")] : null;
  if (typeof value === "number") return Number.isFinite(value) ? [String(value)] : null;
  return typeof value === "string" ? [value] : null;
}

function unknownArgument(verb: Verb, name: string, known: readonly string[]): UsageError {
  return new UsageError(`${verb.name} does not have this argument`, {
    where: name,
    expected: `any of: ${known.join(", ")}`,
    remedy: didYouMean(name, known, "leave it out: tools write no files"),
  });
}

function wrongType(name: string, value: unknown, { type }: ArgumentSchema): UsageError {
  return new UsageError(`invalid value for ${name}`, {
    where: name,
    found: JSON.stringify(value) ?? "nothing",
    expected: type === "array" ? "a list of texts" : `a ${type}`,
    remedy: "use the type that the tool's schema has",
  });
}

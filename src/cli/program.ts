import { Command, CommanderError, Option } from "commander";
import { reportWidth } from "../report/lines.ts";
import type { Flag } from "./flag.ts";
import { groupsOf } from "./groups.ts";
import { programHelp, verbHelp } from "./help.ts";
import type { Given } from "./request.ts";
import { UsageError } from "./usage.ts";
import type { Verb } from "./verb.ts";

/** What a command line asks for: a verb with its arguments, or text to show (help, version). */
export type Asked =
  | { readonly verb: Verb; readonly given: Given; readonly positionals: readonly string[] }
  | { readonly text: string };

/** The flags of a verb, the common ones among them. */
export function flagsOf(verb: Verb): readonly Flag[] {
  return groupsOf(verb).flatMap((group) => group.rows.flatMap((row) => row.flags));
}

/** Parses a command line (without node and script). Anything unknown is a UsageError with a hint; help is `columns` wide. */
export function parse(argv: readonly string[], verbs: readonly Verb[], version: string, columns = reportWidth): Asked {
  let asked: Asked | null = null;
  let shown = "";
  const capture = { writeOut: (text: string) => (shown += text), writeErr: () => undefined };
  const program = new Command("sluice").exitOverride().configureOutput(capture).version(version, "--version");
  program.configureHelp({ formatHelp: () => programHelp(verbs, columns) }).helpCommand(false);
  for (const verb of verbs) {
    const command = program.command(verb.name).configureHelp({ formatHelp: () => verbHelp(verb, columns) });
    for (const name of verb.positionals) command.argument(`<${name}>`);
    for (const flag of flagsOf(verb)) command.addOption(optionOf(flag));
    command.action((...call: unknown[]) => {
      const positionals = call.slice(0, verb.positionals.length) as string[];
      asked = { verb, given: givenOf(verb, command.opts()), positionals };
    });
  }
  try {
    program.parse(argv, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { text: shown };
    throw usageErrorOf(error, argv, verbs);
  }
  if (asked === null) throw new UsageError("no verb given", { remedy: "sluice --help lists the verbs" });
  return asked;
}

function optionOf(flag: Flag): Option {
  if (flag.kind === "switch") return new Option(`--${flag.long}`);
  return new Option(`--${flag.long} <value${flag.isVariadic ? "..." : ""}>`).argParser(
    (text: string, before: readonly string[] | undefined) => [...(before ?? []), text],
  );
}

function givenOf(verb: Verb, values: Readonly<Record<string, unknown>>): Given {
  const given = new Map<string, readonly string[]>();
  for (const flag of flagsOf(verb)) {
    const option = optionOf(flag);
    const value = values[option.attributeName()];
    // `--no-x` is stored as x = false; x is true if the flag was not given.
    if (option.negate ? value === false : value === true) given.set(flag.long, [""]);
    else if (Array.isArray(value)) given.set(flag.long, value as string[]);
  }
  return given;
}

function usageErrorOf(error: CommanderError, argv: readonly string[], verbs: readonly Verb[]): UsageError {
  if (error.code === "commander.help")
    return new UsageError("no verb given", { remedy: "sluice --help lists the verbs" });
  const [message = "", hint] = error.message.replace(/^error: /, "").split("\n");
  const verb = verbs.find((each) => each.name === argv[0]);
  const more = verb ? `sluice ${verb.name} --help shows its flags` : "sluice --help lists the verbs";
  const unknown = /^unknown option '--([a-z0-9-]+)/.exec(message)?.[1];
  const elsewhere = verb && unknown !== undefined ? hintOf(unknown, verb, verbs) : null;
  const suggestion = elsewhere ?? hint?.replace(/^\((.*)\)$/, "$1");
  return new UsageError(message, { remedy: suggestion ? `${suggestion} (${more})` : more });
}

/** What the same input is called by other verbs: signals are searched by some, and scanned opportunities read by others. */
const otherNames: Readonly<Record<string, string>> = { signals: "opportunities", opportunities: "signals" };

/** What to do about a flag that other verbs have and this one does not; null if none has it. */
function hintOf(long: string, verb: Verb, verbs: readonly Verb[]): string | null {
  const has = (each: Verb, name: string): boolean => flagsOf(each).some((flag) => flag.long === name);
  const other = otherNames[long];
  if (other !== undefined && has(verb, other)) return `${verb.name} calls it --${other}`;
  const owners = verbs.filter((each) => has(each, long)).map(({ name }) => name);
  if (owners.length === 0) return null;
  if (long === "candles" && verb.positionals.includes("PATH"))
    return `give the path without a flag: sluice ${verb.name} PATH`;
  return `it is a flag of ${owners.join(", ")}`;
}

import { paragraph } from "../report/lines.ts";
import { exitKeyOf, exitKeys } from "../space/exits.ts";
import type { FlagRow } from "./flag.ts";
import { groupsOf } from "./groups.ts";
import type { Verb } from "./verb.ts";

/** A verb's help: usage, what it does, its flags by group with their defaults in brackets, and an example last; no wider than `columns` where words allow. */
export function verbHelp(verb: Verb, columns: number): string {
  const groups = groupsOf(verb);
  const width = Math.max(...groups.flatMap((group) => group.rows.map((row) => labelOf(row).length)));
  const lines = [
    ...paragraph("Usage: ", `sluice ${verb.name} ${verb.usage}`, columns),
    "",
    ...paragraph("", verb.summary, columns),
    "",
  ];
  for (const group of groups) {
    lines.push(`${group.title}:`);
    for (const row of group.rows)
      lines.push(
        ...paragraph(`  ${labelOf(row).padEnd(width)}  `, row.help, columns),
        ...choiceLines(row.choices ?? {}, " ".repeat(width + 6), columns),
      );
  }
  const longs = groups.flatMap((group) => group.rows.flatMap((row) => row.flags.map(({ long }) => long)));
  if (longs.includes("space") || longs.includes("params")) lines.push(...exitParameterLines(columns));
  lines.push("", ...paragraph("Example: ", verb.example, columns));
  return `${lines.join("\n")}\n`;
}

/** What spaces and parameter sets may say of exits, in the words of the rules. */
function exitParameterLines(columns: number): string[] {
  const names = exitKeys();
  const width = Math.max(...names.map((name) => name.length));
  return [
    "Exit parameters of a space or a set (docs/exits.md):",
    ...names.flatMap((name) => paragraph(`  ${name.padEnd(width)}  `, exitKeyOf(name)!.description, columns)),
  ];
}

function choiceLines(choices: Readonly<Record<string, string>>, indent: string, columns: number): string[] {
  const width = Math.max(0, ...Object.keys(choices).map((word) => word.length));
  return Object.entries(choices).flatMap(([word, help]) =>
    paragraph(`${indent}${word.padEnd(width)}  `, help, columns),
  );
}

function labelOf(row: FlagRow): string {
  return row.flags.map((flag) => `--${flag.long}${flag.argument === "" ? "" : ` ${flag.argument}`}`).join(", ");
}

/** The program's own help: the verbs, where defaults come from, what the exit codes mean. */
export function programHelp(verbs: readonly Verb[], columns: number): string {
  const text = (prose: string): string[] => paragraph("", prose, columns);
  const lines = [
    "Usage: sluice VERB [flags]",
    "",
    ...text(
      "Finds the entry filters and exits of a trading strategy by exact, exhaustive search, and tests whether the result can be trusted.",
    ),
    "",
    "Verbs:",
    ...verbs.flatMap((verb) => paragraph(`  ${verb.name.padEnd(10)}`, verb.summary, columns)),
    "",
    ...text("Defaults can be set in sluice.config.json, by a flag's long name; the command line wins."),
    ...text("The result goes to stdout (--json: one JSON document), progress to stderr."),
    ...text(
      "Exit codes: 0 done, 1 internal error, 2 usage, 3 bad data or config, 4 too little memory allowed, 5 verdict not passed (with --strict), 130 interrupted.",
    ),
    "",
    "  --version, --help; sluice VERB --help for a verb's flags",
    "",
    "Example: sluice demo",
  ];
  return `${lines.join("\n")}\n`;
}

/** Output of `sluice` without arguments: where to begin. */
export const beginning = `Sluice finds the entry filters and exits of a trading strategy, and tests whether to trust them.

  sluice demo                                 everything on a made-up market, in seconds
  sluice inspect data/candles                 what is in your candles
  sluice optimize --candles data/candles      the whole run; saves nothing without --config

sluice --help lists the verbs.
`;

import Papa from "papaparse";
import { InputError } from "../errors.ts";
import type { Parameters, ParameterValue } from "../space/parameters.ts";
import { shellWord } from "../text.ts";

/** A set as the text of a file, in each format that is nothing but the set. `where` names it in errors. */
export const exportTexts: Readonly<Record<"json" | "env" | "csv", (params: Parameters, where: string) => string>> = {
  json: (params) => `${JSON.stringify(params, null, 2)}\n`,
  csv: (params) => {
    const rows = Object.entries(params).map(([name, value]) => [name, textOf(value)]);
    return `${Papa.unparse([csvColumns, ...rows], { newline: "\n" })}\n`;
  },
  env: (params, where) => {
    const lines = new Map<string, string>();
    for (const [name, value] of Object.entries(params)) {
      const key = name.toUpperCase().replace(/[^A-Z0-9_]/g, "_");
      if (lines.has(key)) throw sameKey(name, key, where);
      lines.set(key, `${key}=${shellWord(textOf(value))}\n`);
    }
    return `${envHeading}\n${[...lines.values()].join("")}`;
  },
};

export const csvColumns = ["parameter", "value"];
export const envHeading = "# Parameters, written by sluice export";

/** Numbers and switches as they are, everything else as JSON on one line. */
function textOf(value: ParameterValue): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

function sameKey(name: string, key: string, where: string): InputError {
  return new InputError("EXPORT_NAMES", "two parameters would be the same variable", {
    where: `${where}, ${name}`,
    found: `${key} for both`,
    expected: "names that differ in letters, digits or underscores",
    remedy: "rename a column of the signals, or use --format json",
  });
}

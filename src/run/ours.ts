import { open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { candleHeader } from "../candles/candleText.ts";
import { closing, opening } from "../opening.ts";
import { exitKeyOf } from "../space/exits.ts";
import { filterNameOf } from "../space/filters.ts";
import { figureNames, indexColumn } from "./everySet/columns.ts";
import { parquetOrigin } from "./everySet/parquet.ts";
import type { exportFormats } from "./exportFormats.ts";
import { csvColumns, envHeading } from "./exportTexts.ts";
import { moneyColumns, partialColumns, tradeColumns } from "./tradesFile.ts";

/** Kinds of files that Sluice writes and may replace without being asked. */
export type OutputKind =
  | "opportunities"
  | "trades"
  | "result"
  | "report"
  | "page"
  | "candles"
  | "sets.csv"
  | "sets.parquet"
  | keyof typeof exportFormats;

/** How a report with pictures begins, in the language of a tag such as `en`. */
export const pageBeginning = (language: string): string => `<!doctype html>\n<html lang="${language}" data-sluice="`;

/** How much of the beginning, or the end, of a file tells. */
const headBytes = 1 << 16;

/** How the beginning of a file shows that Sluice wrote it, and that in words. */
const marks: Readonly<
  Record<OutputKind, { readonly isIn: (head: string, end: string) => boolean; readonly words: string }>
> = {
  opportunities: {
    // A user's own signals have the first columns, too, but no labels.
    isIn: (head) => /^symbol,timestamp,direction,type,entry,atr,([^\r\n]*,)?label_mfe,[^\r\n]*\n/.test(head),
    words: "a file written by `sluice scan`, whose first line has columns such as label_mfe",
  },
  trades: {
    isIn: (head) =>
      new RegExp(`^${tradeColumns.join(",")}(,${partialColumns.join(",")})?(,${moneyColumns.join(",")})?\n`).test(head),
    words: `a file written by \`sluice simulate --trades\`, whose first line is ${tradeColumns.join(",")}`,
  },
  candles: {
    isIn: (head) => head.startsWith(`${candleHeader}\n`),
    words: `candles as \`sluice convert\` writes them, whose first line is ${candleHeader}`,
  },
  "sets.csv": {
    isIn: (head) => {
      const first = head.split("\n", 1)[0]!;
      return first.startsWith(`${indexColumn},`) && first.includes(`,${figureNames.join(",")},`);
    },
    words: `a file written by \`sluice search --all\`, whose first line begins with ${indexColumn} and has ${figureNames.slice(0, 3).join(",")}`,
  },
  "sets.parquet": {
    isIn: (_, end) => end.includes(parquetOrigin),
    words: `a parquet file written by \`sluice search --all\`, created by "${parquetOrigin}"`,
  },
  result: {
    isIn: (head) => /^\{\s*"version": "/.test(head) && head.includes('"split": {') && head.includes('"phase1": {'),
    words: "a result.json of `sluice optimize`, which begins with version, split and phase1",
  },
  report: {
    // The first line says what happened, in up to three lines of text.
    isIn: (head) => /^(.*\n){0,3}Sluice \d/.test(head),
    words:
      "a report.txt of `sluice optimize`, whose second line begins with Sluice, or which is beside such a result.json",
  },
  page: {
    isIn: (head) => /^<!doctype html>\n<html lang="[\w-]+" data-sluice="/.test(head),
    words: "a report with pictures, whose second line names Sluice",
  },
  freqtrade: {
    isIn: (head) => /"ft_stratparam_v"\s*:/.test(head),
    words: "a parameter file of freqtrade, which has ft_stratparam_v",
  },
  json: { isIn: isParameterSet, words: "a parameter set" },
  env: { isIn: (head) => head.startsWith(`${envHeading}\n`), words: `a file that begins with ${envHeading}` },
  csv: {
    isIn: (head) => head.startsWith(`${csvColumns.join(",")}\n`),
    words: `a file whose first line is ${csvColumns.join(",")}`,
  },
};

/** Whether text is one object whose keys are all parameters. */
function isParameterSet(text: string): boolean {
  try {
    const keys = Object.keys(JSON.parse(text) as object);
    return keys.length > 0 && keys.every((key) => exitKeyOf(key) ?? filterNameOf(key));
  } catch {
    return false;
  }
}

/** How a file written by Sluice is recognised, for errors. */
export function markOf(kind: OutputKind): string {
  return marks[kind].words;
}

/** Whether a file begins as one of a kind that Sluice writes. */
export async function beginsAs(path: string, kind: OutputKind): Promise<boolean> {
  const { head, end } = await textsOf(path);
  return marks[kind].isIn(head, end);
}

/** The first line of the file at a path, if Sluice did not write it; null if it did, or if nothing would be lost. */
export async function foreignLine(path: string, kind: OutputKind): Promise<string | null> {
  const { head, end } = await textsOf(path);
  if (head === "" || marks[kind].isIn(head, end)) return null;
  // Reports of several configs begin with the name of the first.
  if (kind === "report" && (await beginsAs(join(dirname(path), "result.json"), "result"))) return null;
  return head.split(/\r?\n/, 1)[0]!;
}

/** The beginning and the end of a file; empty if there is none. */
async function textsOf(path: string): Promise<{ readonly head: string; readonly end: string }> {
  const file = await opening(() => open(path, "r")).catch((error: NodeJS.ErrnoException) => error.code ?? "");
  if (typeof file === "string") return { head: file === "ENOENT" || file === "ENOTDIR" ? "" : file, end: "" };
  try {
    const read = async (from: number): Promise<string> => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, from);
      return buffer.toString("utf8", 0, bytesRead);
    };
    const { size } = await file.stat();
    return { head: await read(0), end: await read(Math.max(0, size - headBytes)) };
  } finally {
    await closing(file);
  }
}

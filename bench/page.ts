// `npm run bench:page`: rewrites the tables of docs/performance.md from the newest kept result of each question.
import { readFile, writeFile } from "node:fs/promises";
import { tableText } from "./format.ts";
import { keptResults, provenance, type Result } from "./results.ts";

const page = new URL("../docs/performance.md", import.meta.url);

/** A block of the page: whatever stands between `<!-- bench:NAME -->` and `<!-- /bench -->`. */
const block = /(<!-- bench:([\w-]+) -->\n)[\s\S]*?(<!-- \/bench -->)/g;

/** The page with every block written anew; a question without a kept result says so. */
export function filledPage(text: string, results: readonly Result[]): string {
  return text.replace(block, (_, opening: string, name: string, closing: string) => {
    const result = results.findLast(({ tables }) => tables.some((table) => table.name === name));
    const table = result?.tables.find((one) => one.name === name);
    const content =
      result && table
        ? `\n${tableText(table)}\nMeasured ${provenance(result)}.\n\n`
        : "\nNot measured yet: `npm run bench -- --save`, then `npm run bench:page`.\n\n";
    return opening + content + closing;
  });
}

await writeFile(page, filledPage(await readFile(page, "utf8"), await keptResults()));

import { tableText } from "./format.ts";
import { provenance, type Result } from "./results.ts";

/** A block of a page: whatever stands between `<!-- bench:NAME -->` and `<!-- /bench -->`. */
const block = /(<!-- bench:([\w-]+) -->\n)[\s\S]*?(<!-- \/bench -->)/g;

/** A page with every block written anew from the newest result that answers its question; one without a result says so. */
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

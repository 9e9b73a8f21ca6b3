import type { Market } from "../candles/candles.ts";
import { rowTexts } from "./rowText.ts";
import type { Labels, OpportunityTable } from "./table.ts";
import { writeWhole } from "./tableFile.ts";

const rowsAtOnce = 4096;

/**
 * Writes a table as CSV that `readOpportunities` reads back to the bit (finite numbers, NaN as empty cells); labels, if given, as
 * `label_` columns that it leaves aside. A table with exits of its own needs the market that it stands on. The file is whole or not there.
 */
export async function writeOpportunities(
  path: string,
  table: OpportunityTable,
  labels?: Labels,
  market?: Pick<Market, "bySymbol">,
): Promise<void> {
  const { header, line } = rowTexts(table, labels, market);
  await writeWhole(path, async (file) => {
    await file.append(`${header}\n`);
    for (let from = 0; from < table.count; from += rowsAtOnce) {
      let text = "";
      for (let row = from; row < Math.min(table.count, from + rowsAtOnce); row++) text += `${line(row)}\n`;
      await file.append(text);
    }
  });
}

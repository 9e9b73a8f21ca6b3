import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Market } from "../../src/candles/candles.ts";
import type { SignalCounts } from "../../src/opportunities/notices.ts";
import { readOpportunities, type TableReadOptions } from "../../src/opportunities/read.ts";
import type { OpportunityTable } from "../../src/opportunities/table.ts";

/** A table, and what its reader said of the file. */
export interface Heard {
  readonly table: OpportunityTable;
  readonly counts: SignalCounts;
  readonly notices: readonly string[];
}

/** Reads a text as a file of signals in a folder: JSON if it is a list, else CSV. */
export async function readHeard(
  folder: string,
  text: string,
  market: Market,
  options: Partial<TableReadOptions> = {},
): Promise<Heard> {
  const path = join(folder, text.startsWith("[") ? "s.json" : "s.csv");
  writeFileSync(path, text);
  const notices: string[] = [];
  let counts: SignalCounts | null = null;
  const table = await readOpportunities(path, market, {
    lenient: false,
    onNotice: (code, message) => notices.push(`${code} ${message}`),
    onCounts: (heard) => {
      counts = heard;
    },
    ...options,
  });
  return { table, counts: counts!, notices };
}

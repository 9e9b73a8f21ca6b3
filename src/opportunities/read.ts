import type { Market } from "../candles/candles.ts";
import { csvBlocks } from "../candles/csvRows.ts";
import { jsonBlocks } from "./jsonRows.ts";
import { timesOf } from "./readRow.ts";
import { type RowSource, readTable, type TableReadOptions } from "./readTable.ts";
import { isFolder, SnapshotFolder } from "./snapshots/folder.ts";
import type { OpportunityTable } from "./table.ts";

export type { TableReadOptions } from "./readTable.ts";

/**
 * Opportunities or a user's own signals from CSV (streamed into columns), or from JSON where the name ends in .json: an array of
 * objects with the same names, with an entry's number in place of a CSV's line. A folder is one of snapshots. Every row must be a bar of the market; symbols are the
 * market's, sorted, types in order of first appearance. Duplicate signals count once. Throws InputError with file, line and column.
 */
export async function readOpportunities(
  path: string,
  market: Market,
  options: TableReadOptions,
): Promise<OpportunityTable> {
  return readTable(await sourceOf(path, market, options), market, options);
}

async function sourceOf(path: string, market: Market, options: TableReadOptions): Promise<RowSource> {
  if (await isFolder(path)) {
    const times = { ...timesOf(market), zoneMs: options.zoneMs ?? 0 };
    const snapshots = new SnapshotFolder(path, { lenient: options.lenient, times });
    return {
      path,
      blocks: () => snapshots.blocks(),
      placeOf: snapshots.placeOf,
      sayLeftOut: (onNotice) => snapshots.sayLeftOut(onNotice),
    };
  }
  if (!path.toLowerCase().endsWith(".json")) return { path, blocks: () => csvBlocks(path) };
  return { path, blocks: () => jsonBlocks(path, options.signalTimeframeMs ?? market.timeframeMs) };
}

import type { Market } from "../candles/candles.ts";

import { csvBlocks, type RowBlock } from "../candles/csvRows.ts";
import { jsonBlocks, valueBlocks } from "./jsonRows.ts";
import { timesOf } from "./readRow.ts";
import { type RowSource, readTable, type TableReadOptions } from "./readTable.ts";
import { placesBy, placesInValue } from "./rowFault.ts";
import type { SignalRow } from "./signalRow.ts";

import { isFolder, SnapshotFolder } from "./snapshots/folder.ts";
import type { OpportunityTable } from "./table.ts";

export type { TableReadOptions } from "./readTable.ts";

/**
 * Opportunities or a user's own signals from CSV (streamed into columns), or from JSON where the name ends in .json: an array of
 * objects with the same names, with an entry's number in place of a CSV's line. A folder is one of snapshots. Every row must be a bar of the market; symbols are the
 * market's, sorted, types in order of first appearance. Duplicate signals count once. Throws InputError with file, line and column. Rows in memory
 * are read as those of a JSON file are.
 */
export async function readOpportunities(
  given: SignalsGiven,
  market: Market,
  options: TableReadOptions,
): Promise<OpportunityTable> {
  return readTable(await sourceOf(given, market, options), market, options);
}

/** Opportunities or signals: the path of their file or folder, or their rows. */
export type SignalsGiven = string | readonly SignalRow[];

async function sourceOf(given: SignalsGiven, market: Market, options: TableReadOptions): Promise<RowSource> {
  const barMs = options.signalTimeframeMs ?? market.timeframeMs;
  if (typeof given !== "string") {
    const path = options.option ?? "opportunities";
    const places = placesInValue(path);
    const blocks = async function* (): AsyncGenerator<RowBlock> {
      yield* valueBlocks(given, barMs, path, places);
    };
    return { path, blocks, places, isValue: true };
  }
  if (await isFolder(given)) {
    const times = { ...timesOf(market), zoneMs: options.zoneMs ?? 0 };
    const snapshots = new SnapshotFolder(given, { lenient: options.lenient, times });
    return {
      path: given,
      blocks: () => snapshots.blocks(),
      places: placesBy(snapshots.placeOf),
      sayLeftOut: (onNotice) => snapshots.sayLeftOut(onNotice),
    };
  }
  const isJson = given.toLowerCase().endsWith(".json");
  return { path: given, blocks: () => (isJson ? jsonBlocks(given, barMs) : csvBlocks(given)) };
}

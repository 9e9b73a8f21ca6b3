import type { Market } from "../candles/candles.ts";
import { isBlank, textsOf } from "../candles/cells.ts";
import { csvBlocks, escaped } from "../candles/csvRows.ts";
import { InputError } from "../errors.ts";
import { GrowingTable } from "./growingTable.ts";
import { type Header, readHeader } from "./header.ts";
import { jsonBlocks } from "./jsonRows.ts";
import { DroppableRow, RowReader } from "./readRow.ts";
import type { OpportunityTable } from "./table.ts";

export interface TableReadOptions {
  /** Drop and count rows whose entry or ATR is impossible, instead of refusing the file. */
  readonly lenient: boolean;
  /**
   * Hears which features there are, and tells which to keep: all of them and the activations unless given, else those alone. The cells of
   * the others are not looked at, whatever they hold.
   */
  readonly features?: (there: readonly string[]) => readonly string[];
  /** Keep the activations beside the features that are told; false unless said. */
  readonly activations?: boolean;
  /** Hears once, after the last row, how many rows were dropped. */
  readonly onDropped?: (count: number) => void;
}

/** Types are stored in a byte a row. */
const mostTypes = 255;

/**
 * Opportunities or a user's own signals from CSV (streamed into columns), or from JSON where the name ends in .json: an array of
 * objects with the same names, an entry's number standing where a CSV has its line. Every row must be a bar of the market; symbols are
 * the market's, sorted, types in order of first appearance. Throws InputError with file, line and column.
 */
export async function readOpportunities(
  path: string,
  market: Market,
  options: TableReadOptions,
): Promise<OpportunityTable> {
  let reader: RowReader | null = null;
  let table: GrowingTable | null = null;
  let dropped = 0;
  for await (const block of path.toLowerCase().endsWith(".json") ? jsonBlocks(path) : csvBlocks(path)) {
    while (block.next()) {
      const { cells, line } = block;
      if (isBlank(cells)) continue;
      if (!reader || !table) {
        const header = keptOf(readHeader(textsOf(cells), `${escaped(path)}:${Math.max(1, line)}`), options);
        reader = new RowReader(market, header, path);
        table = emptyTable(header);
        continue;
      }
      if (reader.lacksIndicators(cells)) await reader.loadIndicators();
      try {
        table.push(reader.read(cells, line), block.share);
      } catch (error) {
        if (!(options.lenient && error instanceof DroppableRow)) throw error;
        dropped++;
      }
      if (table.typeCount > mostTypes) throw tooManyTypes(path, line);
    }
  }
  if (!reader || !table || table.count === 0) throw noOpportunity(path, reader !== null, dropped);
  options.onDropped?.(dropped);
  return table.take(reader.symbols);
}

/** The header without what nobody asked for. */
function keptOf(header: Header, { features, activations }: TableReadOptions): Header {
  if (!features) return header;
  const kept = new Set(features(header.features.map(({ name }) => name)));
  const named = { ...header, features: header.features.filter(({ name }) => kept.has(name)) };
  return activations ? named : { ...named, activations: [], penalty: -1 };
}

function emptyTable({ features, activations, penalty }: Header): GrowingTable {
  const hasActivations = activations.length > 0 || penalty >= 0;
  return new GrowingTable(
    features.map(({ name }) => name),
    hasActivations ? activations.map(({ name }) => name) : null,
  );
}

function tooManyTypes(path: string, line: number): InputError {
  return new InputError("TABLE_TYPE", "there are more signal types than can be told apart", {
    where: `${escaped(path)}:${line}, type`,
    found: `more than ${mostTypes} types`,
    expected: "a few types, such as scalping and swing",
    remedy: "check that the column is the type and not an identifier",
  });
}

function noOpportunity(path: string, hasHeader: boolean, dropped: number): InputError {
  return new InputError("TABLE_EMPTY", "the file holds no opportunity", {
    where: escaped(path),
    found: !hasHeader ? "an empty file" : dropped === 0 ? "a header only" : `a header and ${dropped} impossible rows`,
    expected: "symbol,timestamp,direction,type,entry,atr and feature columns, and one row an opportunity",
    remedy: "write the signals again, or scan the candles instead",
  });
}

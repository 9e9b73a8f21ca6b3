import type { Market } from "../candles/candles.ts";
import { isBlank, textsOf } from "../candles/cells.ts";
import { GrowingColumns } from "../candles/columns.ts";
import { csvBlocks, escaped, type RowBlock } from "../candles/csvRows.ts";
import { InputError } from "../errors.ts";
import { refuseCoarseGrid } from "./coarseGrid.ts";
import { refuseContradictions } from "./equalRows.ts";
import { GrowingTable } from "./growingTable.ts";
import { type Header, readHeader } from "./header.ts";
import { jsonBlocks } from "./jsonRows.ts";
import { type OnNotice, type SignalCounts, sayCounts, sayHow } from "./notices.ts";
import { RowReader } from "./readRow.ts";
import { DroppableRow, RowInHole } from "./rowFault.ts";
import { sharedBarsOf } from "./sharedBars.ts";
import { keepRows, type OpportunityTable } from "./table.ts";

export interface TableReadOptions {
  /** Drop and count rows whose entry or ATR is impossible or whose candle is missing, instead of refusing the file. */
  readonly lenient: boolean;
  /**
   * Hears which features there are, and tells which to keep: all of them and the activations unless given, else those alone. The cells of
   * the others are not looked at, whatever they hold.
   */
  readonly features?: (there: readonly string[]) => readonly string[];
  /** Keep the activations beside the features that are told; no by default. */
  readonly activations?: boolean;
  /**
   * Length of the bars that the signals' times open, a multiple of the candles': each is then known at its bar's close, and stands on
   * the last candle in it. null (the default) where times are the candles' own; a coarser grid is then refused, but for the candles' own
   * length given here, which says that the times are meant.
   */
  readonly signalTimeframeMs?: number | null;
  /** Hears what the reader of a result should know of how the file was read. */
  readonly onNotice?: OnNotice;
  /** Hears once, after the last row, what became of the rows. */
  readonly onCounts?: (counts: SignalCounts) => void;
}

/** Types are stored in a byte per row. */
const mostTypes = 255;

/**
 * Opportunities or a user's own signals from CSV (streamed into columns), or from JSON where the name ends in .json: an array of
 * objects with the same names, an entry's number standing where a CSV has its line. Every row must be a bar of the market; symbols are
 * the market's, sorted, types in order of first appearance. A signal that stands twice counts once. Throws InputError with file, line
 * and column.
 */
export async function readOpportunities(
  path: string,
  market: Market,
  options: TableReadOptions,
): Promise<OpportunityTable> {
  const { table, file, reader, counts } = await readRows(path, market, options);
  const { signalTimeframeMs = null } = options;
  const { pairs, overlapping } = sharedBarsOf(table, market);
  if (pairs.length > 0) await refuseContradictions(file, pairs);
  const isAgain = new Set(pairs.map(({ again }) => again));
  const kept = keepRows(table, (row) => !isAgain.has(row));
  if (signalTimeframeMs === null) refuseCoarseGrid(kept, market, file);
  const all: SignalCounts = { ...counts, duplicates: pairs.length, overlapping };
  if (options.onNotice) {
    sayHow(options.onNotice, file.header, reader.timeKind);
    sayCounts(options.onNotice, all);
  }
  options.onCounts?.(all);
  return kept;
}

/** Every row of a file that can be read, as a table, with the line of each. */
async function readRows(path: string, market: Market, options: TableReadOptions) {
  const blocks = (): AsyncGenerator<RowBlock> =>
    path.toLowerCase().endsWith(".json") ? jsonBlocks(path) : csvBlocks(path);
  const lines = new GrowingColumns([Int32Array]);
  const lineOfRow = [0];
  const counts = { rows: 0, dropped: 0, in_holes: 0 };
  let header: Header | null = null;
  let reader: RowReader | null = null;
  let table: GrowingTable | null = null;
  for await (const block of blocks()) {
    while (block.next()) {
      const { cells, line } = block;
      if (isBlank(cells)) continue;
      if (!reader || !table) {
        header = readHeader(textsOf(cells), `${escaped(path)}:${Math.max(1, line)}`);
        const kept = keptOf(header, options);
        reader = new RowReader(market, kept, path, options.signalTimeframeMs ?? null);
        table = emptyTable(kept);
        continue;
      }
      counts.rows++;
      if (reader.lacksIndicators(cells)) await reader.loadIndicators();
      try {
        table.push(reader.read(cells, line), block.share);
        lineOfRow[0] = line;
        lines.push(lineOfRow, block.share);
      } catch (error) {
        if (!(options.lenient && error instanceof DroppableRow)) throw error;
        counts.dropped++;
        if (error instanceof RowInHole) counts.in_holes++;
      }
      if (table.typeCount > mostTypes) throw tooManyTypes(path, line);
    }
  }
  if (!header || !reader || !table || table.count === 0) throw noOpportunity(path, reader !== null, counts.dropped);
  return {
    table: table.take(reader.symbols),
    file: { path, header, lines: lines.take()[0], blocks },
    reader,
    counts,
  };
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

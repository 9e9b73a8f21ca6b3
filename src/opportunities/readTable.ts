import type { Market } from "../candles/candles.ts";
import { isBlank, textsOf } from "../candles/cells.ts";
import { GrowingColumns } from "../candles/columns.ts";
import type { RowBlock } from "../candles/csvRows.ts";
import { InputError } from "../errors.ts";
import { escaped } from "../text.ts";
import { refuseCoarseGrid } from "./coarseGrid.ts";
import type { EntryRule } from "./entry.ts";
import { refuseContradictions } from "./equalRows.ts";
import { GrowingTable } from "./growingTable.ts";
import { type Header, readHeader } from "./header.ts";
import { type OnNotice, type SignalCounts, sayCounts, sayHow, sayReplaced } from "./notices.ts";
import { RowReader } from "./readRow.ts";
import { DroppableRow, placesInFile, RowInHole, type RowPlaces } from "./rowFault.ts";
import { sharedBarsOf } from "./sharedBars.ts";
import { keepRows, type OpportunityTable } from "./table.ts";

export interface TableReadOptions {
  /** Drops and counts rows whose entry or ATR is invalid or whose candle is missing, instead of refusing the file. */
  readonly lenient: boolean;
  /** What holds them where they are a value; `opportunities` by default. */
  readonly option?: "opportunities" | "signals";
  /**
   * Called with the file's features; returns those to keep. By default all features and the activations are kept. The cells of the others
   * are not read.
   */
  readonly features?: (there: readonly string[]) => readonly string[];
  /** Also keeps the activations; default: no. */
  readonly activations?: boolean;
  /**
   * Length of the bars that the signals' times open, a multiple of the candles': each signal is then known at its bar's close, and belongs
   * to the last candle in it. null (the default) if times are the candles' own; a coarser grid is then refused, unless the candles' own
   * length is given here, which confirms the times.
   */
  readonly signalTimeframeMs?: number | null;
  /** Whether anybody uses the ATR; yes by default. If not, a row whose ATR nobody gives and the candles do not tell yet has none (NaN). */
  readonly needsAtr?: boolean;
  /** Where signals are entered; `signal-close` by default. With `next-open` the file's own entry prices are not used. */
  readonly entry?: EntryRule;
  /** By how much dates without an offset in snapshots are ahead of UTC, milliseconds; 0 by default. */
  readonly zoneMs?: number;
  /** Called now and then with the part of the file that is read, 0-1; may throw to stop. */
  readonly onRead?: (share: number) => void;
  /** Receives notices about how the file was read. */
  readonly onNotice?: OnNotice;
  /** Called once, after the last row, with what happened to the rows. */
  readonly onCounts?: (counts: SignalCounts) => void;
}

const rowsBetween = 1024;
/** Types are stored in a byte per row. */
const mostTypes = 255;

/** Where rows come from: a file of any form, or columns in memory. */
export interface RowSource {
  /** The name for messages. */
  readonly path: string;
  /** All rows, as often as it is called; the first one names the columns. */
  blocks(): AsyncIterable<RowBlock>;
  /** Names rows in messages; by default as lines of the one file. */
  readonly places?: RowPlaces;
  /** Whether the rows are a value in memory. */
  readonly isValue?: boolean;
  /** Reports what was left out before rows came to be. */
  readonly sayLeftOut?: (onNotice: OnNotice) => void;
}

/**
 * The rows of a source as a table. Every row must be a bar of the market; symbols are the market's, sorted, types in order of first appearance.
 * Duplicate signals count once. Throws InputError with place and column.
 */
export async function readTable(
  source: RowSource,
  market: Market,
  options: TableReadOptions,
): Promise<OpportunityTable> {
  const { table, file, reader, counts } = await readRows(source, market, options);
  const { signalTimeframeMs = null } = options;
  const { pairs, overlapping } = sharedBarsOf(table, market);
  if (pairs.length > 0) await refuseContradictions(file, pairs);
  const isAgain = new Set(pairs.map(({ again }) => again));
  const kept = keepRows(table, (row) => !isAgain.has(row));
  if (signalTimeframeMs === null) refuseCoarseGrid(kept, market, file);
  const all: SignalCounts = { ...counts, duplicates: pairs.length, overlapping };
  if (options.onNotice) {
    source.sayLeftOut?.(options.onNotice);
    sayHow(options.onNotice, file.header, reader);
    sayCounts(options.onNotice, all, file.header);
    sayReplaced(options.onNotice, reader.entriesReplaced, all.rows);
  }
  options.onCounts?.(all);
  return kept;
}

/** Every row that can be read, as a table, with the line of each. */
async function readRows(source: RowSource, market: Market, options: TableReadOptions) {
  const { path, places, isValue = false } = source;
  const lines = new GrowingColumns([Int32Array]);
  const lineOfRow = [0];
  const counts = { rows: 0, dropped: 0, in_holes: 0 };
  let header: Header | null = null;
  let reader: RowReader | null = null;
  let table: GrowingTable | null = null;
  for await (const block of source.blocks()) {
    while (block.next()) {
      const { cells, line } = block;
      if (isBlank(cells)) continue;
      if (!reader || !table) {
        header = readHeader(textsOf(cells), isValue ? path : `${escaped(path)}:${Math.max(1, line)}`);
        const kept = keptOf(header, options);
        reader = new RowReader(market, kept, path, {
          signalTimeframeMs: options.signalTimeframeMs ?? null,
          entry: options.entry ?? "signal-close",
          needsAtr: options.needsAtr ?? true,
          isValue,
          ...(places && { places }),
        });
        table = emptyTable(kept);
        continue;
      }
      if (counts.rows++ % rowsBetween === 0) options.onRead?.(block.share);
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
      if (table.typeCount > mostTypes) throw tooManyTypes((places ?? placesInFile(path)).cell(line, "type"));
    }
  }
  if (!header || !reader || !table || table.count === 0)
    throw isValue ? noRow(path, counts.dropped) : noOpportunity(path, reader !== null, counts.dropped);
  return { table: table.take(reader.symbols), file: { ...source, header, lines: lines.take()[0] }, reader, counts };
}

/** The header without the features that are not kept. */
function keptOf(header: Header, { features, activations }: TableReadOptions): Header {
  if (!features) return header;
  const kept = new Set(features(header.features.map(({ name }) => name)));
  const named = { ...header, features: header.features.filter(({ name }) => kept.has(name)) };
  return activations ? named : { ...named, activations: [], penalty: -1 };
}

function emptyTable({ features, activations, penalty, exit_time }: Header): GrowingTable {
  const hasActivations = activations.length > 0 || penalty >= 0;
  return new GrowingTable(
    features.map(({ name }) => name),
    hasActivations ? activations.map(({ name }) => name) : null,
    exit_time >= 0,
  );
}

function tooManyTypes(where: string): InputError {
  return new InputError("TABLE_TYPE", "too many signal types", {
    where,
    found: `more than ${mostTypes} types`,
    expected: `at most ${mostTypes} types, such as scalping and swing`,
    remedy: "check that the type column holds types, not identifiers",
  });
}

function noRow(option: string, dropped: number): InputError {
  return new InputError("TABLE_EMPTY", "the list contains no opportunities", {
    where: option,
    found: dropped === 0 ? "an empty list" : `${dropped} invalid rows`,
    expected: "an object with symbol, timestamp, direction and features for each opportunity",
    remedy: "pass the rows again, or scan the candles instead",
  });
}

function noOpportunity(path: string, hasHeader: boolean, dropped: number): InputError {
  return new InputError("TABLE_EMPTY", "the file contains no opportunities", {
    where: escaped(path),
    found: !hasHeader ? "an empty file" : dropped === 0 ? "a header only" : `a header and ${dropped} invalid rows`,
    expected: "symbol,timestamp,direction,type,entry,atr and feature columns, and one row per opportunity",
    remedy: "export the signals again, or scan the candles instead",
  });
}

import { candleFormOf } from "./candleForm.ts";
import { csvBlocks, type RowBlock } from "./csvRows.ts";

/** A format that candle files may have: its rows are named by their first one, whatever they are stored as. */
export interface CandleFormat {
  /** Of file names, in lower case and without the dot. */
  readonly extension: string;
  /** Whether the last line of a file is its last row, in CSV: then the end of a long file is found without reading it. */
  readonly endsInRow: boolean;
  /** A file's rows, the header first. Throws InputError if the file cannot be read. */
  blocks(path: string): AsyncIterable<RowBlock>;
}

/** Every format, the usual one first. */
export const candleFormats: CandleFormat[] = [
  { extension: "csv", endsInRow: true, blocks: (path) => csvBlocks(path, candleFormOf) },
];

/** The format of a path by its extension, in any case; undefined if none has it. */
export function formatOf(path: string): CandleFormat | undefined {
  const name = path.toLowerCase();
  return candleFormats.find(({ extension }) => name.endsWith(`.${extension}`));
}

/** Whether a file's extension is one of a format's: the files of a folder that are looked at. */
export function isCandleExtension(path: string): boolean {
  return formatOf(path) !== undefined;
}

/** The rows of a candle file, in the format of its extension; of a file that was named itself, CSV by default. */
export function candleBlocks(path: string): AsyncIterable<RowBlock> {
  return formatOrCsv(path).blocks(path);
}

export function formatOrCsv(path: string): CandleFormat {
  return formatOf(path) ?? candleFormats[0]!;
}

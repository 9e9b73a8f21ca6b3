import { isArrow } from "./arrowMessages.ts";
import { arrowRows } from "./arrowRows.ts";
import { asUnreadable, type ByteSource, openFile, peeked } from "./byteSource.ts";
import { candleCsvRows } from "./candleCsv.ts";
import type { RowBlock } from "./csvRows.ts";
import { isJson, jsonRows } from "./jsonCandles.ts";
import { gunzipped, isGzip, isZip, unzipped } from "./packed.ts";
import { isParquet, parquetRows } from "./parquetRows.ts";

/** A format that candle files may have: its rows are named by their first one, whatever they are stored as. */
export interface CandleFormat {
  /** Of file names, in lower case and without the dot. */
  readonly extensions: readonly string[];
  /** Whether the last line of a file is its last row, in CSV: then the end of a long file is found without reading it. */
  readonly endsInRow: boolean;
  /** Whether a file that begins with these bytes has this format. */
  begins(head: Buffer): boolean;
  /** The rows of a file, the header first. Throws InputError if they cannot be read. */
  blocks(path: string, source: ByteSource): AsyncIterable<RowBlock>;
}

/** Every format, the usual one first. */
export const candleFormats: CandleFormat[] = [
  { extensions: ["csv"], endsInRow: true, begins: () => false, blocks: candleCsvRows },
  { extensions: ["json"], endsInRow: false, begins: isJson, blocks: jsonRows },
  { extensions: ["feather", "arrow", "arrows", "ipc"], endsInRow: false, begins: isArrow, blocks: arrowRows },
  { extensions: ["parquet"], endsInRow: false, begins: isParquet, blocks: parquetRows },
];

/** What a file of any format may be packed in. */
const packedExtensions = ["gz", "zip"];

/** Bytes of a file that tell its format. */
const headBytes = 1 << 12;

/** Whether a file's extension is one of a format's, in any case: the files of a folder that are looked at. */
export function isCandleExtension(path: string): boolean {
  const name = path.toLowerCase();
  return [packedExtensions, ...candleFormats.map(({ extensions }) => extensions)].some((extensions) =>
    extensions.some((extension) => name.endsWith(`.${extension}`)),
  );
}

/** A file that has been opened, its format known by its content. */
interface OpenedCandles {
  readonly format: CandleFormat;
  readonly source: ByteSource;
  readonly isPacked: boolean;
}

/**
 * The rows of a candle file, in the format and the packing that its content shows; its extension decides only where several formats
 * begin alike. Text that is nothing else is CSV. Throws InputError.
 */
export async function* candleBlocks(path: string): AsyncGenerator<RowBlock> {
  let opened: OpenedCandles | null = null;
  try {
    opened = await openCandles(path);
    yield* opened.format.blocks(path, opened.source);
  } catch (cause) {
    throw asUnreadable(path, cause);
  } finally {
    await opened?.source.close();
  }
}

/** Whether a file's last line is its last row. Throws InputError if it cannot be read. */
export async function endsInRow(path: string): Promise<boolean> {
  let opened: OpenedCandles | null = null;
  try {
    opened = await openCandles(path);
    return opened.format.endsInRow && !opened.isPacked;
  } catch (cause) {
    throw asUnreadable(path, cause);
  } finally {
    await opened?.source.close();
  }
}

async function openCandles(path: string): Promise<OpenedCandles> {
  const plain = await openFile(path);
  let source: ByteSource = plain;
  try {
    const head = Buffer.alloc(headBytes);
    const { bytesRead } = await plain.file.read(head, 0, headBytes, 0);
    const first = head.subarray(0, bytesRead);
    if (isZip(first)) {
      source = await unzipped(path);
      await plain.close();
    } else if (isGzip(first)) source = gunzipped(path, plain);
    else return { format: formatOf(path, first), source, isPacked: false };
    const inside = await peeked(source, headBytes);
    return { format: formatOf(path, inside.head), source: inside.source, isPacked: true };
  } catch (error) {
    await source.close();
    throw error;
  }
}

function formatOf(path: string, head: Buffer): CandleFormat {
  const name = path.toLowerCase();
  const fitting = candleFormats.filter((format) => format.begins(head));
  const named = fitting.find(({ extensions }) => extensions.some((extension) => name.endsWith(`.${extension}`)));
  return named ?? fitting[0] ?? candleFormats[0]!;
}

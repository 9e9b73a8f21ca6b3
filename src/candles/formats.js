import { isArrow } from "./arrowMessages.js";
import { arrowRows } from "./arrowRows.js";
import { asUnreadable, openFile, peeked } from "./byteSource.js";
import { candleCsvRows } from "./candleCsv.js";
import { isJson, jsonRows } from "./jsonCandles.js";
import { gunzipped, isGzip, isZip, unzipped } from "./packed.js";
import { isParquet, parquetRows } from "./parquetRows.js";
import { readsPacked } from "./readers.js";
/** Every format, the usual one first. */
export const candleFormats = [
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
export function isCandleExtension(path) {
    const name = path.toLowerCase();
    return [packedExtensions, ...candleFormats.map(({ extensions }) => extensions)].some((extensions) => extensions.some((extension) => name.endsWith(`.${extension}`)));
}
/**
 * The rows of a candle file, in the format and the packing that its content shows; its extension decides only where several formats
 * begin alike. Text that is nothing else is CSV. Throws InputError.
 */
export async function* candleBlocks(path) {
    let opened = null;
    try {
        opened = await openCandles(path);
        yield* opened.format.blocks(path, opened.source);
    }
    catch (cause) {
        throw asUnreadable(path, cause);
    }
    finally {
        await opened?.source.close();
    }
}
/** Whether a file's last line is its last row. Throws InputError if it cannot be read. */
export async function endsInRow(path) {
    let opened = null;
    try {
        opened = await openCandles(path);
        return opened.format.endsInRow && !opened.isPacked;
    }
    catch (cause) {
        throw asUnreadable(path, cause);
    }
    finally {
        await opened?.source.close();
    }
}
async function openCandles(path) {
    const plain = await openFile(path);
    let source = plain;
    try {
        const head = Buffer.alloc(headBytes);
        const { bytesRead } = await plain.file.read(head, 0, headBytes, 0);
        const first = head.subarray(0, bytesRead);
        if (isZip(first)) {
            source = await unzipped(path);
            await plain.close();
        }
        else if (isGzip(first))
            source = gunzipped(path, plain);
        else
            return { format: formatOf(path, first), source, isPacked: false };
        readsPacked();
        const inside = await peeked(source, headBytes);
        return { format: formatOf(path, inside.head), source: inside.source, isPacked: true };
    }
    catch (error) {
        await source.close();
        throw error;
    }
}
function formatOf(path, head) {
    const name = path.toLowerCase();
    const fitting = candleFormats.filter((format) => format.begins(head));
    const named = fitting.find(({ extensions }) => extensions.some((extension) => name.endsWith(`.${extension}`)));
    return named ?? fitting[0] ?? candleFormats[0];
}

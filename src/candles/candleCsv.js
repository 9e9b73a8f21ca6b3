import { peeked, sourceOf } from "./byteSource.js";
import { candleFormOf } from "./candleForm.js";
import { csvRows } from "./csvRows.js";
/** How much of a file's beginning tells how it is written. */
const headBytes = 1 << 16;
const headLines = 100;
const chunkBytes = 1 << 16;
/** What UTF-16 begins with, and the name of its decoder. */
const wideMarks = [
    { bytes: [0xff, 0xfe], encoding: "utf-16le" },
    { bytes: [0xfe, 0xff], encoding: "utf-16be" },
];
/** Rows of candles in CSV, however it is written: its beginning tells. The text is UTF-8, or UTF-16 with a byte order mark. */
export async function* candleCsvRows(path, source) {
    const raw = await peeked(source, headBytes);
    const wide = wideMarks.find(({ bytes }) => bytes.every((byte, k) => raw.head[k] === byte));
    const { head, source: text } = wide ? await peeked(narrowed(raw.source, wide.encoding), headBytes) : raw;
    const lines = head
        .toString("utf8")
        .replace(/^\uFEFF/, "")
        .split(/\r\n|\n|\r/);
    // The last one may go on.
    const whole = lines.length > 1 && head.length >= headBytes ? lines.slice(0, -1) : lines;
    yield* csvRows(path, text, candleFormOf(whole.slice(0, headLines)));
}
/** UTF-16 as UTF-8. */
function narrowed(source, encoding) {
    const decoder = new TextDecoder(encoding);
    async function* chunks() {
        const chunk = Buffer.allocUnsafe(chunkBytes);
        for (let count = 1; count > 0;) {
            count = await source.read(chunk, 0, chunkBytes);
            yield Buffer.from(decoder.decode(chunk.subarray(0, count), { stream: count > 0 }));
        }
    }
    return { ...sourceOf(chunks(), () => source.close()), sizeBytes: source.sizeBytes >> 1 };
}

import { open } from "node:fs/promises";
import { InputError } from "../errors.js";
import { opening } from "../opening.js";
import { escaped } from "../text.js";
/** A file's bytes as they are. */
export async function openFile(path) {
    const file = await opening(() => open(path));
    try {
        const { size } = await file.stat();
        return {
            sizeBytes: size,
            file,
            read: async (into, offset, length) => (await file.read(into, offset, length, null)).bytesRead,
            close: () => file.close(),
        };
    }
    catch (error) {
        await file.close();
        throw error;
    }
}
/** A source's first bytes, up to `most`, and the source as if nothing had been read. */
export async function peeked(source, most) {
    const room = Buffer.alloc(most);
    let end = 0;
    for (let count = 1; count > 0 && end < most; end += count)
        count = await source.read(room, end, most - end);
    let at = 0;
    const read = async (into, offset, length) => {
        if (at === end)
            return source.read(into, offset, length);
        const count = Math.min(length, end - at);
        into.set(room.subarray(at, at + count), offset);
        at += count;
        return count;
    };
    const { sizeBytes, file } = source;
    return { head: room.subarray(0, end), source: { sizeBytes, file, read, close: () => source.close() } };
}
/** Bytes that come in chunks, as a source. */
export function sourceOf(chunks, close) {
    let chunk = new Uint8Array(0);
    let at = 0;
    return {
        sizeBytes: 0,
        file: null,
        async read(into, offset, length) {
            while (at === chunk.length) {
                const next = await chunks.next();
                if (next.done)
                    return 0;
                chunk = next.value;
                at = 0;
            }
            const count = Math.min(length, chunk.length - at);
            into.set(chunk.subarray(at, at + count), offset);
            at += count;
            return count;
        },
        close,
    };
}
/** What the system says of a file that it cannot read, as an InputError; any other error as it is. */
export function asUnreadable(path, cause) {
    if (cause instanceof InputError || cause.syscall === undefined)
        return cause;
    return new InputError("FILE_UNREADABLE", "the file cannot be read", { where: escaped(path), found: escaped(cause.message), remedy: "check the path and its permissions" }, { cause });
}

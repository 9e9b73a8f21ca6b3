import { InputError } from "../errors.js";
import { escaped, quoted } from "../text.js";
import { isTime } from "./csvForm.js";
import { candlePlaces } from "./names.js";
/** The columns of a candle file, in the order in which rows are read. */
export const candleColumns = ["timestamp", "open", "high", "low", "close", "volume"];
/** The place of each of `candleColumns` in a file's header, under any of its usual names; other columns are ignored. Throws InputError. */
export function columnPlaces(header, where) {
    const read = candlePlaces(header);
    if ("places" in read)
        return read;
    const { rule, remedy } = diagnosis(header) ?? read;
    throw new InputError("CANDLE_HEADER", rule, {
        where: `${escaped(where)}:1`,
        found: quoted(header.join(",")),
        expected: candleColumns.join(","),
        remedy,
    });
}
/** What the first line looks like if it is not a header at all; null if it may be one. */
function diagnosis(header) {
    const line = header.join(",");
    if (line.startsWith("version https://git-lfs"))
        return {
            rule: "the file is a Git LFS pointer, not data",
            remedy: "run git lfs pull to fetch the data",
        };
    if (line.includes("\u0000") || line.includes("\uFFFD"))
        return {
            rule: "the file is binary, not text",
            remedy: "unpack or convert it to CSV in UTF-8",
        };
    if (/^[[{]/.test(line))
        return { rule: "the file is JSON, not CSV", remedy: "convert it to CSV" };
    if (header.some((name) => isTime(name)) && header.every((name) => /^[-+\d.,:TZ eE]*$/.test(name)))
        return {
            rule: "the first line is data, not a header, and its columns are not time, open, high, low, close and volume",
            remedy: `add a header line that names the columns (${candleColumns.join(",")})`,
        };
    return null;
}

import { InputError } from "../errors.ts";
import { escaped, quoted } from "../text.ts";
import { type CandlePlaces, candlePlaces, type NamesProblem } from "./names.ts";

/** The columns of a candle file, in the order in which rows are read. */
export const candleColumns = ["timestamp", "open", "high", "low", "close", "volume"] as const;

/** Where each of `candleColumns` stands in a file's header, under any of its usual names; other columns are ignored. Throws InputError. */
export function columnPlaces(header: readonly string[], where: string): CandlePlaces {
  const read = candlePlaces(header);
  if ("places" in read) return read;
  const { rule, remedy } = diagnosis(header) ?? read;
  throw new InputError("CANDLE_HEADER", rule, {
    where: `${escaped(where)}:1`,
    found: quoted(header.join(",")),
    expected: candleColumns.join(","),
    remedy,
  });
}

/** What the first line looks like where it is no header at all; null where it may be one. */
function diagnosis(header: readonly string[]): NamesProblem | null {
  const line = header.join(",");
  if (line.startsWith("version https://git-lfs"))
    return {
      rule: "the file is a Git LFS pointer, not data",
      remedy: "fetch the real file with git lfs pull",
    };
  if (line.includes("\u0000") || line.includes("\uFFFD"))
    return {
      rule: "the file is binary, not text",
      remedy: "unpack or convert it to CSV in UTF-8",
    };
  if (/^[[{]/.test(line)) return { rule: "the file is JSON, not CSV", remedy: "convert it to CSV" };
  if (header.every((name) => name.trim() === "" || !Number.isNaN(Number(name))))
    return {
      rule: "the first line is data, not a header",
      remedy: `put a header above it that names its columns (${candleColumns.join(",")})`,
    };
  const separator = [";", "\t", "|"].find((mark) => line.split(mark).length > candleColumns.length - 1);
  if (separator)
    return {
      rule: `columns are separated by commas, not by ${quoted(separator)}`,
      remedy: "write the file with commas",
    };
  return null;
}

import { InputError } from "../errors.ts";
import { escaped, quoted } from "./csvRows.ts";

/** The columns of a candle file, in the order in which rows are read. */
export const candleColumns = ["timestamp", "open", "high", "low", "close", "volume"] as const;

/** Where each of `candleColumns` stands in a file's header; names in any case and order, other columns ignored. */
export function columnPlaces(header: readonly string[], where: string): number[] {
  const names = header.map((name) => name.trim().toLowerCase());
  const twice = candleColumns.find((name) => names.indexOf(name) !== names.lastIndexOf(name));
  const missing = candleColumns.filter((name) => !names.includes(name));
  if (missing.length === 0 && twice === undefined) return candleColumns.map((name) => names.indexOf(name));
  const { rule, remedy } = diagnosis(header, missing, twice);
  throw new InputError("CANDLE_HEADER", rule, {
    where: `${escaped(where)}:1`,
    found: quoted(header.join(",")),
    expected: candleColumns.join(","),
    remedy,
  });
}

interface Diagnosis {
  readonly rule: string;
  readonly remedy: string;
}

/** What the first line looks like where it is not a header of ours. */
function diagnosis(header: readonly string[], missing: readonly string[], twice: string | undefined): Diagnosis {
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
  if (missing.length === 0)
    return { rule: `the column ${twice} stands twice`, remedy: "keep the one that is meant, rename the other" };
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
  const time = header.find((name) => /^(time|date|datetime|unix|open.?time)$/i.test(name.trim()));
  return {
    rule: "the header lacks candle columns",
    remedy:
      missing.includes("timestamp") && time
        ? `missing: ${missing.join(", ")}; rename ${quoted(time)} to timestamp, and give open times in epoch milliseconds UTC`
        : `missing: ${missing.join(", ")}`,
  };
}
